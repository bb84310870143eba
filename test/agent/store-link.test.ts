/** What a link of this process writes together, and that nothing of it is lost. */
import { describe, expect, it } from 'vitest';
import type { Blobs, LogWriter } from '../../src/blobs/blobs.js';
import { StoreLink } from '../../src/agent/store-link.js';
import { Clock, type StopTimer } from '../../src/kernel/clock.js';
import type { FinishedStep } from '../../src/runner/job-link.js';
import type { ReportJob, StepEnd } from '../../src/runs/report-job.js';

/** Timers fire when they are told to. */
class HandClock extends Clock {
  private pending: (() => void)[] = [];

  now(): number {
    return 1_000;
  }

  elapsedMs(): number {
    return 0;
  }

  after(_delayMs: number, run: () => void): StopTimer {
    this.pending.push(run);
    return () => void (this.pending = this.pending.filter((one) => one !== run));
  }

  ring(): void {
    for (const run of this.pending.splice(0)) run();
  }
}

const PASSED = { outcome: 'success', conclusion: 'success', exitCode: 0, reason: null } as const;
const step = (number: number) => ({ number, id: `__${number}`, name: 'make' });
const ended = (number: number): FinishedStep => ({
  ...step(number),
  ...PASSED,
  outputs: {},
  annotations: [],
  summary: null,
});

async function opened(openLog?: () => Promise<LogWriter>) {
  const commits: string[] = [];
  let fails = 0;
  const told = async (what: string, ends: readonly StepEnd[]) => {
    if (fails-- > 0) throw new Error('the disk is full');
    const said = ends.map(({ step, startedAt = '' }) => `${startedAt} ${step.number} ended`.trimStart());
    commits.push([...said, what].join(', '));
  };
  const reports = {
    stepStarted: (_held: unknown, { number }: { number: number }, ends: readonly StepEnd[] = []) =>
      told(`${number} started`, ends),
    stepsFinished: (_held: unknown, ends: readonly StepEnd[]) => told('alone', ends),
    finished: (_held: unknown, _result: unknown, ends: readonly StepEnd[]) => told('job ended', ends),
  } as unknown as ReportJob;
  const writer = { append: async () => undefined, close: async () => undefined };
  const blobs = { openLog: openLog ?? (async () => writer) } as unknown as Blobs;
  const clock = new HandClock();
  const held = { id: 1, runId: 1, attempt: 1, owner: 'test' };
  const link = StoreLink.open(held, new AbortController().signal, { reports, blobs, clock });
  return { link, commits, clock, failNext: () => void (fails = 1) };
}

describe('the end of a step', () => {
  it('is written with the start of the next, the last one with the end of the job', async () => {
    const { link, commits } = await opened();
    await link.stepStarted(step(1));
    await link.stepFinished(ended(1));
    await link.stepStarted(step(2));
    await link.stepFinished(ended(2));
    await link.finished({ result: 'success', reason: null, outputs: {}, masks: [] });
    await link.close();
    expect(commits).toEqual(['1 started', '1 ended, 2 started', '2 ended, job ended']);
  });

  it('is written alone when nothing comes soon', async () => {
    const { link, commits, clock } = await opened();
    await link.stepFinished(ended(1));
    await link.stepFinished(ended(2));
    expect(commits).toEqual([]);
    clock.ring();
    await link.close();
    expect(commits).toEqual(['1 ended, 2 ended, alone']);
  });

  it('that could not be written alone is written with what comes next', async () => {
    const { link, commits, clock, failNext } = await opened();
    await link.stepFinished(ended(1));
    failNext();
    clock.ring();
    await clock.nextTurn();
    await link.stepStarted(step(2));
    expect(commits).toEqual(['1 ended, 2 started']);
  });

  it('is written when the job is broken off', async () => {
    const { link, commits } = await opened();
    await link.stepFinished(ended(1));
    await link.close();
    expect(commits).toEqual(['1 ended, alone']);
  });
});

describe('the set-up', () => {
  it('that is short is written with the start of the first step, with its own start', async () => {
    const { link, commits } = await opened();
    await link.stepStarted(step(0));
    await link.stepFinished(ended(0));
    await link.stepStarted(step(1));
    expect(commits).toEqual(['1000 0 ended, 1 started']);
  });

  it('that takes its time is seen meanwhile', async () => {
    const { link, commits, clock } = await opened();
    await link.stepStarted(step(0));
    clock.ring();
    await clock.nextTurn();
    expect(commits).toEqual(['0 started']);
    await link.stepFinished(ended(0));
    await link.stepStarted(step(1));
    expect(commits).toEqual(['0 started', '0 ended, 1 started']);
  });

  it('is written when the job is broken off in it', async () => {
    const { link, commits } = await opened();
    await link.stepStarted(step(0));
    await link.close();
    expect(commits).toEqual(['0 started']);
  });
});

describe('the log', () => {
  it('that cannot be opened lets no step start, so that the job may be tried again', async () => {
    const { link, commits } = await opened(() => Promise.reject(new Error('no disk')));
    await link.stepStarted(step(0));
    await expect(link.stepStarted(step(1))).rejects.toThrow('no disk');
    await expect(link.log([])).rejects.toThrow('no disk');
    await link.close();
    expect(commits).toEqual(['0 started']);
  });

  it('is opened while the set-up begins, and has all that was said meanwhile', async () => {
    const said: number[] = [];
    const writer = { append: async (parts: readonly unknown[]) => void said.push(parts.length), close: async () => {} };
    let isOpen = (_: LogWriter): void => undefined;
    const { link } = await opened(() => new Promise((resolve) => (isOpen = resolve)));
    await link.stepStarted(step(0));
    const logged = link.log([{} as never]);
    expect(said).toEqual([]);
    isOpen(writer as unknown as LogWriter);
    await logged;
    expect(said).toEqual([1]);
  });
});
