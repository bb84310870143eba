/** Jobs on the host: fresh folders, a small environment, and nothing left behind. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Session } from '../../src/executor/executor.js';
import { Executors } from '../../src/executor/executors.js';
import { HostExecutor, type HostExecutorParts } from '../../src/executor/host-executor.js';
import { SystemClock } from '../../src/kernel/clock.js';
import { eventually, Heard, isRunning, markOf, scratchFolder, startersUnderTest } from '../process/starters.js';

class SteppingClock extends SystemClock {
  passed = 0;

  override now(): number {
    return this.passed;
  }

  override elapsedMs(): number {
    return this.passed;
  }
}

const starters = await startersUnderTest();
const top = scratchFolder();
let count = 0;

describe.each(starters)('with process trees as %s', (kind, starter) => {
  let root: string;
  let executor: HostExecutor;
  let faults: unknown[];
  const mark = (test: number) => markOf(test, kind);

  function anExecutor(kept?: HostExecutorParts['kept']): HostExecutor {
    faults = [];
    const env = { PATH: process.env['PATH'], LANG: 'C.UTF-8', TZ: 'UTC', SECRET_OF_THE_SERVER: 'x', HOME: '/root' };
    return new HostExecutor({ root, env, starter, report: (fault) => faults.push(fault), kept });
  }

  beforeEach(() => {
    root = `${top}/${count++}`;
    executor = anExecutor();
  });

  const open = (jobId: number, attempt = 1) =>
    executor.open({ projectId: 1, jobId, attempt, trust: 'trusted', readable: [] });

  async function bash(session: Session, text: string): Promise<string> {
    const heard = new Heard();
    const argv = ['bash', '-c', text];
    await (
      await session.run({ argv, cwd: session.workspace, env: session.baseEnv }, heard.take)
    ).exit;
    return heard.text;
  }

  it('takes tools away that no job has asked for in a long time, and no others', async () => {
    const clock = new SteppingClock();
    executor = anExecutor({ clock, keepMs: 10 * 3_600_000 });
    const openOf = (projectId: number, jobId: number) =>
      executor.open({ projectId, jobId, attempt: 1, trust: 'trusted', readable: [] });
    const [old, other] = [await openOf(1, 1), await openOf(2, 2)];
    const long = await openOf(3, 3);
    writeFileSync(`${old.toolCache}/tool`, '');
    await old.close();
    clock.passed = 9 * 3_600_000;
    await other.close();
    clock.passed = 11 * 3_600_000;
    const next = await openOf(4, 4);
    await next.close();
    await executor.settle();
    expect(readdirSync(`${root}/tools`).toSorted()).toEqual(['2-trusted', '3-trusted', '4-trusted']);
    expect([readdirSync(`${root}/deleting`), faults]).toEqual([[], []]);
    await long.close();
  });

  it('deletes the folders of a job that has deleted its tools', async () => {
    executor = anExecutor({ clock: new SteppingClock(), keepMs: 1 });
    const session = await open(1);
    await bash(session, `rm -r ${session.toolCache}`);
    await session.close();
    await executor.settle();
    expect([readdirSync(`${root}/jobs`), readdirSync(`${root}/deleting`)]).toEqual([[], []]);
  });

  it('gives each job and attempt empty folders of its own that nobody else may read', async () => {
    const sessions = await Promise.all([open(1), open(2), open(1, 2)]);
    expect(new Set(sessions.map(({ workspace }) => workspace)).size).toBe(3);
    for (const session of sessions) {
      expect([readdirSync(session.workspace), readdirSync(session.temp)]).toEqual([[], []]);
      expect(statSync(session.workspace).mode & 0o777).toBe(0o700);
      expect(await bash(session, 'pwd')).toBe(`${session.workspace}\n`);
      await session.close();
    }
  });

  it('keeps Node from finding the project in which it lies, whatever an earlier job made of that', async () => {
    const file = `${root}/package.json`;
    const seen = async (jobId: number) => {
      const session = await open(jobId);
      const found = readFileSync(file, 'utf8');
      await bash(session, `rm ${file}; ln -s /etc/hostname ${file}`);
      await session.close();
      return found;
    };
    expect([await seen(1), await seen(2)]).toEqual(['{}\n', '{}\n']);
    expect(readFileSync('/etc/hostname', 'utf8')).not.toBe('{}\n');
  });

  it('keeps the tools of a project for its next jobs, apart by project and trust', async () => {
    const trusts = ['trusted', 'restricted'] as const;
    const opened = [1, 2].flatMap((projectId) =>
      trusts.map((trust) => executor.open({ projectId, jobId: projectId, attempt: trust.length, trust, readable: [] })),
    );
    const sessions = await Promise.all(opened);
    expect(new Set(sessions.map(({ toolCache }) => toolCache)).size).toBe(4);
    const [first] = sessions;
    await bash(first as Session, `echo kept > '${first?.toolCache}/tool'`);
    for (const session of sessions) await session.close();
    const next = await open(9);
    expect(await bash(next, `cat '${next.toolCache}/tool'`)).toBe('kept\n');
    await next.close();
  });

  it('passes nothing of its own environment on but path, language and time zone; HOME is the job’s', async () => {
    const session = await open(3);
    const names = Object.keys(session.baseEnv).sort();
    expect(names).toEqual(['HOME', 'LANG', 'PATH', 'TZ']);
    expect(session.baseEnv['HOME']).toBe(session.workspace.replace(/workspace$/, 'home'));
    expect(await bash(session, 'touch "$HOME/x" && echo made')).toBe('made\n');
    await session.close();
  });

  it('lets what a step leaves in the background serve the next one, and ends it with the session', async () => {
    const session = await open(4);
    await bash(session, `sleep ${mark(6001)} > /dev/null 2>&1 & echo $! > pid`);
    expect(await bash(session, 'kill -0 $(cat pid) && echo alive')).toBe('alive\n');
    await session.close();
    expect(isRunning(mark(6001))).toBe(false);
  });

  it('runs further commands after one was killed', async () => {
    const session = await open(5);
    const cwd = session.workspace;
    const killed = await session.run({ argv: ['sleep', '1000'], cwd, env: session.baseEnv }, () => undefined);
    killed.kill();
    await killed.exit;
    expect(await bash(session, 'echo next')).toBe('next\n');
    await session.close();
  });

  it('ends all processes before it takes the folders away, and is closed twice without complaint', async () => {
    const session = await open(6);
    await bash(session, `(while :; do echo ${mark(6002)} > busy; done) > /dev/null 2>&1 &`);
    await session.close();
    await session.close();
    await executor.settle();
    expect([readdirSync(`${root}/jobs`), readdirSync(`${root}/deleting`), faults]).toEqual([[], [], []]);
    await expect(bash(session, 'true')).rejects.toThrow('closed');
  });

  it('starts an attempt anew whose folder an earlier one left', async () => {
    mkdirSync(`${root}/jobs/7-1/workspace`, { recursive: true });
    writeFileSync(`${root}/jobs/7-1/workspace/old`, '');
    const session = await open(7);
    expect(readdirSync(session.workspace)).toEqual([]);
    await session.close();
    await executor.settle();
    expect(readdirSync(`${root}/deleting`)).toEqual([]);
  });

  it('finds programs by a path, and only absolute folders of it', async () => {
    const session = await open(8);
    await bash(session, 'printf "#!/bin/sh\n" > mine; chmod +x mine; touch plain');
    const path = `relative:${session.workspace}:/usr/bin:/bin`;
    expect(await session.which('mine', path)).toBe(`${session.workspace}/mine`);
    expect(await session.which('plain', path)).toBeNull();
    expect(await session.which('bash', path)).toMatch(/^(\/usr)?\/bin\/bash$/);
    await session.close();
  });

  it('ends processes and deletes folders that an earlier boot left', async () => {
    const session = await open(9);
    await bash(session, `mkdir -p a/b; sleep ${mark(6003)} > /dev/null 2>&1 &`);
    mkdirSync(`${root}/deleting/8-1.0`, { recursive: true });
    const next = anExecutor();
    await next.endLeftovers();
    await next.settle();
    expect([readdirSync(`${root}/jobs`), readdirSync(`${root}/deleting`)]).toEqual([[], []]);
    if (kind === 'group') await eventually(() => !isRunning(mark(6003)));
    await session.close().catch(() => undefined);
  });

  it.runIf(kind === 'group')('leaves a process alone that has got the number of an earlier group since', async () => {
    const session = await open(10);
    const stranger = await starter.start({ argv: ['sleep', mark(6004)], cwd: '/', env: {} }, () => undefined);
    await bash(session, 'true');
    const file = `${root}/groups/10-1.json`;
    const boot = (JSON.parse(String(await import('node:fs').then((fs) => fs.readFileSync(file)))) as { boot: string })
      .boot;
    writeFileSync(file, JSON.stringify({ boot, groups: [{ group: stranger.pid, startedTicks: '1' }] }));
    await anExecutor().endLeftovers();
    stranger.signal('SIGTERM');
    expect((await stranger.exit).signal).toBe('SIGTERM');
    await session.close().catch(() => undefined);
  });

  it('says how process trees end and that the machine is shared', () => {
    expect(executor.describe()).toContain(starter.ending.line);
  });

  it('cannot be opened where its root cannot be made: a fault that may be tried again', async () => {
    writeFileSync(root, 'a file');
    await expect(open(11)).rejects.toMatchObject({ name: 'Fault', retryable: true });
  });

  it('tells the job real paths although its root is reached through a link', async () => {
    mkdirSync(`${root}-real`);
    symlinkSync(`${root}-real`, root);
    const session = await open(12);
    expect(await bash(session, 'pwd -P')).toBe(`${session.workspace}\n`);
    await session.close();
    expect(existsSync(session.workspace)).toBe(false);
  });
});

describe('the executors', () => {
  const named = (label: string) =>
    new (class extends HostExecutor {
      override readonly label = label as 'host';
    })({ root: '/nowhere', env: {}, starter: starters[0]![1], report: () => undefined });

  it('are chosen by label, whatever its case; the first takes what names none', () => {
    const [host, sandbox] = [named('host'), named('sandbox')];
    const executors = new Executors([host, sandbox]);
    expect(executors.for(['self-hosted', 'SandBox'], 'trusted')).toBe(sandbox);
    expect(executors.for(['ubuntu-latest'], 'restricted')).toBe(host);
  });

  it('refuse jobs when there is none', () => {
    expect(() => new Executors([]).for(['host'], 'trusted')).toThrow('no executor');
  });
});
