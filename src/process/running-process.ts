/** A started process and the whole tree below it. */

/** What is to be started; there is no shell in between. */
export interface Command {
  /** Program and arguments; the program is found by `env.PATH`. */
  readonly argv: readonly string[];
  readonly cwd: string;
  /** The whole environment: nothing of the server's own is added. */
  readonly env: Readonly<Record<string, string>>;
}

/** Bytes of stdout and stderr as they come, in order. A promise holds the process back until it resolves (back-pressure). */
export type TakeOutput = (chunk: Buffer, stream: 'stdout' | 'stderr') => void | Promise<void>;

export interface Exit {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly signal: string | null;
}

export interface RunningProcess {
  readonly pid: number;
  /** Resolves when it has ended AND all its output was taken. Rejects never. */
  readonly exit: Promise<Exit>;
  /** Sends a signal to the command itself and its group. Safe after its end. */
  signal(name: NodeJS.Signals): void;
  /** Ends the whole tree at once, orphans included. Safe to call twice. */
  kill(): void;
  /** Ends the command, its group, its session and what descends from them, and leaves the rest of the tree alone: others run in it. */
  killBranch(): void;
}
