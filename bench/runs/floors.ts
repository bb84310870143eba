/** What the parts of a run cost bare, from this small process: no tree, no log, no expressions, no rows but one. */
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutCommands } from '../../src/git/checkout.js';
import { makeWebHook } from '../../src/forge/pagure-web-hook.js';
import { Sqlite } from '../../src/store/sqlite.js';
import { gitIn } from '../../test/fixtures/repositories/restore.js';
import type { Repository } from './forge.js';
import { nowMs, PRINT_TIME, printedMs } from './time.js';

const ROW = 'x'.repeat(300);
const CLOSED = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  HOME: '/nonexistent',
};
const ENV = { PATH: process.env['PATH'] ?? '', ...CLOSED };

export class Floors {
  private readonly database;
  private readonly insert;
  private readonly delivery;

  /** `folder` is on the disk that the server writes to. */
  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
    this.database = new Sqlite(join(folder, 'floor.sqlite'));
    this.database.pragma('journal_mode = WAL');
    this.database.pragma('synchronous = FULL');
    this.database.exec('CREATE TABLE row (id INTEGER PRIMARY KEY, text TEXT)');
    this.insert = this.database.prepare('INSERT INTO row (text) VALUES (?)');
    this.delivery = makeWebHook(
      { instance: 'http://127.0.0.1/', fullname: 'lab', key: 'K'.repeat(40) },
      { topic: 'git.receive', msg: { text: 'x'.repeat(2_000) }, i: 1, msgId: 'floor', timestamp: 1 },
    );
  }

  /** Milliseconds of so many durable commits, one row each. */
  commitsMs(count: number): number {
    const start = nowMs();
    for (let done = 0; done < count; done += 1) this.insert.run(ROW);
    return nowMs() - start;
  }

  /** Milliseconds of what proves and reads one delivery: three HMACs and a JSON text. */
  verifyMs(): number {
    const start = nowMs();
    for (let key = 0; key < 3; key += 1) createHmac('sha256', `${key}`).update(this.delivery.body).digest();
    JSON.parse(this.delivery.body.toString('utf8'));
    return nowMs() - start;
  }

  /** A warm mirror of the repository, as it is now. */
  mirror(repository: Repository): FloorMirror {
    const path = join(this.folder, `${repository.project.fullname}.git`);
    gitIn(this.folder, 'clone', '--quiet', '--bare', '--template=', repository.path, path);
    return new FloorMirror(repository, path, join(this.folder, 'trees'));
  }

  /** Milliseconds from here to the line that a script prints, started as a step is. */
  async spawnMs(): Promise<number> {
    const file = join(this.folder, 'step.sh');
    writeFileSync(file, `${PRINT_TIME}\n`);
    const start = nowMs();
    const printed = await output(['bash', '-e', file], this.folder, ENV);
    return printedMs(printed)[0]! - start;
  }

  /** Milliseconds of so many scripts, one after the other, each to its end, with `commits` durable commits. */
  async scriptsMs(scripts: number, commits: number): Promise<number> {
    const file = join(this.folder, 'step.sh');
    writeFileSync(file, `${PRINT_TIME}\n`);
    const start = nowMs();
    for (let done = 0; done < scripts; done += 1) {
      await output(['bash', '-e', file], this.folder, ENV);
      this.commitsMs(commits);
    }
    return nowMs() - start;
  }

  close(): void {
    this.database.close();
  }
}

export class FloorMirror {
  constructor(
    private readonly repository: Repository,
    private readonly path: string,
    private readonly trees: string,
  ) {
    mkdirSync(trees, { recursive: true });
  }

  /** Milliseconds of one `git fetch` over http that brings what is new. */
  async fetchMs(): Promise<number> {
    const argv = ['git', 'fetch', '--quiet', '--prune', '--no-tags', '--no-write-fetch-head', this.repository.url];
    const start = nowMs();
    await output([...argv, '+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*'], this.path, ENV);
    return nowMs() - start;
  }

  /** Milliseconds of the commands of a checkout into an empty folder. */
  async checkoutMs(commit: string): Promise<number> {
    const tree = mkdtempSync(`${this.trees}/`);
    const source = { projectId: 1, mirror: this.path, url: this.repository.url, ref: 'refs/heads/main', commit };
    const { commands, env } = checkoutCommands(source, tree);
    const start = nowMs();
    for (const { argv } of commands) await output(argv, tree, { PATH: ENV.PATH, ...env });
    return nowMs() - start;
  }
}

async function output([program = '', ...argv]: readonly string[], cwd: string, env: Record<string, string>) {
  const child = spawn(program, argv, { cwd, env, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`${program} ended with exit code ${code}`);
  return said;
}
