/** What each test of git starts from: a folder with repositories, a git server over them and mirrors of them. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Egress, type EgressResolver } from '../../src/egress/egress.js';
import { systemLookup } from '../../src/egress/system-lookup.js';
import { type Clock, SystemClock } from '../../src/kernel/clock.js';
import type { FetchSource } from '../../src/git/git.js';
import type { StartProcess } from '../../src/git/mirror/run-git.js';
import { MirrorGit } from '../../src/git/mirror-git.js';
import { realPath } from '../../src/git/real-path.js';
import { ProcessStarter } from '../../src/process/process-starter.js';
import { gitIn } from '../fixtures/repositories/restore.js';

export interface WorldGitOptions {
  readonly clock?: Clock;
  readonly start?: StartProcess;
  readonly timeoutMs?: number;
  readonly lookup?: EgressResolver['lookup'];
  readonly mostBytes?: number;
  /** Where programs are looked for. */
  readonly path?: string;
}

export class GitWorld {
  readonly folder = mkdtempSync(join(tmpdir(), 'git-world-'));
  /** Where the repositories of the forge lie. */
  readonly forge = join(this.folder, 'forge');
  readonly mirrors = join(this.folder, 'mirrors');
  private readonly starter = ProcessStarter.withGroups(join(this.folder, 'pipes'), new SystemClock());
  /** Starts processes as the program does. */
  readonly start: StartProcess = (command, output) => this.starter.start(command, output);
  private readonly servers: Server[] = [];

  /** A git port over this world's mirrors; 127.0.0.1 and files of the forge's folder are allowed. */
  git(options: WorldGitOptions = {}): MirrorGit {
    const policy = { allow: ['127.0.0.1', '::1'], fileRoot: this.forge };
    return new MirrorGit({
      root: this.mirrors,
      baseEnv: { PATH: options.path ?? process.env['PATH'] ?? '' },
      egress: new Egress(policy, { lookup: options.lookup ?? systemLookup, realPath }),
      start: options.start ?? this.start,
      clock: options.clock ?? new SystemClock(),
      fetchTimeoutMs: options.timeoutMs ?? 60_000,
      mostBytes: options.mostBytes ?? 16 * 1024 ** 3,
    });
  }

  /** A bare repository `<forge>/<name>.git` with no commit. */
  repository(name: string): string {
    const path = join(this.forge, `${name}.git`);
    gitIn('/', 'init', '--bare', '--quiet', '--template=', '--initial-branch=main', path);
    return path;
  }

  /** Serves on a free port of 127.0.0.1 and gives the URL without a slash at its end. */
  async serve(listener: RequestListener): Promise<string> {
    const server = createServer(listener);
    this.servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const server of this.servers) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
    this.starter.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The source of project 1, or of `projectId`. */
export function sourceOf(url: string, projectId = 1, authorization: string | null = null): FetchSource {
  return { projectId, url: url.startsWith('/') ? pathToFileURL(url).href : url, authorization };
}

/** Puts files (name → text) on top of `parent` as one commit of a bare repository, moves `ref` to it and gives its id. */
export function commitFiles(
  repository: string,
  ref: string,
  files: Readonly<Record<string, string>>,
  parents: readonly string[] = [],
): string {
  const entries = Object.entries(files).map(
    ([path, text]) => `M 100644 inline ${quoted(path)}\ndata ${size(text)}\n${text}\n`,
  );
  const lines = [
    `commit ${ref}\ncommitter Ada <ada@example.org> 1772366400 +0000\ndata 6\nchange\n`,
    ...parents.map((parent, index) => `${index === 0 ? 'from' : 'merge'} ${parent}\n`),
    ...entries,
    '\n',
  ];
  gitFed(repository, lines.join(''), 'fast-import', '--quiet', '--force');
  return gitIn(repository, 'rev-parse', ref);
}

function gitFed(folder: string, input: string, ...argv: readonly string[]): void {
  const env = {
    PATH: process.env['PATH'] ?? '',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    LC_ALL: 'C',
  };
  execFileSync('git', argv, { cwd: folder, env, input });
}

function quoted(path: string): string {
  return `"${path.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`;
}

function size(text: string): number {
  return Buffer.byteLength(text);
}
