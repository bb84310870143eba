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
  /** Aborted by Ctrl-C: the verb then ends in order. Without it, nothing interrupts. */
  readonly interrupted?: AbortSignal;
  /** Aborted by a second Ctrl-C, for verbs that have something to put away: they end at once. */
  readonly killed?: AbortSignal;
}

/** Resolves with the exit code; rejects only for what nobody foresaw. */
export type Verb = (call: VerbCall) => Promise<number>;

/** One table for all verbs; `EXIT_CODES` says the same in words. */
export const EXIT = {
  done: 0,
  failure: 1,
  usage: 2,
  error: 3,
  canceled: 4,
  unreachable: 5,
  refused: 5,
  interrupted: 130,
} as const;

/** What `--help` says of them. */
export const EXIT_CODES = `Exit codes:
  0    done; of a run that was watched: success or skipped
  1    of a run that was watched: failure; of diff: there is a difference; of lint and plan: the pipeline has errors
  2    the command is wrong
  3    of a run that was watched: error (not the pipeline's fault)
  4    of a run that was watched: canceled
  5    the server cannot be reached, or refuses
  130  interrupted by Ctrl-C`;

/** The command was wrong: the message says how to write it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
