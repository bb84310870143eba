/** Which job runs when, without a process: slots, cancels, turns, and what is left out. */
import { describe, expect, it } from 'vitest';
import { leavingOut } from '../../src/cli/local-run/job-choice.js';
import type { News } from '../../src/cli/local-run/news.js';
import { toLocalRun } from '../../src/cli/local-run/planned-run.js';
import { runJobs, type StartedJob } from '../../src/cli/local-run/run-jobs.js';
import type { LeaveOut } from '../../src/cli/local-run/run-board.js';
import type { JobResult } from '../../src/model/run.js';
import { linkCalls, planRun, readPipeline } from '../../src/pipeline/index.js';

const CONTEXTS = { github: {}, event: {}, pagure: {}, vars: {}, inputs: {} };
const GOOD: JobResult = { result: 'success', reason: null, outputs: {}, masks: [] };

function read(text: string, file: string) {
  const { pipeline, problems } = readPipeline(text, { file });
  if (pipeline === null) throw new Error(JSON.stringify(problems));
  return pipeline;
}

/** What `uses: ./lib.yml` calls. */
const LIB = read(
  'on: workflow_call\njobs: {a: {runs-on: x, steps: [{run: x}]}, b: {needs: a, runs-on: x, steps: [{run: x}]}, end: {needs: b, if: always(), runs-on: x, steps: [{run: x}]}}',
  'lib.yml',
);

function localRun(text: string, id = 1, leaveOut: LeaveOut = () => null) {
  const files = new Map([['./lib.yml', { kind: 'loaded', pipeline: LIB, checkout: false } as const]]);
  const linked = linkCalls(read(text, `${id}.yml`), files);
  if (linked.kind !== 'linked') throw new Error(JSON.stringify(linked));
  const planned = planRun(linked.pipeline, CONTEXTS, { checkout: false });
  if (planned.kind !== 'plan') throw new Error(JSON.stringify(planned));
  const about = { pipeline: `p${id}`, file: `${id}.yml`, eventName: 'push', ref: 'refs/heads/main' };
  return toLocalRun({ id, plan: planned.plan, contexts: CONTEXTS, ...about }, leaveOut);
}

const job = (name: string, more = '') => `  ${name}: {runs-on: x, ${more}steps: [{run: x}]}\n`;
const pipeline = (...jobs: readonly string[]) => `on: push\njobs:\n${jobs.join('')}`;

interface Played {
  readonly texts: readonly string[];
  readonly slots?: number;
  readonly perform?: (started: StartedJob, cancel: () => void) => Promise<JobResult>;
  readonly leaveOut?: LeaveOut;
}

/** What was told, in a few words each, and how many jobs ran at once at most. */
async function play({ texts, slots = 2, perform = async () => GOOD, leaveOut }: Played) {
  const runs = texts.map((text, at) => localRun(text, at + 1, leaveOut));
  const told: string[] = [];
  const canceling = new AbortController();
  let [running, most] = [0, 0];
  const results = await runJobs(runs, {
    slots,
    canceled: canceling.signal,
    masked: ({ outputs }) => outputs,
    tell: (news) => told.push(wordsOf(news)),
    perform: async (started) => {
      most = Math.max(most, (running += 1));
      try {
        await Promise.resolve();
        return await perform(started, () => canceling.abort());
      } finally {
        running -= 1;
      }
    },
  });
  return { results, told, most };
}

function wordsOf(news: News): string {
  if (news.kind === 'run-started') return `run ${news.run.id} started`;
  if (news.kind === 'run-finished') return `run ${news.run.id} ${news.result}`;
  if (news.kind === 'job-finished') return `${news.job.planned.key} ${news.result}`;
  return 'job' in news ? `${news.job.planned.key} ${news.kind.replace('job-', '')}` : '';
}

const untilStopped = ({ signal }: StartedJob) =>
  new Promise<JobResult>((resolve) => {
    const end = () => resolve({ ...GOOD, result: 'canceled', reason: String(signal.reason) });
    if (signal.aborted) end();
    else signal.addEventListener('abort', end);
  });

describe('jobs', () => {
  it('take no more than the slots', async () => {
    const names = Array.from({ length: 9 }, (_, at) => job(`j${at}`));
    const { most, results } = await play({ texts: [pipeline(...names)], slots: 3 });
    expect([most, results]).toEqual([3, ['success']]);
  });

  it('of several pipelines share them', async () => {
    const { most, results } = await play({
      texts: [pipeline(job('a'), job('b')), pipeline(job('a'), job('b'))],
      slots: 2,
    });
    expect([most, results]).toEqual([2, ['success', 'success']]);
  });

  it('that cannot be run end in error, and those behind them are skipped', async () => {
    const broken = async () => Promise.reject(new Error('no room'));
    const { results, told } = await play({ texts: [pipeline(job('a'), job('b', 'needs: a, '))], perform: broken });
    expect([results, told.slice(-3)]).toEqual([['error'], ['a error', 'b skipped', 'run 1 error']]);
  });

  it('of a matrix stop when one of them fails', async () => {
    const text = pipeline(job('m', 'strategy: {matrix: {n: [1, 2, 3]}}, '));
    const perform = (started: StartedJob) =>
      started.head.planned.key === 'm[0]'
        ? Promise.resolve({ ...GOOD, result: 'failure' } as const)
        : untilStopped(started);
    const { results, told } = await play({ texts: [text], perform });
    expect(results).toEqual(['failure']);
    expect(told.slice(-4).sort()).toEqual(['m[0] failure', 'm[1] canceled', 'm[2] canceled', 'run 1 failure']);
  });

  it('that --matrix leaves out are skipped, and keep nobody from running', async () => {
    const text = pipeline(job('m', 'strategy: {matrix: {n: [1, 2]}}, '), job('after', 'needs: m, '));
    const { results, told } = await play({ texts: [text], leaveOut: leavingOut([['N', '2']]) });
    expect(results).toEqual(['success']);
    expect(told.filter((words) => /success|skipped/.test(words))).toEqual([
      'm[0] skipped',
      'm[1] success',
      'after success',
      'run 1 success',
    ]);
  });
});

describe('a cancel', () => {
  it('stops what runs, ends what waits, and lets run what always does', async () => {
    const text = pipeline(job('a'), job('b'), job('c', 'needs: a, '), job('d', 'needs: a, if: always(), '));
    const perform = (started: StartedJob, cancel: () => void) => {
      if (started.head.planned.key === 'd') return Promise.resolve(GOOD);
      cancel();
      return untilStopped(started);
    };
    const { results, told } = await play({ texts: [text], slots: 1, perform });
    expect(results).toEqual(['canceled']);
    expect(told.filter((words) => /canceled|success/.test(words))).toEqual([
      ...['b canceled', 'a canceled', 'c canceled', 'd success', 'run 1 canceled'],
    ]);
  });
});

describe('concurrency groups', () => {
  it('of whole pipelines let one run after the other', async () => {
    const text = `concurrency: g\n${pipeline(job('a'))}`;
    const { results, told } = await play({ texts: [text, text] });
    expect(results).toEqual(['success', 'success']);
    expect(told.indexOf('run 1 success')).toBeLessThan(told.lastIndexOf('a started'));
  });

  it('with cancel-in-progress the newer one ends the older', async () => {
    const text = `concurrency: {group: g, cancel-in-progress: true}\n${pipeline(job('a'))}`;
    const { results } = await play({ texts: [text, text] });
    expect(results).toEqual(['canceled', 'success']);
  });

  it('that hold each other up end with a reason instead of waiting for ever', async () => {
    const first = `concurrency: g\n${pipeline(job('a', 'concurrency: h, '))}`;
    const second = `concurrency: h\n${pipeline(job('b', 'concurrency: g, '))}`;
    const { results } = await play({ texts: [first, second] });
    expect(results).toContain('canceled');
    expect(results).toContain('success');
  });

  it('of calls are held from the first job of a call to its last', async () => {
    const text = 'on: push\njobs: {c: {uses: ./lib.yml, concurrency: g}}\n';
    const { results, told } = await play({ texts: [text, text] });
    expect(results).toEqual(['success', 'success']);
    const started = told.filter((words) => words.endsWith(' started') && words.startsWith('c/'));
    expect(started).toEqual(['a', 'b', 'end', 'a', 'b', 'end'].map((id) => `c/${id} started`));
    expect(told.indexOf('run 1 success')).toBeLessThan(told.lastIndexOf('c/a started'));
  });

  it('of calls with cancel-in-progress end the older call when it has cleaned up', async () => {
    const text = 'on: push\njobs: {c: {uses: ./lib.yml, concurrency: {group: g, cancel-in-progress: true}}}\n';
    const perform = (started: StartedJob) =>
      started.run.head.id === 1 && started.head.planned.key === 'c/a' ? untilStopped(started) : Promise.resolve(GOOD);
    const { results, told } = await play({ texts: [text, text], perform });
    expect(results).toEqual(['canceled', 'success']);
    const ended = told.filter((words) => /^c\/\w+ (canceled|success)$/.test(words));
    expect(ended).toEqual([
      ...['c/a canceled', 'c/b canceled', 'c/end success'],
      ...['c/a success', 'c/b success', 'c/end success'],
    ]);
  });

  it('of calls: of those that wait the newest stays, and the other ends with all its jobs', async () => {
    const text = 'on: push\njobs: {c: {uses: ./lib.yml, concurrency: g}}\n';
    const { results } = await play({ texts: [text, text, text] });
    expect(results).toEqual(['success', 'canceled', 'success']);
  });

  it('of a call that its own run holds end its jobs with a reason', async () => {
    const text = 'on: push\nconcurrency: g\njobs: {c: {uses: ./lib.yml, concurrency: g}}\n';
    const { results, told } = await play({ texts: [text] });
    expect([results, told.filter((words) => words.endsWith('success'))]).toEqual([['canceled'], []]);
  });
});
