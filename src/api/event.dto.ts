/** A stored event as the API shows it: what arrived, what it was taken for, what it started. */
import { isoTime } from '../kernel/clock.js';
import type { Json } from '../kernel/json.js';
import type { Decision, DecisionOutcome } from '../model/decision.js';
import type { Delivery, Verdict } from '../model/delivery.js';
import type { Event, EventKind, EventSource, EventState } from '../model/event.js';

/** The POST behind an event. */
export class DeliveryDto {
  readonly msgId!: string;
  /** SHA-256 of the body, hex. */
  readonly bodyHash!: string;
  /** User-Agent, Content-Type, X-Pagure, -Project, -Topic; never a signature. */
  readonly headers!: Readonly<Record<string, string>>;
  readonly receivedAt!: string;
}

export class DecisionDto {
  /** `repo:<path>` or `server:<name>`. */
  readonly pipeline!: string;
  readonly name!: string;
  readonly outcome!: DecisionOutcome;
  readonly reason!: string;
  readonly runId!: number | null;
}

export class EventDto {
  readonly id!: number;
  readonly projectId!: number;
  readonly source!: EventSource;
  readonly topic!: string;
  readonly kind!: EventKind;
  readonly action!: string | null;
  readonly ref!: string | null;
  readonly before!: string | null;
  readonly after!: string | null;
  readonly forced!: boolean;
  readonly commit!: string | null;
  readonly pullRequest!: number | null;
  readonly actor!: string | null;
  readonly url!: string | null;
  readonly summary!: string;
  readonly verdict!: Verdict;
  readonly state!: EventState;
  readonly note!: string | null;
  readonly receivedAt!: string;
  /** Null when no POST brought it. */
  readonly delivery!: DeliveryDto | null;
  /** The message as it was signed. */
  readonly body!: Json;
  /** One for every pipeline of the project; empty until it was decided. */
  readonly decisions!: readonly DecisionDto[];
}

export interface EventParts {
  readonly event: Event;
  readonly delivery: Delivery | null;
  readonly body: Json;
  readonly decisions: readonly Decision[];
}

export function eventDto({ event, delivery, body, decisions }: EventParts): EventDto {
  return {
    id: event.id,
    projectId: event.projectId,
    source: event.source,
    topic: event.topic,
    kind: event.kind,
    action: event.action,
    ref: event.ref,
    before: event.before,
    after: event.after,
    forced: event.forced,
    commit: event.commit,
    pullRequest: event.pullRequest,
    actor: event.actor,
    url: event.url,
    summary: event.summary,
    verdict: event.verdict,
    state: event.state,
    note: event.note,
    receivedAt: isoTime(event.receivedAt),
    delivery: delivery && deliveryDto(delivery),
    body,
    decisions: decisions.map(decisionDto),
  };
}

function deliveryDto({ msgId, bodyHash, headers, receivedAt }: Delivery): DeliveryDto {
  return { msgId, bodyHash, headers, receivedAt: isoTime(receivedAt) };
}

function decisionDto({ pipelineKey, pipelineName, outcome, reason, runId }: Decision): DecisionDto {
  return { pipeline: pipelineKey, name: pipelineName, outcome, reason, runId };
}
