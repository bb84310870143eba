/** Asks at a terminal, or reads what is piped in. */
import { createInterface } from 'node:readline';
import { addAbortSignal, Readable, Writable } from 'node:stream';
import { Interrupted } from '../api/api-errors.js';
import type { VerbCall, VerbStreams } from '../verb.js';

/** More is neither a token nor a pipeline. */
const LONGEST = 4 * 1024 * 1024;

/** One line from a terminal; `hidden` is not shown as it is typed. Throws Interrupted for Ctrl-C and Ctrl-D. */
export async function askLine(
  { stdin, stderr }: VerbStreams,
  question: string,
  echo: 'shown' | 'hidden',
): Promise<string> {
  const silence = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: echo === 'shown' ? stderr : silence, terminal: true });
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.once('SIGINT', () => reject(new Interrupted()));
      lines.once('close', () => reject(new Interrupted()));
      lines.question(echo === 'shown' ? question : '', resolve);
      if (echo === 'hidden') stderr.write(question);
    });
  } finally {
    lines.close();
    if (echo === 'hidden') stderr.write('\n');
  }
}

/** All that is piped in, as text. */
export async function readPiped(call: VerbCall): Promise<string> {
  return (await readPipedBytes(call)).toString('utf8');
}

/** All that is piped in; Ctrl-C ends the wait for it. */
export async function readPipedBytes({ streams: { stdin }, interrupted }: VerbCall): Promise<Buffer> {
  if (interrupted !== undefined && stdin instanceof Readable) addAbortSignal(interrupted, stdin);
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of stdin) {
    pieces.push(Buffer.from(piece));
    size += pieces.at(-1)?.length ?? 0;
    if (size > LONGEST) break;
  }
  return Buffer.concat(pieces);
}
