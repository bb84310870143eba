/** Takes and leaves turns inside the commit that makes or ends a run or job: one transaction decides whose turn it is. */
import type { Concurrency, PlannedJob } from '../model/plan.js';
import type { Run } from '../model/run.js';
import type { Turn } from '../model/turn.js';
import type { Runs, RunTitle } from '../store/runs.js';
import type { Tx } from '../store/store.js';
import type { Group, Turns } from '../store/turns.js';
import { type Circle, circleAt } from './turn-circle.js';
import { afterLeaving, aheadOf, type Asked, askTurn, keptGroup, nameFor, shownGroup, shownName } from './turn-order.js';
import { callKey, isCall, isWithin, type TurnPart, type WantedTurn, wantedTurns } from './turn-part.js';

export type TakingRun = Pick<Run, 'projectId' | 'trust' | 'resolved'> & RunTitle;

/** Whose turn: as in Turn; without a `key` of the whole run. */
export interface Taker {
  readonly run: TakingRun;
  readonly jobId: number | null;
  readonly key?: string | null;
}

/** A job that wants to start. */
export interface TakingJob {
  readonly run: TakingRun;
  readonly jobId: number;
  readonly planned: PlannedJob;
}

/** Why somebody waits, for people, and the run that it names. */
export type Waits = Pick<Run, 'reason' | 'reasonRunId'>;

export class TakeTurns {
  constructor(
    private readonly turns: Turns,
    private readonly runs: Runs,
  ) {}

  /** Null: it holds the group. Else it waits for its turn, or for being told that it gets none: that row is due. */
  async take(
    tx: Tx,
    { run, jobId, key = null }: Taker,
    concurrency: Concurrency,
    nowMs: number,
  ): Promise<Waits | null> {
    const place = { projectId: run.projectId, group: keptGroup(run, concurrency.group) };
    const line = await this.turns.lockLine(tx, place);
    const part = { runId: run.id, jobId, key };
    const { answer, replaced } = askTurn(line, { ...concurrency, ...part });
    const mine = { ...place, ...part, byRunId: null };
    const refused = await this.refusal(tx, { run, part, place }, { answer, replaced });
    if (refused !== null) {
      const { reason, reasonRunId } = refused;
      await this.turns.insert(tx, { ...mine, state: 'ended', reason, byRunId: reasonRunId, dueAt: nowMs });
      return refused;
    }
    await this.replace(tx, replaced, run, nowMs);
    const state = answer.kind === 'waits' ? 'waiting' : 'holding';
    await this.turns.insert(tx, { ...mine, state, reason: null, dueAt: null });
    return answer.kind === 'waits' ? this.waitsFor(tx, answer.behind, run) : null;
  }

  /** Why it gets no turn: then nobody is sent away for it. */
  private async refusal(
    tx: Tx,
    { run, part, place }: { readonly run: TakingRun; readonly part: TurnPart; readonly place: Group },
    { answer, replaced }: Asked,
  ): Promise<Waits | null> {
    if (answer.kind === 'refused') return { reason: `${answer.why}: ${shownGroup(place.group)}`, reasonRunId: null };
    const isRun = part.jobId === null && part.key === null;
    if (answer.kind === 'holds' || isRun) return null;
    const open = (await this.turns.openOf(tx, run.projectId)).filter(
      ({ id }) => !replaced.some((one) => one.id === id),
    );
    const circle = circleAt(open, { ...part, group: place.group });
    return circle && this.waitsForEver(tx, circle, run);
  }

  private async waitsForEver(tx: Tx, { ahead, held }: Circle, reader: RunTitle): Promise<Waits> {
    const { runId, group } = ahead;
    const name = await this.nameIn(tx, ahead, reader);
    const whose = held.key === null ? 'this run' : `call ${shownName(callKey(held.key))}`;
    const reason = `would wait for ever: ${name} comes first in group ${shownGroup(group)}, and waits itself for group ${shownGroup(held.group)} of ${whose}`;
    return { reason, reasonRunId: runId };
  }

  /** All that a job needs, those of the calls that it belongs to first. Null: it holds them. Safe to call again. */
  async takeAll(tx: Tx, job: TakingJob, nowMs: number): Promise<Waits | null> {
    for (const wanted of wantedTurns(job.planned)) {
      const taken = (await this.turns.ofRun(tx, job.run.id)).find((turn) => isOf(turn, wanted, job));
      const waits = taken ? await this.join(tx, taken, nowMs) : await this.begin(tx, wanted, job, nowMs);
      if (waits !== null) return waits;
    }
    return null;
  }

  private begin(tx: Tx, { of, key, concurrency }: WantedTurn, { run, jobId }: TakingJob, nowMs: number) {
    return this.take(tx, { run, jobId: of === 'call' ? null : jobId, key }, concurrency, nowMs);
  }

  /** Of a call of which another job asked before. Who comes to one that was sent away while it waited is sent away too. */
  private async join(tx: Tx, turn: Turn, nowMs: number): Promise<Waits | null> {
    if (turn.state === 'holding') return null;
    if (turn.state === 'waiting') return this.waitsNow(tx, turn);
    await this.turns.decide(tx, turn.id, {}, nowMs);
    return { reason: turn.reason, reasonRunId: turn.byRunId };
  }

  /** A run with all its jobs, or one job, leaves every line in which it stands. Safe for those that stand in none. */
  async leave(tx: Tx, runId: number, jobId: number | null, nowMs: number): Promise<void> {
    const own = await this.turns.ofRun(tx, runId);
    for (const turn of jobId === null ? own : own.filter((one) => one.jobId === jobId))
      await this.drop(tx, turn, nowMs);
  }

  /** So do the calls of a run of which no job is open any more: none can come after that. */
  async leaveCalls(tx: Tx, runId: number, openJobs: readonly string[], nowMs: number): Promise<void> {
    for (const turn of (await this.turns.ofRun(tx, runId)).filter(isCall)) {
      if (!openJobs.some((key) => isWithin({ runId, jobId: null, key }, turn))) await this.drop(tx, turn, nowMs);
    }
  }

  private async drop(tx: Tx, turn: Turn, nowMs: number): Promise<void> {
    await this.turns.remove(tx, turn.id);
    const line = await this.turns.lockLine(tx, turn);
    const next = afterLeaving(line, turn);
    if (next !== null) await this.turns.decide(tx, next.turn.id, next.holds ? { state: 'holding' } : {}, nowMs);
    if (line.length === 0) await this.turns.forgetGroup(tx, turn);
  }

  /** Keys of those calls of a run that were sent away and know it. */
  async stoppedCalls(runId: number): Promise<readonly string[]> {
    const gone = (await this.turns.knownOf(runId)).filter((turn) => isCall(turn) && turn.reason !== null);
    return gone.map(({ key }) => callKey(key ?? ''));
  }

  /** Why a turn that still waits does so now. */
  async waitsNow(tx: Tx, turn: Turn): Promise<Waits> {
    const ahead = aheadOf(await this.turns.lockLine(tx, turn), turn);
    const own = (await this.runs.titlesIn(tx, [turn.runId])).get(turn.runId);
    return ahead === null || own === undefined ? { reason: null, reasonRunId: null } : this.waitsFor(tx, ahead, own);
  }

  private async replace(tx: Tx, replaced: readonly Turn[], by: RunTitle, nowMs: number): Promise<void> {
    const titles = await this.runs.titlesIn(
      tx,
      replaced.map(({ runId }) => runId),
    );
    for (const { id, runId, state, group } of replaced) {
      const reason = `replaced by ${nameFor(by, titles.get(runId))} in group ${shownGroup(group)}`;
      const change = { reason, byRunId: by.id, state: state === 'holding' ? state : ('ended' as const) };
      await this.turns.decide(tx, id, change, nowMs);
    }
  }

  private async waitsFor(tx: Tx, turn: Turn, reader: RunTitle): Promise<Waits> {
    const { runId, group } = turn;
    return {
      reason: `waits for ${await this.nameIn(tx, turn, reader)} in group ${shownGroup(group)}`,
      reasonRunId: runId,
    };
  }

  /** Of a job or call also its run. */
  private async nameIn(tx: Tx, { runId, jobId, key }: Turn, reader: RunTitle): Promise<string> {
    const other = (await this.runs.titlesIn(tx, [runId])).get(runId);
    const run = other === undefined ? `run ${runId}` : nameFor(other, reader);
    if (jobId === null && key !== null) return `call ${shownName(callKey(key))} of ${run}`;
    const job = jobId === null ? null : await this.runs.jobIn(tx, jobId);
    return job === null ? run : `job ${shownName(job.name)} of ${run}`;
  }
}

/** Of a job that asked before keys were kept, its id says it. */
function isOf(turn: Turn, { of, key }: WantedTurn, { jobId }: TakingJob): boolean {
  return of === 'job' ? turn.jobId === jobId : turn.jobId === null && turn.key === key;
}
