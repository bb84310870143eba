/** What the bench of logs prints: a million lines of 100 bytes, as builds print them, and secrets that are not in them. */

export const LINES = 1_000_000;
export const LINE_BYTES = 100;

/** As long as such values are: tokens, passwords, keys. */
export const SECRETS: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from({ length: 20 }, (_, i) => [`SECRET_${i}`, secret(i)]),
);

const WORDS = [
  'compiling',
  'src/main/java/org/example/Service.java',
  'INFO',
  '[ok]',
  '2026-11-30T12:00:00Z',
  'test',
  'passed',
  'in',
  '12ms',
  '0x7f3a',
  'downloading',
  'https://repo.example.org/a/b.jar',
  'warning:',
  'unused',
  'variable',
  'std::vector',
];

/** Lines in blocks, so that no large text is held. */
export function* sampleBlocks(): Generator<string> {
  let at = 7;
  for (let block = 0; block < LINES / 1_000; block += 1) {
    const lines = Array.from({ length: 1_000 }, () => {
      let line = '';
      while (line.length < LINE_BYTES) {
        at = (Math.imul(at, 1_103_515_245) + 12_345) & 0x7fffffff;
        line += `${WORDS[(at >> 8) % WORDS.length]} `;
      }
      return `${line.slice(0, LINE_BYTES - 1)}\n`;
    });
    yield lines.join('');
  }
}

/** A loop that prints as many lines, one system call each. */
export const LOOP = `line=$(printf '%099d' 0 | tr 0 x); for ((i = 0; i < ${LINES}; i++)); do echo "$line"; done`;

function secret(i: number): string {
  const letters = Buffer.from(`the ${i}th value of a project that nobody must see`).toString('base64url');
  switch (i % 4) {
    case 0:
      return `ghp_${letters.slice(0, 36)}`;
    case 1:
      return Buffer.from(letters.slice(0, 20)).toString('hex');
    case 2:
      return `p@ss'w"${i} & <${letters.slice(3, 12)}>`;
    default:
      return `Pa55-${i}-${letters.slice(5, 12)}`;
  }
}
