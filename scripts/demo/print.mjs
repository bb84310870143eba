/** What the demo prints: plain lines, bold and dim only on a terminal. */
const onTerminal = process.stdout.isTTY === true;
const styled = (code, text) => (onTerminal ? `\u001b[${code}m${text}\u001b[0m` : text);

export const bold = (text) => styled(1, text);
export const dim = (text) => styled(2, text);

export function headline(text) {
  process.stdout.write(`\n${bold(text)}\n`);
}

export function line(text) {
  process.stdout.write(`  ${text}\n`);
}
