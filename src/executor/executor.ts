/** A way to run the processes of one job: the port, of which `host/` is the first implementation. */
import type { Trust } from '../model/trust.js';
import type { Command, RunningProcess, TakeOutput } from '../process/running-process.js';

/** A job's place to run in. */
export interface SessionRequest {
  readonly projectId: number;
  readonly jobId: number;
  readonly attempt: number;
  readonly trust: Trust;
  /** Folders outside the workspace that the job may read: the mirror. */
  readonly readable: readonly string[];
  /** So many empty files will be put for its first step. */
  readonly emptyFiles?: number;
}

/**
 * One job's world: a fresh workspace and temp folder that only this job sees. Once the first step has started, every access
 * to its files goes through here (TRUST.md §4).
 */
export interface Session {
  /** Absolute paths as the job sees them. */
  readonly workspace: string;
  readonly temp: string;
  /** Kept for the next jobs of the same project and trust: what a stranger's job puts there reaches no trusted one. */
  readonly toolCache: string;
  /** Environment that each command starts from (PATH, HOME, LANG …): an allow-list, never the server's own. */
  readonly baseEnv: Readonly<Record<string, string>>;
  /**
   * Throws a Fault when it cannot be spawned (a missing program or folder is exit code 127 instead). What a command leaves in
   * the background lives on until the session closes; killing a command may end that too.
   */
  run(command: Command, output: TakeOutput): Promise<RunningProcess>;
  /** Writes a file below `temp`, made new, never through a link. */
  put(path: string, bytes: Uint8Array | string, mode?: number): Promise<void>;
  /** So many empty files will soon be put: they may be made now, while a process of the job runs. Left out where that gains nothing. */
  expectFiles?(count: number): void;
  /** Reads at most `limitBytes` of a regular file below `temp` or `workspace` without following a last link; null when there is none. */
  read(path: string, limitBytes: number): Promise<Buffer | null>;
  /** Where the job's world finds a program by a PATH, absolute; null when it has none. */
  which(program: string, path: string): Promise<string | null>;
  /** Ends every process of the job, then takes its folders away, which are deleted later. Safe to call twice. */
  close(): Promise<void>;
}

/** Several are alive at once; `Executors` picks one. */
export abstract class Executor {
  /** The word of `runs-on` or of the configuration that selects it. */
  abstract readonly label: string;

  /** One line for the start-up message: how process trees are ended, what is shared. */
  abstract describe(): string;

  /** May jobs of runs of this trust run here? None takes a held one: it waits for somebody. */
  takes(trust: Trust): boolean {
    return trust !== 'held';
  }

  abstract open(request: SessionRequest): Promise<Session>;

  /** At start: ends processes and deletes folders that an earlier boot left. */
  abstract endLeftovers(): Promise<void>;
}
