/** The start of runs: one commit ends the triage of an event and makes what it starts. */
import type { ForgeMessage } from '../forge/forge.js';
import { firstError, type Problem } from '../kernel/errors.js';
import type { Clock } from '../kernel/clock.js';
import type { Decision } from '../model/decision.js';
import type { Event } from '../model/event.js';
import type { Project } from '../model/project.js';
import type { Run } from '../model/run.js';
import { type Pipeline, planRun } from '../pipeline/index.js';
import type { Events } from '../store/events.js';
import type { Holds, NewHold } from '../store/holds.js';
import type { NewRun, Runs } from '../store/runs.js';
import type { Store, Tx } from '../store/store.js';
import type { ReadContexts } from './read-contexts.js';
import type { RunChanges } from './run-changes.js';
import { cancelEdit } from './cancel-run.js';
import { endedRun, firstState } from './first-state.js';
import { settleRun } from './settle-run.js';
import type { TakeTurns } from './take-turns.js';

/** What triage asks for; `how` says what becomes of it. */
export interface RunRequest extends Pick<
  Run,
  | 'pipelineKey'
  | 'pipelineName'
  | 'cause'
  | 'title'
  | 'trust'
  | 'trustReason'
  | 'resolved'
  | 'subject'
  | 'pipelineCommit'
  | 'actor'
> {
  readonly how:
    | { readonly kind: 'run'; readonly pipeline: Pipeline; readonly checkout: boolean }
    | { readonly kind: 'hold'; readonly waitsFor: NewHold['waitsFor'] }
    | { readonly kind: 'broken'; readonly problems: readonly Problem[] }
    | { readonly kind: 'superseded'; readonly reason: string }
    /** Nothing of it is to run, and its flag is to say so. */
    | { readonly kind: 'skipped'; readonly reason: string };
}

/** A decision that is to be kept, with the run that it asks for. */
export interface DecidedPipeline {
  readonly decision: Omit<Decision, 'eventId' | 'runId'>;
  readonly request: RunRequest | null;
  /** A second run of the same pipeline that the event starts (`pull_request_target` beside `pull_request`). */
  readonly also?: RunRequest | null;
}

/** What triage found out about one event. */
export interface TriageAnswer {
  readonly decided: readonly DecidedPipeline[];
  /** About the event as a whole, for people; null when there is nothing to add. */
  readonly note: string | null;
}

export interface TriagedEvent {
  readonly event: Event;
  readonly project: Project;
  readonly message: ForgeMessage;
}

const OUTCOMES: Readonly<Record<RunRequest['how']['kind'], Decision['outcome']>> = {
  ...{ run: 'started', hold: 'started', broken: 'broken', superseded: 'started', skipped: 'filtered' },
};

export class StartRuns {
  constructor(
    private readonly store: Store,
    private readonly tables: { readonly events: Events; readonly runs: Runs; readonly holds: Holds },
    private readonly changes: RunChanges,
    private readonly taking: TakeTurns,
    private readonly contexts: ReadContexts,
    private readonly clock: Clock,
  ) {}

  /** Safe to call twice: the second finds the event settled and does nothing. */
  async start(triaged: TriagedEvent, answer: TriageAnswer): Promise<void> {
    await this.endOutdated(triaged.event);
    await this.store.commit(async (tx) => {
      if (!(await this.tables.events.settle(tx, triaged.event.id, { state: 'done', note: answer.note }))) return;
      const decisions: Decision[] = [];
      for (const { decision, request, also = null } of answer.decided) {
        const made = request ? await this.make(tx, triaged, request) : { outcome: decision.outcome, runId: null };
        if (also !== null) await this.make(tx, triaged, also);
        decisions.push({ ...decision, ...made, eventId: triaged.event.id });
      }
      await this.tables.events.insertDecisions(tx, decisions);
      await this.sumUp(tx, triaged.event, answer);
    });
  }

  /** Some, or all, may have ended as they were made. */
  private async sumUp(tx: Tx, { projectId }: Event, { decided }: TriageAnswer): Promise<void> {
    const subjects = decided.flatMap(({ request, also = null }) => [request?.subject ?? null, also?.subject ?? null]);
    for (const subject of new Set(subjects)) await this.changes.sumUp(tx, { projectId, subject });
  }

  /** Held runs of a pull-request that was closed, or that has another head now: nobody is to approve them any more. A replay tells nothing new. */
  private async endOutdated(event: Event): Promise<void> {
    if (event.source === 'replay' || event.kind !== 'pull-request' || event.pullRequest === null) return;
    const isClosed = event.action === 'closed';
    const reason = isClosed ? 'the pull-request was closed' : 'the pull-request has other commits now';
    for (const run of await this.tables.runs.held(event.projectId)) {
      if (run.resolved.ref !== `refs/pull/${event.pullRequest}/merge` || run.eventId >= event.id) continue;
      if (!isClosed && (event.commit === null || run.resolved.commit === event.commit)) continue;
      await this.changes.change(run.id, (standing, nowMs) => cancelEdit(standing, reason, nowMs));
    }
  }

  private async make(tx: Tx, triaged: TriagedEvent, request: RunRequest): Promise<Pick<Decision, 'outcome' | 'runId'>> {
    const fresh = this.newRun(triaged, request);
    const made = await this.tables.runs.insert(tx, fresh);
    if (!made.isNew) return { outcome: 'merged', runId: made.id };
    const run: Run = { ...fresh, id: made.id, number: made.number, version: 1 };
    if (request.how.kind === 'hold') await this.hold(tx, run, request.how.waitsFor);
    const contexts = this.contexts.ofMessage(run, triaged.project, triaged.message);
    const planned = request.how.kind === 'run' ? planRun(request.how.pipeline, contexts, request.how) : null;
    const first = await firstState(tx, { run, planned, taking: this.taking, nowMs: this.clock.now() });
    await this.tables.runs.setPlan(tx, run.id, first);
    const ready = { run: { ...run, ...first }, jobs: [], contexts };
    await this.changes.write(tx, ready, settleRun(ready, {}, this.clock.now()));
    return { outcome: OUTCOMES[request.how.kind], runId: run.id };
  }

  /** It is looked at at once: what it changes is to be seen, or the forge to be asked again. */
  private hold(tx: Tx, { id: runId, projectId }: Run, waitsFor: NewHold['waitsFor']): Promise<void> {
    return this.tables.holds.insert(tx, { projectId, runId, waitsFor, dueAt: this.clock.now() });
  }

  private newRun({ event }: TriagedEvent, request: RunRequest): NewRun {
    const { how, ...asked } = request;
    return {
      ...asked,
      projectId: event.projectId,
      eventId: event.id,
      attempt: 1,
      state: how.kind === 'hold' ? 'waiting' : 'queued',
      result: null,
      reason: how.kind === 'hold' ? asked.trustReason : null,
      reasonRunId: null,
      problems: [],
      plan: null,
      cancelRequested: false,
      createdAt: this.clock.now(),
      startedAt: null,
      finishedAt: null,
      ...this.endedAtOnce(request),
    };
  }

  private endedAtOnce({ how }: RunRequest): Partial<NewRun> {
    const nowMs = this.clock.now();
    if (how.kind === 'broken') return endedRun('error', { ...how, reason: brokenReason(how.problems), nowMs });
    if (how.kind === 'superseded') return endedRun('canceled', { reason: how.reason, problems: [], nowMs });
    if (how.kind === 'skipped') return { state: 'done', result: 'skipped', reason: how.reason, finishedAt: nowMs };
    return {};
  }
}

export function brokenReason(problems: readonly Problem[]): string {
  const more = problems.filter(({ severity }) => severity === 'error').length - 1;
  return `${firstError(problems)}${more > 0 ? ` (and ${more} more)` : ''}`;
}
