/** The race of Pagure's pull-request refs: they follow the web-hook, as late as a test wants them to (FACTS trap 9). */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Clock } from '../../src/kernel/clock.js';

const run = promisify(execFile);

export interface ShownHead {
  /** Path of the repository that shows it. */
  readonly repository: string;
  /** Path of the one that it comes from. */
  readonly source: string;
  readonly number: number;
  readonly commit: string;
}

/** Pagure makes a new ref 4 to 6 s after it told of the pull-request, and moves it 0.3 to 0.7 s after an update. */
export class PullRefs {
  constructor(private readonly clock: Clock) {}

  /** Resolves when it is shown; until then the ref is not there, or still at the commit before. */
  async showLater({ repository, source, number, commit }: ShownHead, delayMs: number): Promise<void> {
    await this.clock.sleep(delayMs);
    const env = { PATH: process.env['PATH'], GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };
    const git = (...argv: readonly string[]) => run('git', argv, { cwd: repository, env });
    await git('fetch', '--quiet', '--no-write-fetch-head', source, '+refs/*:refs/fork/*');
    await git('update-ref', `refs/pull/${number}/head`, commit);
  }
}
