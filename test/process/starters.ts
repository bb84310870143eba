/** Starters for tests: all ways of ending a tree, and what their output was. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll } from 'vitest';
import { SystemClock } from '../../src/kernel/clock.js';
import { ProcessStarter } from '../../src/process/process-starter.js';
import type { Command, Exit, RunningProcess, TakeOutput } from '../../src/process/running-process.js';

export const clock = new SystemClock();

/** A folder that is deleted when the file's tests have ended. */
export function scratchFolder(): string {
  const folder = mkdtempSync(`${tmpdir()}/pagure-actions-test-`);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function startersUnderTest(): Promise<readonly (readonly [string, ProcessStarter])[]> {
  const folder = scratchFolder();
  const detected = await ProcessStarter.detect(`${folder}/pipes`, clock);
  const entered = await ProcessStarter.withTools(`${folder}/pipes`, clock);
  const groups = ['group', ProcessStarter.withGroups(`${folder}/pipes`, clock)] as const;
  if (detected.ending.kind === 'group') return [groups];
  const namespaces = entered === null ? [] : [['entered namespace', entered] as const];
  return [['namespace', detected], ...namespaces, groups];
}

export function command(argv: readonly string[], more: Partial<Command> = {}): Command {
  return { argv, cwd: '/tmp', env: { PATH: '/usr/local/bin:/usr/bin:/bin' }, ...more };
}

export function script(text: string, more: Partial<Command> = {}): Command {
  return command(['bash', '-c', text], more);
}

/** Collects text and lets a test wait until some of it is there. */
export class Heard {
  text = '';
  private waiting: { readonly part: string; readonly seen: () => void }[] = [];

  readonly take: TakeOutput = (chunk) => {
    this.text += chunk.toString('utf8');
    this.waiting = this.waiting.filter(({ part, seen }) => !this.text.includes(part) || seen());
  };

  async hears(part: string): Promise<void> {
    if (!this.text.includes(part)) await new Promise<void>((seen) => this.waiting.push({ part, seen }));
  }
}

export async function outcome(
  start: (output: TakeOutput) => Promise<RunningProcess>,
): Promise<{ exit: Exit; text: string }> {
  const heard = new Heard();
  const exit = await (await start(heard.take)).exit;
  return { exit, text: heard.text };
}

/** A number of seconds for `sleep` that no other test, and no other run of this test, uses. */
export function markOf(test: number, kind = 'namespace'): string {
  return `${test}.${1 + ['group', 'namespace'].indexOf(kind)}${process.pid}`;
}

/** Is a process whose command line holds `mark` alive anywhere on this machine? */
export function isRunning(mark: string): boolean {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  return pids.some((pid) => commandLine(pid).includes(mark));
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** Waits until `holds`, at most ten seconds. */
export async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const until = clock.now() + 10_000; !(await holds()); await clock.sleep(5)) {
    if (clock.now() > until) throw new Error('it did not come to hold');
  }
}
