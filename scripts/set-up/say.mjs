/** How set-up speaks: plain lines on stderr, so that a program's own output stays clean. */

/** What went wrong and what to type; shown without a stack. */
export class SetUpError extends Error {}

export function say(text) {
  for (const line of text.split('\n')) process.stderr.write(`set-up: ${line}\n`);
}
