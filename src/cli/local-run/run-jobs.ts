/** Runs the jobs of plans side by side until nothing can run any more: which job when, and what a cancel ends. */
import { messageOf } from '../../kernel/errors.js';
import type { PlannedJob } from '../../model/plan.js';
import type { Result } from '../../model/result.js';
import type { JobResult } from '../../model/run.js';
import type { JobHead, News, RunHead } from './news.js';
import { callKey, isWithin, wantedTurns } from '../../runs/turn-part.js';
import type { BoardChange, RunBoard } from './run-board.js';
import { type Taker, type Turned, TurnLines, waitsIn } from './turn-lines.js';

export interface LocalRun {
  readonly head: RunHead;
  readonly board: RunBoard;
}

export interface StartedJob {
  readonly run: LocalRun;
  readonly head: JobHead;
  /** Aborted when it is to be canceled; its reason says why. */
  readonly signal: AbortSignal;
}

export interface JobWorld {
  /** Jobs that run at the same time. */
  readonly slots: number;
  perform(job: StartedJob): Promise<JobResult>;
  tell(news: News): void;
  /** What is shown of the outputs of a job. */
  masked(result: JobResult): JobResult['outputs'];
  /** Aborted when all is to be canceled. */
  readonly canceled: AbortSignal;
}

/** Resolves when all runs are over. Never rejects for what a job does: a job that cannot be run ends in `error`. */
export async function runJobs(runs: readonly LocalRun[], world: JobWorld): Promise<readonly Result[]> {
  await new JobLoop(runs, world).run();
  return runs.map(({ board }) => board.result ?? 'canceled');
}

const CANCELED = 'canceled by Ctrl-C';
const STUCK = 'would wait for its turn for ever: those that it waits for wait for it';

interface Held extends JobHead {
  readonly of: LocalRun;
}

class JobLoop {
  private readonly lines = new TurnLines();
  private readonly heads = new Map<string, Held>();
  private readonly ready: Held[] = [];
  private readonly running = new Map<number, { readonly stop: AbortController; readonly over: Promise<void> }>();
  /** Runs whose turn it is. */
  private readonly active = new Set<LocalRun>();
  private readonly over = new Set<LocalRun>();
  /** How many changes there were: one may let another run go on. */
  private applied = 0;

  constructor(
    private readonly runs: readonly LocalRun[],
    private readonly world: JobWorld,
  ) {}

  async run(): Promise<void> {
    const { canceled } = this.world;
    const cancel = aborted(canceled);
    for (const run of this.runs) this.enter(run);
    for (let isCanceled = false; ;) {
      if (canceled.aborted && !isCanceled) for (const run of this.runs) this.cancel(run, CANCELED);
      isCanceled = canceled.aborted;
      for (let before = -1; before !== this.applied;) {
        before = this.applied;
        for (const run of this.runs) this.settle(run);
      }
      this.fill();
      const over = [...this.running.values()].map((job) => job.over);
      if (over.length > 0) await Promise.race(isCanceled ? over : [...over, cancel]);
      else if (!this.endStuck()) return;
    }
  }

  private enter(run: LocalRun): void {
    const { concurrency } = run.board.plan;
    this.world.tell({ kind: 'run-started', run: run.head });
    const turned = concurrency && this.lines.take(wholeRun(run), concurrency);
    if (turned === null || turned.kind === 'holds') this.active.add(run);
    if (turned?.kind === 'refused') this.cancel(run, turned.reason);
    if (turned?.kind === 'waits') for (const other of turned.replaced) this.replace(other, turned.replacedFor);
  }

  private settle(run: LocalRun): void {
    if (this.over.has(run)) return;
    if (this.active.has(run)) for (const change of run.board.settle()) this.apply(run, change);
    for (const call of this.lines.callsOf(run.head.id))
      if (run.board.openOf(callKey(call.key ?? '')).length === 0) this.leave(call);
    if (run.board.result !== null) this.finish(run, run.board.result);
  }

  private finish(run: LocalRun, result: Result): void {
    this.over.add(run);
    this.world.tell({ kind: 'run-finished', run: run.head, result });
    this.leave(wholeRun(run));
  }

  private apply(run: LocalRun, change: BoardChange): void {
    this.applied += 1;
    if (change.kind === 'stop') return this.running.get(this.head(run, change.key).id)?.stop.abort(change.reason);
    const { planned, result, reason } = change.job;
    const head = this.head(run, planned.key, planned);
    if (change.kind === 'queued') return this.line(head);
    this.ready.splice(0, this.ready.length, ...this.ready.filter(({ id }) => id !== head.id));
    const end = { result: result ?? 'canceled', reason, outputs: {}, environmentUrl: null };
    this.world.tell({ kind: 'job-finished', job: head, ...end });
    this.leave(takerOf(head));
  }

  /** A job that takes turns is ready when it has all of them. */
  private line(head: Held): void {
    const turned = this.takeAll(head);
    this.world.tell({ kind: 'job-queued', job: head, reason: turned.kind === 'waits' ? turned.reason : null });
    this.turned(head, turned);
  }

  private turned(head: Held, turned: Turned): void {
    if (turned.kind === 'holds') this.ready.push(head);
    if (turned.kind === 'refused') this.stop(head, turned.reason);
    if (turned.kind === 'waits') for (const other of turned.replaced) this.replace(other, turned.replacedFor);
  }

  private takeAll(head: Held): Turned {
    for (const { of, key, concurrency } of wantedTurns(head.planned)) {
      const taker = { ...takerOf(head), key, ...(of === 'call' && { jobId: null }) };
      const standing = this.lines.standing(taker);
      if (standing?.state === 'holding') continue;
      if (standing) return { kind: 'waits', reason: waitsIn(standing.group), replaced: [], replacedFor: '' };
      const gone = of === 'call' ? head.of.board.stoppedFor(callKey(key)) : null;
      const turned = gone === null ? this.lines.take(taker, concurrency) : ({ kind: 'refused', reason: gone } as const);
      if (turned.kind !== 'holds') return turned;
    }
    return { kind: 'holds' };
  }

  private fill(): void {
    while (this.running.size < this.world.slots && this.ready.length > 0) this.start(this.ready.shift() as Held);
  }

  private start(head: Held): void {
    const stop = new AbortController();
    head.of.board.started(head.planned.key);
    this.world.tell({ kind: 'job-started', job: head });
    const over = this.world
      .perform({ run: head.of, head, signal: stop.signal })
      .catch((thrown: unknown) => brokenResult(thrown))
      .then((result) => this.ended(head, result));
    this.running.set(head.id, { stop, over });
  }

  private ended(head: Held, result: JobResult): void {
    this.running.delete(head.id);
    head.of.board.finished(head.planned.key, result);
    const { reason, environmentUrl = null } = result;
    const shown = { result: result.result, reason, outputs: this.world.masked(result), environmentUrl };
    this.world.tell({ kind: 'job-finished', job: head, ...shown });
    this.leave(takerOf(head));
  }

  private leave(taker: Taker): void {
    for (const granted of this.lines.leave(taker)) {
      const run = this.runs.find(({ head }) => head.id === granted.runId);
      if (run !== undefined && granted.key === null) this.active.add(run);
      for (const head of this.waitingIn(granted)) this.turned(head, this.takeAll(head));
    }
  }

  /** The job itself, or those of a call. */
  private waitingIn(taker: Taker): readonly Held[] {
    const isOpen = (head: Held) =>
      head.of.board.job(head.planned.key)?.state === 'queued' && !this.ready.includes(head);
    const isMeant = (head: Held) => head.id === taker.jobId || isWithin(takerOf(head), taker);
    return [...this.heads.values()].filter((head) => taker.key !== null && isMeant(head) && isOpen(head));
  }

  private replace(taker: Taker, reason: string): void {
    const job = [...this.heads.values()].find(({ id }) => id === taker.jobId);
    const run = this.runs.find(({ head }) => head.id === taker.runId);
    if (job !== undefined) this.stop(job, reason);
    else if (run !== undefined && taker.key !== null)
      for (const change of run.board.stopCall(callKey(taker.key), reason)) this.apply(run, change);
    else if (run !== undefined) this.cancel(run, reason);
  }

  private stop(head: Held, reason: string): void {
    for (const change of head.of.board.stop(head.planned.key, reason)) this.apply(head.of, change);
  }

  /** A run that still waits for its turn gets it, so that all its jobs end. */
  private cancel(run: LocalRun, reason: string): void {
    this.active.add(run);
    for (const change of run.board.cancel(reason)) this.apply(run, change);
  }

  /** Nothing runs and somebody waits: turns in a circle. False when nobody waits. */
  private endStuck(): boolean {
    const waiting = [...this.heads.values()].find(({ of, planned }) => of.board.job(planned.key)?.state === 'queued');
    if (waiting !== undefined) this.stop(waiting, STUCK);
    const run = this.runs.find((one) => !this.active.has(one));
    if (waiting === undefined && run !== undefined) this.cancel(run, STUCK);
    return waiting !== undefined || run !== undefined;
  }

  private head(run: LocalRun, key: string, planned?: PlannedJob): Held {
    const name = `${run.head.id} ${key}`;
    const known = this.heads.get(name);
    if (known !== undefined) return known;
    if (planned === undefined) throw new Error(`no job ${key}`);
    const made = { id: this.heads.size + 1, run: run.head, planned, of: run };
    this.heads.set(name, made);
    return made;
  }
}

function takerOf({ id, run, planned }: JobHead): Taker {
  return { runId: run.id, jobId: id, key: planned.key };
}

function wholeRun({ head }: LocalRun): Taker {
  return { runId: head.id, jobId: null, key: null };
}

function brokenResult(thrown: unknown): JobResult {
  return { result: 'error', reason: messageOf(thrown), outputs: {}, masks: [] };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
