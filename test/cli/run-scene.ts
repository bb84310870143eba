/** A repository that somebody works in, and the verbs that run its pipelines there without a server. */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { verbOf } from '../../src/cli/desk.js';
import { defineRun } from '../../src/cli/run.js';
import type { VerbCall } from '../../src/cli/verb.js';
import type { Result } from '../../src/model/result.js';
import { temporaryFolder } from '../store/open-store.js';

export const PIPELINE = '.pagure/pipelines/ci.yml';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Of `--json`. */
  readonly events: readonly RunEvent[];
}

export interface RunEvent {
  readonly event: string;
  readonly job?: string;
  readonly text?: string;
  readonly [name: string]: unknown;
}

export interface Around {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Below the repository. */
  readonly folder?: string;
  /** Of a terminal; without it stdout is a pipe. */
  readonly columns?: number;
  readonly interrupted?: AbortSignal;
  readonly killed?: AbortSignal;
  readonly onOutput?: (text: string) => void;
}

export class Tree {
  /** Holds the repository, and a folder for what is temporary. */
  readonly home = temporaryFolder();
  readonly folder = join(this.home, 'lab');
  private readonly temporary = join(this.home, 'tmp');

  constructor() {
    mkdirSync(this.folder);
    mkdirSync(this.temporary);
  }

  write(path: string, text: string, mode = 0o644): this {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
    chmodSync(join(this.folder, path), mode);
    return this;
  }

  git(...args: readonly string[]): string {
    const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org'];
    return execFileSync('git', [...who, ...args], { cwd: this.folder, encoding: 'utf8' }).trim();
  }

  /** All that stands in the folder; the first commit makes the repository, on `main`. */
  commit(message = 'a change'): this {
    if (!existsSync(join(this.folder, '.git'))) this.git('init', '--quiet', '--initial-branch=main');
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '-m', message);
    return this;
  }

  /** What runs have left behind. */
  get leftovers(): readonly string[] {
    return readdirSync(this.temporary);
  }

  get env(): Record<string, string> {
    const { PATH = '' } = process.env;
    return { PATH, HOME: this.home, TMPDIR: this.temporary, USER: 'ada', TERM: 'xterm-256color' };
  }

  /** Runs `pagure-actions run <words>`; a word with a blank is given as one of a list. */
  async run(words: string | readonly string[] = [], around: Around = {}): Promise<Ran> {
    const args = typeof words === 'string' ? words.split(' ').filter((word) => word !== '') : words;
    const { env = {}, input = '', folder = '.', columns, interrupted, killed, onOutput } = around;
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
    stdin.end(input);
    if (columns !== undefined) Object.assign(stdout, { isTTY: true, columns, rows: 30 });
    const said = { out: '', err: '' };
    stdout.on('data', (piece: Buffer) => {
      said.out += piece.toString();
      onOutput?.(said.out);
    });
    stderr.on('data', (piece: Buffer) => (said.err += piece.toString()));
    const call: VerbCall = {
      ...{ args, env: { ...this.env, ...env }, cwd: join(this.folder, folder), interrupted, killed },
      streams: { stdin, stdout, stderr },
    };
    const code = await verbOf('run', defineRun)(call);
    return { code, ...said, events: args.includes('--json') ? eventsOf(said.out) : [] };
  }
}

/** A repository with this one pipeline. */
export function treeWith(pipeline: string, files: Readonly<Record<string, string>> = {}): Tree {
  const tree = new Tree().write(PIPELINE, pipeline);
  for (const [path, text] of Object.entries(files)) tree.write(path, text);
  return tree.commit();
}

/** One job `a` with these steps, in the flow style of YAML. */
export function jobWith(steps: string, { on = 'push', more = '' }: { on?: string; more?: string } = {}): string {
  return `on: ${on}\n${more}jobs:\n  a:\n    runs-on: anything\n    steps: ${steps}\n`;
}

export interface ShownJob {
  readonly job: string;
  readonly result: Result;
  readonly reason: string | null;
  readonly outputs: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly id: string; readonly outcome: Result; readonly conclusion: Result }[];
}

/** Of the last line of `--json`: the jobs of all runs. */
export function jobsOf({ events }: Ran): readonly ShownJob[] {
  const runs = events.at(-1)?.['runs'] as readonly { readonly jobs: readonly ShownJob[] }[];
  return runs.flatMap(({ jobs }) => jobs);
}

export function resultsOf(ran: Ran): Readonly<Record<string, Result>> {
  return Object.fromEntries(jobsOf(ran).map(({ job, result }) => [job, result]));
}

/** What the steps printed, without the script that each of them begins with. */
export function printed({ events }: Ran): readonly string[] {
  const heading = (event: RunEvent) => `${event.job} ${String(event['step'])} ${String(event['group'])}`;
  const headings = new Set<string>();
  const seen = new Set<string>();
  for (const event of events.filter((one) => one.event === 'log' && one['level'] === 'group')) {
    const step = `${event.job} ${String(event['step'])}`;
    if (!seen.has(step)) headings.add(heading(event));
    seen.add(step);
  }
  return events
    .filter((event) => event.event === 'log' && !headings.has(heading(event)))
    .map(({ text = '' }) => text.trimEnd());
}

export function withoutColours(text: string): string {
  return stripVTControlCharacters(text);
}

function eventsOf(out: string): readonly RunEvent[] {
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RunEvent);
}
