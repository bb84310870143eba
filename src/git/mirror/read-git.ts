/** Reads objects and refs of a mirror through simple-git: one closed environment, missing things as null. */
import { type SimpleGit, simpleGit } from 'simple-git';
import { Fault, messageOf } from '../../kernel/errors.js';
import { CLOSED, type GitEnvironment } from './environment.js';

/** What git says when a name leads nowhere; everything else that fails is a Fault. */
const MISSING =
  /^(fatal|error): .*(not a valid ref|not a valid (object|commit) name|not a tree object|bad object|not a git repository|bad revision)/im;

/**
 * Arguments are given as they are: callers pass only checked names. Safe to use concurrently: every call has an instance of
 * its own, since one failing task of a simple-git instance cancels those that wait behind it.
 */
export class ReadGit {
  /** `baseEnv` holds PATH; nothing else of the server's environment reaches git. */
  constructor(private readonly baseEnv: GitEnvironment) {}

  /** Standard output, or null when git says that something named is missing. */
  async text(mirror: string, argv: readonly string[], input?: string): Promise<string | null> {
    return orMissing(() => this.open(mirror, input).raw([...argv]));
  }

  /** The bytes of one object that exists, without its header. */
  async blob(mirror: string, id: string): Promise<Buffer | null> {
    return orMissing(() => this.open(mirror).binaryCatFile(['blob', id]) as Promise<Buffer>);
  }

  private open(mirror: string, input?: string): SimpleGit {
    const env = { ...this.baseEnv, ...CLOSED, GIT_DIR: mirror, GIT_ALLOW_PROTOCOL: '' };
    const git = simpleGit({
      // With GIT_DIR the folder does not matter, and this one always exists.
      baseDir: '/',
      allowEnvironment: Object.keys(env).filter((name) => name.startsWith('GIT_')),
      unsafe: { allowUnsafeConfigPaths: true },
      // By default simple-git gives up the output 50 ms after the exit, drained or not.
      completion: { onClose: true, onExit: false },
      ...(input === undefined ? {} : { input: () => input }),
    });
    return git.env(env);
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
