/** Takes and leaves turns inside the commit that makes or ends a run or job: one transaction decides whose turn it is. */
import type { Concurrency } from '../model/plan.js';
import type { Run } from '../model/run.js';
import type { Turn } from '../model/turn.js';
import type { Runs, RunTitle } from '../store/runs.js';
import type { Tx } from '../store/store.js';
import type { Turns } from '../store/turns.js';
import { afterLeaving, aheadOf, askTurn, keptGroup, shownGroup } from './turn-order.js';

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
    await this.replace(tx, replaced, run, nowMs);
    const mine = { ...place, runId: run.id, jobId, byRunId: null };
    if (answer.kind === 'refused') {
      const reason = `${answer.why}: ${shownGroup(place.group)}`;
      await this.turns.insert(tx, { ...mine, state: 'ended', reason, dueAt: nowMs });
      return { reason, reasonRunId: null };
    }
    const state = answer.kind === 'holds' ? 'holding' : 'waiting';
    await this.turns.insert(tx, { ...mine, state, reason: null, dueAt: null });
    return answer.kind === 'holds' ? null : this.waitsFor(tx, answer.behind, run);
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

  private async waitsFor(tx: Tx, { runId, group }: Turn, reader: RunTitle): Promise<Waits> {
    const other = (await this.runs.titlesIn(tx, [runId])).get(runId);
    const name = other === undefined ? `run ${runId}` : nameFor(other, reader);
    return { reason: `waits for ${name} in group ${shownGroup(group)}`, reasonRunId: runId };
  }
}

/** A run as a reader of another run's page knows it: numbers are of one pipeline. */
function nameFor(run: RunTitle, reader: RunTitle | undefined): string {
  if (run.id === reader?.id) return 'another job of this run';
  return run.pipelineKey === reader?.pipelineKey ? `run #${run.number}` : `run #${run.number} of ${run.pipelineName}`;
}
