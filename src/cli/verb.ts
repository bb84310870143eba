/** What a verb of the command line is given by `main.ts`, and what it gives back. */

export interface VerbStreams {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
}

/** The world of a verb: it reads no other environment and no other working folder. */
export interface VerbCall {
  /** What follows the verb's name. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly streams: VerbStreams;
}

/** Resolves with the exit code; rejects only for what nobody foresaw. */
export type Verb = (call: VerbCall) => Promise<number>;

/** 1: the answer was no. 2: the command was wrong. 3: there was no answer. */
export const EXIT = { done: 0, refused: 1, usage: 2, network: 3 } as const;

/** The command was wrong: the message says how to write it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
