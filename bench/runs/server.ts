/** The real server with its own data folder, and what can be read beside it: rows and logs. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Sqlite } from '../../src/store/sqlite.js';
import type { Repository } from './forge.js';
import type { StandInPagure } from '../../test/stand-in/pagure.js';

export interface JobTimes {
  readonly id: number;
  readonly runId: number;
  /** Claimed. Milliseconds since 1970, as all times here. */
  readonly startedAt: number;
  readonly finishedAt: number;
}

export interface RunTimes {
  readonly id: number;
  /** What triage found out was on disk. */
  readonly createdAt: number;
  readonly finishedAt: number;
  /** In the order in which they were planned. */
  readonly jobs: readonly JobTimes[];
}

export interface StepTimes {
  readonly startedAt: number;
  readonly finishedAt: number;
}

export interface ServerOptions {
  /** The project's folder. */
  readonly root: string;
  readonly folder: string;
  readonly forge: KnownForge;
  readonly repositories: readonly Repository[];
  /** Kept on the server, for each project; `path` is that of the text. */
  readonly pipelines?: readonly { readonly name: string; readonly path: string }[];
}

/** What the server is told of it. */
export interface KnownForge {
  readonly pagure: Pick<StandInPagure, 'instance'>;
  readonly token: string;
}

export class Server {
  private constructor(
    readonly url: string,
    private readonly folder: string,
    private readonly child: ReturnType<typeof spawn>,
  ) {}

  /** Resolves when it listens; two jobs run at once. On no core of its own, for its jobs would be held there with it. */
  static async start({ root, folder, forge, repositories, pipelines = [] }: ServerOptions): Promise<Server> {
    const own = join(folder, 'server');
    mkdirSync(own, { recursive: true });
    writeSettings(own, { forge, repositories, pipelines });
    const argv = [join(root, 'dist/src/main.js'), 'serve', '--log-level', 'error'];
    const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'inherit'], cwd: own });
    for await (const line of createInterface(child.stdout)) {
      const [, url] = /listens at (http:\S+)/.exec(line) ?? [];
      if (url === undefined) continue;
      child.stdout.resume();
      return new Server(url, own, child);
    }
    throw new Error('the server did not start');
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Of the run that a commit has started; it is done. */
  run(commit: string): RunTimes {
    const [run] = this.rows<Omit<RunTimes, 'jobs'>>(
      'SELECT run.id, run.createdAt, run.finishedAt FROM run JOIN event ON event.id = run.eventId WHERE event.after = ?',
      commit,
    );
    if (run === undefined) throw new Error(`there is no run for ${commit}`);
    const jobs = this.rows<JobTimes>(
      'SELECT id, runId, startedAt, finishedAt FROM job WHERE runId = ? ORDER BY id',
      run.id,
    );
    return { ...run, jobs };
  }

  /** In order; the first is the set-up of the job. */
  steps(job: JobTimes): readonly StepTimes[] {
    return this.rows('SELECT startedAt, finishedAt FROM step WHERE jobId = ? ORDER BY number', job.id);
  }

  /** @param query which part of it; '' for the whole. */
  async log({ id, runId }: JobTimes, query = ''): Promise<string> {
    const token = readFileSync(join(this.folder, 'state/first-token'), 'utf8').trim();
    const answer = await fetch(`${this.url}/api/v1/runs/${runId}/jobs/${id}/log${query}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (!answer.ok) throw new Error(`the log of job ${id} was answered ${answer.status}`);
    return answer.text();
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
  }

  /** Of its database, as it stands now. */
  rows<T>(sql: string, ...values: readonly (string | number)[]): readonly T[] {
    const database = new Sqlite(join(this.folder, 'data/store.sqlite'), { readonly: true });
    try {
      return database.prepare(sql).all(...values) as T[];
    } finally {
      database.close();
    }
  }
}

type Told = Required<Pick<ServerOptions, 'forge' | 'repositories' | 'pipelines'>>;

function writeSettings(folder: string, { forge, repositories, pipelines }: Told): void {
  const token = join(folder, 'token');
  writeFileSync(token, forge.token, { mode: 0o600 });
  const kept = pipelines.map(({ name, path }) => `{ name: ${name}, path: ${path} }`);
  const projects = repositories.map(({ project }) => {
    const key = join(folder, `${project.fullname}.key`);
    writeFileSync(key, project.key, { mode: 0o600 });
    const named = `instance: ${forge.pagure.instance}, fullname: ${project.fullname}`;
    return `  - { ${named}, keys: [{ file: ${key} }], token: { file: ${token} }, pipelines: [${kept.join(', ')}] }`;
  });
  const text = `server:
  data_dir: ${join(folder, 'data')}
  state_dir: ${join(folder, 'state')}
  port: 0
  slots: 2
  host_shares_everything: true
  egress: { allow: [127.0.0.1] }
projects:
${projects.join('\n')}
`;
  writeFileSync(join(folder, 'pagure-actions.yml'), text, { mode: 0o600 });
}
