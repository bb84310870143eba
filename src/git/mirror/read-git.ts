/** Reads objects and refs of a mirror through simple-git: one closed environment, missing things as null. */
import { type SimpleGit, simpleGit } from 'simple-git';
import type { Clock } from '../../kernel/clock.js';
import { Fault, messageOf } from '../../kernel/errors.js';
import { CLOSED, type GitEnvironment } from './environment.js';

/** What git says when a name leads nowhere; everything else that fails is a Fault. */
const MISSING =
  /^(fatal|error): .*(not a valid ref|not a valid (object|commit) name|not a tree object|bad object|not a git repository|bad revision)/im;

/** What git says of a history takes seconds at most; one that was made to take longer is not waited for. */
const LONGEST_READ_MS = 60_000;
/** It is all kept in memory. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Arguments are given as they are: callers pass only checked names. Safe to use concurrently: every call has an instance of
 * its own, since one failing task of a simple-git instance cancels those that wait behind it.
 */
export class ReadGit {
  /** `baseEnv` holds PATH; nothing else of the server's environment reaches git. */
  constructor(
    private readonly baseEnv: GitEnvironment,
    private readonly clock: Pick<Clock, 'after'>,
  ) {}

  /**
   * Standard output, or null when git says that something named is missing. Throws a Fault when git takes longer than a minute
   * or says more than 64 MiB: it has been ended, and would do the same the next time.
   */
  async text(mirror: string, argv: readonly string[], input?: string): Promise<string | null> {
    return this.limited(argv[0] ?? '', (limit) => this.open(mirror, limit, input).raw([...argv]));
  }

  /** The bytes of one object that exists, without its header. */
  async blob(mirror: string, id: string): Promise<Buffer | null> {
    const read = (limit: AbortController) => this.open(mirror, limit).binaryCatFile(['blob', id]) as Promise<Buffer>;
    return this.limited('cat-file', read);
  }

  private async limited<T>(what: string, read: (limit: AbortController) => Promise<T>): Promise<T | null> {
    const limit = new AbortController();
    const late = `took longer than ${LONGEST_READ_MS / 1_000} s`;
    const stop = this.clock.after(LONGEST_READ_MS, () => limit.abort(late));
    try {
      return await orMissing(() => read(limit));
    } catch (cause) {
      if (!limit.signal.aborted) throw cause;
      const message = `git ${what} ${String(limit.signal.reason)} in a mirror and was ended`;
      throw new Fault(message, { cause, retryable: false });
    } finally {
      stop();
    }
  }

  private open(mirror: string, limit: AbortController, input?: string): SimpleGit {
    const env = { ...this.baseEnv, ...CLOSED, GIT_DIR: mirror, GIT_ALLOW_PROTOCOL: '' };
    const git = simpleGit({
      // With GIT_DIR the folder does not matter, and this one always exists.
      baseDir: '/',
      allowEnvironment: Object.keys(env).filter((name) => name.startsWith('GIT_')),
      abort: limit.signal,
      unsafe: { allowUnsafeConfigPaths: true },
      // By default simple-git gives up the output 50 ms after the exit, drained or not.
      completion: { onClose: true, onExit: false },
      ...(input === undefined ? {} : { input: () => input }),
    });
    return git.env(env).outputHandler((_command, stdout) => {
      let bytes = 0;
      stdout.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > MOST_BYTES) limit.abort(`said more than ${MOST_BYTES / 1024 / 1024} MiB`);
      });
    });
  }
}

async function orMissing<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (cause) {
    if (MISSING.test(messageOf(cause))) return null;
    throw new Fault(`git cannot read a mirror: ${messageOf(cause).slice(0, 300)}`, { cause, retryable: true });
  }
}
