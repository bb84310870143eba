/** A stored event as the API shows it: what arrived, what it was taken for, what it started. */
import { ApiProperty } from '@nestjs/swagger';
import { isoTime } from '../kernel/clock.js';
import type { Json } from '../kernel/json.js';
import type { Decision, DecisionOutcome } from '../model/decision.js';
import type { Delivery, Verdict } from '../model/delivery.js';
import type { EventAction, EventActionKind } from '../model/event-action.js';
import type { Event, EventKind, EventSource, EventState } from '../model/event.js';
import type { ListedEvent, Named } from '../store/browse.js';
import { COMMIT_OR_NULL, ID, NEXT, ProjectNameDto, SHOWN_TIME, textOrNull } from './shown.js';
import { EVENT_KINDS, EVENT_SOURCES, EVENT_STATES, OUTCOMES, VERDICTS } from './words.js';

/** The POST behind an event. */
export class DeliveryDto {
  @ApiProperty({ type: String, example: '2026-5f0c3c1e-1c1d-4d4c-9a3b-0c7c3b0f7a11' })
  readonly msgId!: string;

  @ApiProperty({
    type: String,
    description: 'SHA-256 of the body, in hex.',
    example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  })
  readonly bodyHash!: string;

  @ApiProperty({ type: 'integer', description: 'Of the body, in bytes.', example: 2048 })
  readonly bodyBytes!: number;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'User-Agent, Content-Type, X-Pagure, X-Pagure-Project and X-Pagure-Topic; never a signature.',
    example: { 'x-pagure-topic': 'git.receive' },
  })
  readonly headers!: Readonly<Record<string, string>>;

  @ApiProperty({ enum: VERDICTS, description: 'When it came; a stale one may be released later.', example: 'ok' })
  readonly verdict!: Verdict;

  @ApiProperty(SHOWN_TIME)
  readonly receivedAt!: string;
}

/** What somebody did with an event. */
export class EventActionDto {
  @ApiProperty({ enum: ['released', 'replayed'], example: 'replayed' })
  readonly kind!: EventActionKind;

  @ApiProperty({ type: String, description: 'Name of the token that asked for it.', example: 'alice' })
  readonly by!: string;

  @ApiProperty(SHOWN_TIME)
  readonly at!: string;

  @ApiProperty({ type: 'integer', nullable: true, description: 'The event that a replay made.', example: 13 })
  readonly eventId!: number | null;
}

/** Why a pipeline did or did not start. */
export class DecisionDto {
  @ApiProperty({ type: String, description: '`repo:<path>` or `server:<name>`.', example: 'server:ci' })
  readonly pipeline!: string;

  @ApiProperty({ type: String, example: 'ci' })
  readonly name!: string;

  @ApiProperty({ enum: OUTCOMES, example: 'started' })
  readonly outcome!: DecisionOutcome;

  @ApiProperty({ type: String, example: 'a push to main' })
  readonly reason!: string;

  @ApiProperty({ type: 'integer', nullable: true, description: 'The run that it started or joined.', example: 7 })
  readonly runId!: number | null;
}

/** What every answer shows of an event. */
class EventFactsDto {
  @ApiProperty(ID)
  readonly id!: number;

  @ApiProperty(ID)
  readonly projectId!: number;

  @ApiProperty({ enum: EVENT_SOURCES, example: 'webhook' })
  readonly source!: EventSource;

  @ApiProperty({ type: String, description: 'As the forge spells it.', example: 'git.receive' })
  readonly topic!: string;

  @ApiProperty({ enum: EVENT_KINDS, example: 'push' })
  readonly kind!: EventKind;

  @ApiProperty(textOrNull(null, "GitHub's word for what happened."))
  readonly action!: string | null;

  @ApiProperty(textOrNull('refs/heads/main'))
  readonly ref!: string | null;

  @ApiProperty(COMMIT_OR_NULL)
  readonly commit!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, example: null })
  readonly pullRequest!: number | null;

  @ApiProperty(textOrNull('alice'))
  readonly actor!: string | null;

  @ApiProperty(textOrNull('https://pagure.example.org/rpms/bash/c/6d3f1c0b2a49587e6d3f1c0b2a49587e6d3f1c0b'))
  readonly url!: string | null;

  @ApiProperty({ type: String, description: 'One line for people.', example: 'alice pushed 2 commits to main' })
  readonly summary!: string;

  @ApiProperty({ enum: VERDICTS, description: 'Only an event that is ok starts something.', example: 'ok' })
  readonly verdict!: Verdict;

  @ApiProperty({
    enum: EVENT_STATES,
    description: '`parked`: failed three times; `idle`: its verdict starts nothing.',
    example: 'done',
  })
  readonly state!: EventState;

  @ApiProperty(textOrNull(null, 'Why it is parked or was dropped whole.'))
  readonly note!: string | null;

  @ApiProperty(SHOWN_TIME)
  readonly receivedAt!: string;
}

/** An event in a list. */
export class EventSummaryDto extends EventFactsDto {
  @ApiProperty({ type: ProjectNameDto })
  readonly project!: ProjectNameDto;
}

export class EventListDto {
  @ApiProperty({ type: [EventSummaryDto], description: 'Newest first.' })
  readonly items!: readonly EventSummaryDto[];

  @ApiProperty(NEXT)
  readonly next!: string | null;
}

export class EventDto extends EventFactsDto {
  @ApiProperty(COMMIT_OR_NULL)
  readonly before!: string | null;

  @ApiProperty(COMMIT_OR_NULL)
  readonly after!: string | null;

  @ApiProperty({ type: Boolean, example: false })
  readonly forced!: boolean;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Of a replay: the event that it repeats.',
    example: null,
  })
  readonly replayOf!: number | null;

  @ApiProperty({ type: [EventActionDto], description: 'What somebody did with it, oldest first.' })
  readonly actions!: readonly EventActionDto[];

  @ApiProperty({ type: DeliveryDto, nullable: true, description: 'Null when no POST brought it.' })
  readonly delivery!: DeliveryDto | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description:
      'The message as it was signed. Null when no POST brought it, and when it has more than 256 KiB: `/body` has it then.',
    example: { topic: 'git.receive', msg: { branch: 'main' } },
  })
  readonly body!: Json;

  @ApiProperty({
    type: [DecisionDto],
    description: 'One for every pipeline of the project; empty until it was decided.',
  })
  readonly decisions!: readonly DecisionDto[];
}

export interface EventParts {
  readonly event: Event;
  readonly delivery: Delivery | null;
  /** Of the message, whether it is shown or not. */
  readonly bodyBytes: number;
  readonly body: Json;
  readonly decisions: readonly Decision[];
  readonly actions: readonly EventAction[];
  /** What a replay repeats. */
  readonly origin: Pick<Event, 'id'> | null;
}

export function eventDto({ event, delivery, bodyBytes, body, decisions, actions, origin }: EventParts): EventDto {
  return {
    ...factsDto(event),
    before: event.before,
    after: event.after,
    forced: event.forced,
    replayOf: origin?.id ?? null,
    actions: actions.map(actionDto),
    delivery: delivery && deliveryDto(delivery, bodyBytes),
    body,
    decisions: decisions.map(decisionDto),
  };
}

export function eventSummaryDto(event: Named<ListedEvent>): EventSummaryDto {
  return { ...factsDto(event), project: { id: event.projectId, fullname: event.fullname } };
}

function factsDto(event: ListedEvent): EventFactsDto {
  return {
    id: event.id,
    projectId: event.projectId,
    source: event.source,
    topic: event.topic,
    kind: event.kind,
    action: event.action,
    ref: event.ref,
    commit: event.commit,
    pullRequest: event.pullRequest,
    actor: event.actor,
    url: event.url,
    summary: event.summary,
    verdict: event.verdict,
    state: event.state,
    note: event.note,
    receivedAt: isoTime(event.receivedAt),
  };
}

function deliveryDto({ msgId, bodyHash, headers, verdict, receivedAt }: Delivery, bodyBytes: number): DeliveryDto {
  return { msgId, bodyHash, bodyBytes, headers, verdict, receivedAt: isoTime(receivedAt) };
}

function actionDto({ kind, actor, createdAt, madeEventId }: EventAction): EventActionDto {
  return { kind, by: actor, at: isoTime(createdAt), eventId: madeEventId };
}

function decisionDto({ pipelineKey, pipelineName, outcome, reason, runId }: Decision): DecisionDto {
  return { pipeline: pipelineKey, name: pipelineName, outcome, reason, runId };
}
