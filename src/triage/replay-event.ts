/** Starts the pipelines of a stored event again, or tells what that would start. */
import type { Clock } from '../kernel/clock.js';
import { Refusal } from '../kernel/errors.js';
import type { Event } from '../model/event.js';
import type { PreviewRun, RunPreview } from '../runs/preview-run.js';
import type { DecidedPipeline } from '../runs/start-runs.js';
import type { Deliveries } from '../store/deliveries.js';
import type { EventActions } from '../store/event-actions.js';
import type { Store } from '../store/store.js';
import type { AnswerEvent } from './answer-event.js';
import type { ActedBy } from './release-event.js';

export type PreviewedDecision = DecidedPipeline['decision'] & {
  readonly run: RunPreview | null;
  /** A second run of the same pipeline, as `DecidedPipeline` has one. */
  readonly also: RunPreview | null;
};

/** What a replay would do now. */
export interface ReplayPreview {
  readonly note: string | null;
  readonly decided: readonly PreviewedDecision[];
}

export interface ReplayTables {
  readonly store: Store;
  readonly deliveries: Deliveries;
  readonly actions: EventActions;
}

export class ReplayEvent {
  constructor(
    private readonly tables: ReplayTables,
    private readonly answering: AnswerEvent,
    private readonly previews: PreviewRun,
    private readonly clock: Clock,
  ) {}

  /**
   * The decisions that triage would make about a replay, one per pipeline; stores nothing. Throws a Refusal for an event that
   * can never be replayed, a retryable Fault when the forge does not answer.
   */
  async preview(event: Event): Promise<ReplayPreview> {
    await this.refuseForEver(event);
    const origins = [event, ...(await this.tables.actions.originsOf(event))];
    const { triaged, answer } = await this.answering.answer({ ...event, source: 'replay' }, origins);
    const requests = answer.decided.flatMap(({ request, also = null }) => [request, also]);
    const runs = await this.previews.ofEvent(triaged, requests);
    const decided = answer.decided.map(({ decision }, at) => ({
      ...decision,
      run: runs[2 * at] ?? null,
      also: runs[2 * at + 1] ?? null,
    }));
    return { note: answer.note, decided };
  }

  /** Makes another event of the same delivery and returns its id. Throws a Refusal for an event that cannot be replayed (yet). */
  async replay(event: Event, by: ActedBy): Promise<number> {
    await this.refuseForEver(event);
    refuseUndecided(event);
    const { store, deliveries, actions } = this.tables;
    return store.commit(async (tx) => {
      const nowMs = this.clock.now();
      const madeEventId = await deliveries.repeat(tx, event, nowMs);
      await actions.insert(tx, { eventId: event.id, ...by, kind: 'replayed', madeEventId, createdAt: nowMs });
      return madeEventId;
    });
  }

  /** What starts nothing starts nothing the second time either (TRUST.md §1). */
  private async refuseForEver({ verdict, deliveryId }: Event): Promise<void> {
    const why =
      verdict === 'ok' || verdict === 'stale'
        ? await this.missingMessage(deliveryId)
        : `An event of verdict ${verdict} starts nothing, and so no replay of it.`;
    if (why !== null) throw new Refusal('conflict', 'event-not-replayable', why);
  }

  private async missingMessage(deliveryId: number | null): Promise<string | null> {
    const isKept = deliveryId !== null && (await this.tables.deliveries.body(deliveryId)) !== null;
    return isKept ? null : 'The message of the event is not kept: it cannot be replayed.';
  }
}

/** Its own judgement is the bound for that of its replays. */
function refuseUndecided({ verdict, state }: Event): void {
  if (verdict === 'stale')
    throw new Refusal('conflict', 'event-stale', 'The event is stale: release it, and it starts its pipelines.');
  if (state === 'due')
    throw new Refusal('conflict', 'event-undecided', 'The event still waits to be decided: replay it afterwards.');
}
