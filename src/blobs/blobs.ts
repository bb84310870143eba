/** Job logs as files: a port, because the simulated world keeps them in memory. */

import type { LogPart } from '../model/log.js';

/** One log: of one attempt of one job. */
export interface LogName {
  readonly jobId: number;
  readonly attempt: number;
}

/** One append-only log per job attempt, with an index of its lines. */
export interface LogWriter {
  /** Appends them in order, at `timeMs`; resolves when the operating system has them. */
  append(parts: readonly LogPart[], timeMs: number): Promise<void>;
  /** Bytes written so far. */
  readonly sizeBytes: number;
  /** Writes what is left of a last line and closes. Safe to call twice. */
  close(): Promise<void>;
}

export interface LogSize {
  readonly bytes: number;
  readonly lines: number;
}

/** Bytes `[from, to)` of a log. */
export interface LogRange {
  readonly from: number;
  readonly to: number;
}

/** Lines `[from, to)` of one step, counted from 0 among the lines of that step alone. */
export interface StepLines {
  readonly step: number;
  readonly from: number;
  readonly to: number;
}

/** When following a log ends. */
export interface FollowUntil {
  /** Nothing more will be written: ends when everything was given. */
  readonly ended: AbortSignal;
  /** Nobody listens any more: ends at once. */
  readonly gone: AbortSignal;
}

/** Names are (job id, attempt); nothing outside ever becomes a path. Whoever reads need not know whether a log is sealed. */
export abstract class Blobs {
  /** Opens a new log; what an earlier, crashed writer of the same attempt left is kept and appended to. */
  abstract openLog(jobId: number, attempt: number): Promise<LogWriter>;

  /** Size of a log, or null when there is none. */
  abstract logSize(jobId: number, attempt: number): Promise<LogSize | null>;

  /** Bytes `[from, to)`, cut at the end of the log; empty when there is none. The buffer may be shared: it must not be written to. */
  abstract readLog(jobId: number, attempt: number, from: number, to: number): Promise<Buffer>;

  /**
   * Where lines `[from, to)` stand, counted from 0, or a negative `from` from the end. A line that is not there (yet) stands
   * at the end of the log; in no log, at 0.
   */
  abstract findLines(jobId: number, attempt: number, from: number, to: number): Promise<LogRange>;

  /** What one step has printed so far; null when there is no log. */
  abstract stepSize(jobId: number, attempt: number, step: number): Promise<LogSize | null>;

  /** The lines of one step as they stand now, whatever other steps printed between them; empty when there are none. */
  abstract readStep(jobId: number, attempt: number, lines: StepLines): AsyncIterable<Buffer>;

  /**
   * The bytes of the log from `from` on, and then what comes, also when there is no log yet. Many readers of one log cost
   * about one reading of its file; the buffers are shared and must not be written to.
   */
  abstract follow(jobId: number, attempt: number, from: number, until: FollowUntil): AsyncIterable<Buffer>;

  /** Logs that were begun and are not sealed, whether they are still written or not, in no order. */
  abstract unsealed(): Promise<readonly LogName[]>;

  /**
   * Packs a log whose attempt has ended, whole: a crash at any moment leaves the log readable, and the next call ends what
   * was begun. Nothing happens to a log that has a writer. Rejects with the reason of `stop`. Safe to call twice.
   */
  abstract sealLog(jobId: number, attempt: number, stop: AbortSignal): Promise<void>;
}
