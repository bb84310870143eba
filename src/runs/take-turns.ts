/** Takes and leaves turns inside the commit that makes or ends a run or job: one transaction decides whose turn it is. */
import type { Concurrency } from '../model/plan.js';
import type { Run } from '../model/run.js';
import type { Turn } from '../model/turn.js';
import type { Runs, RunTitle } from '../store/runs.js';
import type { Tx } from '../store/store.js';
import type { Group, Turns } from '../store/turns.js';
import { circleAt } from './turn-circle.js';
import { afterLeaving, aheadOf, type Asked, askTurn, keptGroup, nameFor, shownGroup, shownName } from './turn-order.js';

export type TakingRun = Pick<Run, 'projectId' | 'trust' | 'resolved'> & RunTitle;

/** Whose turn: of a job, or of the whole run. */
export interface Taker {
  readonly run: TakingRun;
  readonly jobId: number | null;
}

/** Why somebody waits, for people, and the run that it names. */
export type Waits = Pick<Run, 'reason' | 'reasonRunId'>;

export class TakeTurns {
  constructor(
    private readonly turns: Turns,
    private readonly runs: Runs,
  ) {}

  /** Null: it holds the group. Else it waits for its turn, or for being told that it gets none: that row is due. */
  async take(tx: Tx, { run, jobId }: Taker, concurrency: Concurrency, nowMs: number): Promise<Waits | null> {
    const place = { projectId: run.projectId, group: keptGroup(run, concurrency.group) };
    const line = await this.turns.lockLine(tx, place);
    const { answer, replaced } = askTurn(line, { ...concurrency, runId: run.id, jobId });
    const mine = { ...place, runId: run.id, jobId, byRunId: null };
    const refused = await this.refusal(tx, { run, jobId }, place, { answer, replaced });
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
    { run, jobId }: Taker,
    place: Group,
    { answer, replaced }: Asked,
  ): Promise<Waits | null> {
    if (answer.kind === 'refused') return { reason: `${answer.why}: ${shownGroup(place.group)}`, reasonRunId: null };
    if (answer.kind === 'holds' || jobId === null) return null;
    const held = (await this.turns.ofRun(tx, run.id)).find((turn) => turn.jobId === null);
    if (held === undefined) return null;
    const open = (await this.turns.openOf(tx, run.projectId)).filter(
      ({ id }) => !replaced.some((one) => one.id === id),
    );
    const circle = circleAt(open, { runId: run.id, group: place.group });
    return circle && this.waitsForEver(tx, circle, held, run);
  }

  private async waitsForEver(tx: Tx, turn: Turn, held: Turn, reader: RunTitle): Promise<Waits> {
    const { runId, group } = turn;
    const name = await this.nameIn(tx, turn, reader);
    const reason = `would wait for ever: ${name} comes first in group ${shownGroup(group)}, and waits itself for group ${shownGroup(held.group)} of this run`;
    return { reason, reasonRunId: runId };
  }

  /** A run with all its jobs, or one job, leaves every line in which it stands. Safe for those that stand in none. */
  async leave(tx: Tx, runId: number, jobId: number | null, nowMs: number): Promise<void> {
    const own = await this.turns.ofRun(tx, runId);
    for (const turn of jobId === null ? own : own.filter((one) => one.jobId === jobId)) {
      await this.turns.remove(tx, turn.id);
      const line = await this.turns.lockLine(tx, turn);
      const next = afterLeaving(line, turn);
      if (next !== null) await this.turns.decide(tx, next.turn.id, next.holds ? { state: 'holding' } : {}, nowMs);
      if (line.length === 0) await this.turns.forgetGroup(tx, turn);
    }
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

  /** Of a job also its run. */
  private async nameIn(tx: Tx, { runId, jobId }: Turn, reader: RunTitle): Promise<string> {
    const other = (await this.runs.titlesIn(tx, [runId])).get(runId);
    const run = other === undefined ? `run ${runId}` : nameFor(other, reader);
    const job = jobId === null ? null : await this.runs.jobIn(tx, jobId);
    return job === null ? run : `job ${shownName(job.name)} of ${run}`;
  }
}
