/** The forge of a storm: a stand-in Pagure whose projects all hold the recorded commits, and what it was told by flags. */
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { SystemClock } from '../../src/kernel/clock.js';
import { SystemRandom } from '../../src/kernel/random.js';
import { gitIn } from '../../test/fixtures/repositories/restore.js';
import { gitHttpHandler } from '../../test/stand-in/git-http.js';
import { StandInPagure } from '../../test/stand-in/pagure.js';
import type { StandInProject } from '../../test/stand-in/projects.js';
import { nowMs } from '../runs/time.js';
import { recordedMessages } from './deliveries.js';

const BUNDLES = 'test/fixtures/repositories';

export class StormForge {
  /** When each run was shown for the first time, in milliseconds since 1970, and how often in all. */
  readonly shown = new Map<number, { readonly firstMs: number; count: number }>();

  private constructor(
    readonly pagure: StandInPagure,
    readonly projects: readonly StandInProject[],
    readonly token: string,
  ) {
    pagure.onFlag(({ url }) => {
      const runId = Number(url.slice(url.lastIndexOf('/') + 1));
      const known = this.shown.get(runId);
      if (known === undefined) this.shown.set(runId, { firstMs: nowMs(), count: 1 });
      else known.count += 1;
    });
  }

  /** `root`: the project's folder. */
  static async start(root: string, folder: string, count: number): Promise<StormForge> {
    const repositories = join(folder, 'repositories');
    mkdirSync(join(repositories, 'forks/bob'), { recursive: true });
    const names = Array.from({ length: count }, (_, at) => `lab-${String(at).padStart(2, '0')}`);
    restore(root, 'lab', join(repositories, `${names[0]!}.git`));
    restore(root, 'forks-bob-lab', join(repositories, 'forks/bob/lab.git'));
    for (const name of names.slice(1)) {
      cpSync(join(repositories, `${names[0]!}.git`), join(repositories, `${name}.git`), { recursive: true });
    }
    const git = gitHttpHandler(repositories);
    const pagure = await StandInPagure.start({ clock: new SystemClock(), random: new SystemRandom(), git });
    const projects = names.map((fullname) => pagure.addProject({ fullname }));
    pagure.addProject({ fullname: 'forks/bob/lab', owner: 'bob' });
    return new StormForge(pagure, projects, pagure.addToken().token);
  }

  close(): Promise<void> {
    return this.pagure.close();
  }
}

/** With each branch where the last recorded push left it. */
function restore(root: string, bundle: string, path: string): void {
  gitIn('/', 'init', '--bare', '--quiet', '--template=', '--initial-branch=main', path);
  const file = join(root, BUNDLES, `${bundle}.bundle`);
  gitIn(path, 'fetch', '--quiet', '--no-write-fetch-head', file, '+refs/*:refs/*');
  for (const { topic, msg } of recordedMessages(root)) {
    const [branch, end] = [msg['branch'], msg['end_commit']];
    if (bundle !== 'lab' || topic !== 'git.receive' || typeof branch !== 'string' || branch.startsWith('refs/'))
      continue;
    gitIn(path, 'update-ref', `refs/heads/${branch}`, String(end));
  }
}
