/** The forge of a bench: a stand-in Pagure in this process, with bare repositories that it serves over http. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SystemClock } from '../../src/kernel/clock.js';
import { SystemRandom } from '../../src/kernel/random.js';
import { gitIn } from '../../test/fixtures/repositories/restore.js';
import { gitHttpHandler } from '../../test/stand-in/git-http.js';
import { pushMsg } from '../../test/stand-in/messages.js';
import { StandInPagure } from '../../test/stand-in/pagure.js';
import type { StandInProject } from '../../test/stand-in/projects.js';
import { nowMs } from './time.js';

/** Beside the pipeline: what a checkout has to write. */
const FILES = 50;

export interface Repository {
  readonly project: StandInProject;
  /** Absolute path of the bare repository. */
  readonly path: string;
  readonly url: string;
}

/** When a web-hook went out, and when its answer was there; in milliseconds since 1970. */
export interface Posted {
  readonly sentMs: number;
  readonly answeredMs: number;
}

export class Forge {
  private readonly waiting = new Map<string, (status: string) => void>();

  private constructor(
    readonly pagure: StandInPagure,
    readonly folder: string,
    readonly token: string,
  ) {
    pagure.onFlag(({ commit, status }) => {
      if (status !== 'pending') this.waiting.get(commit)?.(status);
    });
  }

  static async start(folder: string): Promise<Forge> {
    const repositories = join(folder, 'repositories');
    mkdirSync(repositories, { recursive: true });
    const git = gitHttpHandler(repositories);
    const pagure = await StandInPagure.start({ clock: new SystemClock(), random: new SystemRandom(), git });
    return new Forge(pagure, repositories, pagure.addToken().token);
  }

  /** With one commit on main that holds the pipeline and some files. */
  addRepository(fullname: string, pipeline: string): Repository {
    const work = join(this.folder, `${fullname}.work`);
    const path = join(this.folder, `${fullname}.git`);
    for (const [name, text] of filesOf(pipeline)) {
      mkdirSync(dirname(join(work, name)), { recursive: true });
      writeFileSync(join(work, name), text);
    }
    gitIn(work, 'init', '--quiet', '--template=', '--initial-branch=main');
    gitIn(work, 'add', '--all');
    gitIn(work, 'commit', '--quiet', '-m', 'first');
    gitIn(this.folder, 'clone', '--quiet', '--bare', '--template=', work, path);
    const project = this.pagure.addProject({ fullname });
    return { project, path, url: `${this.pagure.instance}/${fullname}.git` };
  }

  /** A new commit on main that nobody was told of yet. */
  commit({ path }: Repository): string {
    const before = gitIn(path, 'rev-parse', 'refs/heads/main');
    const after = gitIn(path, 'commit-tree', '-p', before, '-m', 'more', `${before}^{tree}`);
    gitIn(path, 'update-ref', 'refs/heads/main', after);
    return after;
  }

  /** Tells the server of a commit. Throws when the answer is not 202. */
  async post({ project, path }: Repository, commit: string, serverUrl: string): Promise<Posted> {
    const before = gitIn(path, 'rev-parse', `${commit}^`);
    const msg = pushMsg(this.pagure.appUrl, { project, agent: 'alice', branch: 'main', before, after: commit });
    const sentMs = nowMs();
    const { status, body } = await this.pagure.deliver(project, 'git.receive', msg, `${serverUrl}/hooks/pagure`);
    if (status !== 202) throw new Error(`the web-hook was answered ${status}: ${body}`);
    return { sentMs, answeredMs: nowMs() };
  }

  /** Resolves when the forge shows that the run for the commit succeeded. Ask before the push is told. */
  async succeeded(commit: string): Promise<void> {
    const status = await new Promise<string>((resolve) => this.waiting.set(commit, resolve));
    this.waiting.delete(commit);
    if (status !== 'success') throw new Error(`the run for ${commit} ended as ${status}`);
  }

  close(): Promise<void> {
    return this.pagure.close();
  }
}

function filesOf(pipeline: string): readonly (readonly [string, string])[] {
  const files = Array.from({ length: FILES }, (_, at) => [`src/part-${at % 5}/file-${at}.txt`, `${at} `.repeat(300)]);
  return [['.pagure/pipelines/ci.yml', pipeline], ...(files as [string, string][])];
}
