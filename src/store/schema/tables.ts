/** The tables as TypeORM knows them: plain interfaces of `model/`, no decorators. The migrations make the same tables. */
import { EntitySchema } from 'typeorm';
import type { Annotation } from '../../model/annotation.js';
import type { ChainLink, DueSchedule, Follows, PipelineAddress } from '../../model/armed.js';
import type { Decision } from '../../model/decision.js';
import type { Delivery, RefusedDelivery } from '../../model/delivery.js';
import type { Event, EventSource } from '../../model/event.js';
import type { EventAction } from '../../model/event-action.js';
import type { Flag } from '../../model/flag.js';
import type { Hold } from '../../model/hold.js';
import type { CommentCommand, OwnComment } from '../../model/comment-command.js';
import type { Project, StoredPipeline } from '../../model/project.js';
import type { Job, Run, Step } from '../../model/run.js';
import type { RunAttempt } from '../../model/run-attempt.js';
import type { ApiToken } from '../../model/token.js';
import type { Turn } from '../../model/turn.js';
import { bytes, count, flagColumn, json, nullable, reference, rowId, text, time } from './columns.js';

/** The forge's API token of a project, sealed. */
export interface ProjectTokenRow {
  readonly projectId: number;
  readonly sealedToken: Buffer;
}

/** Where a project is fetched from instead of its forge's own URL; its ssh key sealed. */
export interface ProjectRepositoryRow {
  readonly projectId: number;
  readonly url: string;
  readonly hostKeys: readonly string[];
  readonly sealedKey: Buffer | null;
}

/** One web-hook key of a project, sealed; `position` 0 is the one that is shown as current. */
export interface ProjectKeyRow {
  readonly id: number;
  readonly projectId: number;
  readonly position: number;
  readonly sealedKey: Buffer;
  /** Keyed hash of the key: finds a key that another project uses, without opening any. */
  readonly fingerprint: string;
  readonly createdAt: number;
}

/** One secret of a project, sealed. */
export interface ProjectSecretRow {
  readonly id: number;
  readonly projectId: number;
  readonly name: string;
  /** Patterns of the refs that it is given to besides the default branch and tags. */
  readonly refs: readonly string[];
  readonly sealedValue: Buffer;
  readonly declaredBy: string | null;
  readonly updatedAt: number;
}

/** A POST that named the project and fitted none of its keys, sealed whole. */
export interface QuarantineRow {
  readonly id: number;
  readonly projectId: number;
  readonly sizeBytes: number;
  /** Had a signature from its sender's network held before? */
  readonly isProven: boolean;
  readonly receivedAt: number;
  /** When it is to be looked at: at the latest when its time is over. */
  readonly dueAt: number;
  /** Chance that tells the place where it is sealed from all others. */
  readonly place: string;
  readonly sealedPost: Buffer;
}

export interface PipelineVersionRow {
  readonly pipelineId: number;
  readonly version: number;
  readonly text: string;
  /** Name of the token that wrote it, or the file that declares it; null of a text from before this was kept. */
  readonly author: string | null;
  readonly createdAt: number;
}

/** The log of changes; the triggers of change-triggers.ts alone write it. */
export interface ChangeRow {
  readonly seq: number;
  readonly kind: string;
  readonly what: string;
  readonly rowId: number;
  readonly projectId: number;
  readonly runId: number | null;
  /** The newest event when it was written. */
  readonly afterEvent: number;
  readonly state: unknown;
}

export interface DeliveryRow extends Delivery {
  readonly source: EventSource;
}

/** Bodies stand in a table of their own: lists never read past them. */
export interface DeliveryBodyRow {
  readonly deliveryId: number;
  readonly body: Buffer;
}

/** `place`: counts those of one level and step from 1. */
export interface AnnotationRow extends Annotation {
  readonly id: number;
  readonly runId: number;
  readonly jobId: number;
  readonly attempt: number;
  readonly step: number;
  readonly place: number;
}

/** Of a step that gave outputs or wrote a summary; both masked. */
export interface StepReportRow {
  readonly jobId: number;
  readonly attempt: number;
  readonly number: number;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string | null;
}

/** Of a job whose outputs or whose plan hold what is masked: both as they are, sealed. */
export interface HiddenJobRow {
  readonly jobId: number;
  readonly sealedOutputs: Buffer | null;
  readonly sealedPlan: Buffer | null;
}

export const projects = new EntitySchema<Project>({
  name: 'project',
  columns: {
    id: rowId,
    instance: text,
    instanceAliases: json,
    fullname: text,
    public: flagColumn,
    enabled: flagColumn,
    declaredBy: nullable(text),
    settings: json,
    identity: nullable(json),
    suspended: nullable(text),
    version: count,
    createdAt: time,
    updatedAt: time,
  },
  indices: [{ name: 'project_name', columns: ['instance', 'fullname'], unique: true }],
});

export const projectTokens = new EntitySchema<ProjectTokenRow>({
  name: 'project_token',
  columns: { projectId: { ...reference, primary: true }, sealedToken: bytes },
});

export const projectRepositories = new EntitySchema<ProjectRepositoryRow>({
  name: 'project_repository',
  columns: { projectId: { ...reference, primary: true }, url: text, hostKeys: json, sealedKey: nullable(bytes) },
});

export const projectKeys = new EntitySchema<ProjectKeyRow>({
  name: 'project_key',
  columns: {
    id: rowId,
    projectId: reference,
    position: count,
    sealedKey: bytes,
    fingerprint: text,
    createdAt: time,
  },
  indices: [
    { name: 'project_key_project', columns: ['projectId'] },
    { name: 'project_key_fingerprint', columns: ['fingerprint'], unique: true },
  ],
});

/** `triggersReadAt` is null while nobody has read what of the text waits for the clock or for other pipelines. */
export interface PipelineRow extends StoredPipeline {
  readonly triggersReadAt?: number | null;
}

export const pipelines = new EntitySchema<PipelineRow>({
  name: 'pipeline',
  columns: {
    id: rowId,
    projectId: reference,
    name: text,
    enabled: flagColumn,
    declaredBy: nullable(text),
    version: count,
    text: text,
    updatedAt: time,
    triggersReadAt: { ...nullable(time), select: false },
  },
  indices: [
    { name: 'pipeline_name', columns: ['projectId', 'name'], unique: true },
    { name: 'pipeline_unread', columns: ['id'], where: '"triggersReadAt" IS NULL' },
  ],
});

export const schedules = new EntitySchema<DueSchedule>({
  name: 'schedule',
  columns: {
    id: rowId,
    projectId: reference,
    pipelineKey: text,
    cron: text,
    timezone: text,
    dueAt: nullable(time),
    setAt: time,
  },
  indices: [
    { name: 'schedule_line', columns: ['projectId', 'pipelineKey', 'cron', 'timezone'], unique: true },
    { name: 'schedule_due', columns: ['dueAt'], where: '"dueAt" IS NOT NULL' },
  ],
});

export const followers = new EntitySchema<PipelineAddress & Follows>({
  name: 'follower',
  columns: {
    projectId: { ...reference, primary: true },
    pipelineKey: { ...text, primary: true },
    types: json,
    workflows: nullable(json),
  },
});

export const chains = new EntitySchema<ChainLink>({
  name: 'chain',
  columns: { eventId: { ...reference, primary: true }, runId: reference, depth: count },
});

export const pipelineVersions = new EntitySchema<PipelineVersionRow>({
  name: 'pipeline_version',
  columns: {
    pipelineId: { ...reference, primary: true },
    version: { ...count, primary: true },
    text: text,
    createdAt: time,
    author: nullable(text),
  },
});

export const deliveries = new EntitySchema<DeliveryRow>({
  name: 'delivery',
  columns: {
    id: rowId,
    projectId: reference,
    source: text,
    msgId: text,
    bodyHash: text,
    verdict: text,
    headers: json,
    receivedAt: time,
  },
  indices: [{ name: 'delivery_message', columns: ['projectId', 'source', 'msgId', 'bodyHash'], unique: true }],
});

export const deliveryBodies = new EntitySchema<DeliveryBodyRow>({
  name: 'delivery_body',
  columns: { deliveryId: { ...reference, primary: true }, body: bytes },
});

export const refusedDeliveries = new EntitySchema<RefusedDelivery>({
  name: 'refused_delivery',
  columns: {
    id: rowId,
    receivedAt: time,
    code: text,
    projectHint: nullable(text),
    sizeBytes: count,
    remoteAddress: text,
  },
});

export const quarantine = new EntitySchema<QuarantineRow>({
  name: 'quarantine',
  columns: {
    id: rowId,
    projectId: reference,
    sizeBytes: count,
    isProven: flagColumn,
    receivedAt: time,
    dueAt: time,
    place: text,
    sealedPost: bytes,
  },
  indices: [
    { name: 'quarantine_project', columns: ['projectId'] },
    { name: 'quarantine_due', columns: ['dueAt'] },
  ],
});

export const events = new EntitySchema<Event>({
  name: 'event',
  columns: {
    id: rowId,
    projectId: reference,
    deliveryId: nullable(reference),
    source: text,
    topic: text,
    kind: text,
    action: nullable(text),
    ref: nullable(text),
    before: nullable(text),
    after: nullable(text),
    forced: flagColumn,
    commit: nullable(text),
    pullRequest: nullable(count),
    actor: nullable(text),
    url: nullable(text),
    summary: text,
    verdict: text,
    state: text,
    note: nullable(text),
    tries: count,
    waits: count,
    dueAt: nullable(time),
    receivedAt: time,
  },
  indices: [
    { name: 'event_ref', columns: ['projectId', 'ref', 'id', 'after'] },
    { name: 'event_pull_request', columns: ['projectId', 'pullRequest', 'id'], where: '"pullRequest" IS NOT NULL' },
    { name: 'event_due', columns: ['dueAt'], where: '"dueAt" IS NOT NULL' },
    { name: 'event_parked', columns: ['state'], where: `"state" = 'parked'` },
  ],
});

export const decisions = new EntitySchema<Decision & { readonly position: number }>({
  name: 'decision',
  columns: {
    eventId: { ...reference, primary: true },
    pipelineKey: { ...text, primary: true },
    position: count,
    pipelineName: text,
    outcome: text,
    reason: text,
    runId: nullable(reference),
  },
  indices: [{ name: 'decision_run', columns: ['runId'] }],
});

export const runs = new EntitySchema<Run>({
  name: 'run',
  columns: {
    id: rowId,
    projectId: reference,
    eventId: reference,
    pipelineKey: text,
    pipelineName: text,
    cause: text,
    number: count,
    attempt: count,
    title: text,
    state: text,
    result: nullable(text),
    reason: nullable(text),
    reasonRunId: nullable(reference),
    trust: text,
    trustReason: text,
    resolved: json,
    subject: nullable(text),
    pipelineCommit: nullable(text),
    actor: nullable(text),
    problems: json,
    plan: nullable(json),
    cancelRequested: flagColumn,
    version: count,
    createdAt: time,
    startedAt: nullable(time),
    finishedAt: nullable(time),
  },
  indices: [
    { name: 'run_cause', columns: ['projectId', 'pipelineKey', 'cause'], unique: true },
    { name: 'run_number', columns: ['projectId', 'pipelineKey', 'number'], unique: true },
    { name: 'run_event', columns: ['eventId'] },
    { name: 'run_open', columns: ['state'], where: '"state" <> \'done\'' },
  ],
});

export const holds = new EntitySchema<Hold>({
  name: 'hold',
  columns: {
    id: rowId,
    projectId: reference,
    runId: reference,
    waitsFor: text,
    changes: nullable(json),
    approvedBy: nullable(text),
    approvedAt: nullable(time),
    tries: count,
    waits: count,
    dueAt: nullable(time),
  },
  indices: [
    { name: 'hold_run', columns: ['runId'], unique: true },
    { name: 'hold_due', columns: ['dueAt'], where: '"dueAt" IS NOT NULL' },
  ],
});

export const projectSecrets = new EntitySchema<ProjectSecretRow>({
  name: 'project_secret',
  columns: {
    id: rowId,
    projectId: reference,
    name: text,
    refs: json,
    sealedValue: bytes,
    declaredBy: nullable(text),
    updatedAt: time,
  },
  indices: [{ name: 'project_secret_name', columns: ['projectId', 'name'], unique: true }],
});

export const jobs = new EntitySchema<Job>({
  name: 'job',
  columns: {
    id: rowId,
    runId: reference,
    projectId: reference,
    runAttempt: { ...count, default: 1 },
    replacedIn: nullable(count),
    key: text,
    name: text,
    state: text,
    result: nullable(text),
    reason: nullable(text),
    reasonRunId: nullable(reference),
    planned: json,
    outputs: json,
    environmentUrl: nullable(text),
    attempt: count,
    owner: nullable(text),
    leaseUntil: nullable(time),
    dueAt: nullable(time),
    cancelReason: nullable(text),
    tries: count,
    createdAt: time,
    startedAt: nullable(time),
    finishedAt: nullable(time),
  },
  indices: [
    { name: 'job_key', columns: ['runId', 'key'], unique: true, where: '"replacedIn" IS NULL' },
    { name: 'job_run', columns: ['runId'] },
    { name: 'job_due', columns: ['dueAt'], where: '"dueAt" IS NOT NULL' },
    { name: 'job_lease', columns: ['leaseUntil'], where: '"leaseUntil" IS NOT NULL' },
  ],
});

export const runAttempts = new EntitySchema<RunAttempt>({
  name: 'run_attempt',
  columns: {
    runId: { ...reference, primary: true },
    attempt: { ...count, primary: true },
    result: text,
    reason: nullable(text),
    startedAt: nullable(time),
    finishedAt: nullable(time),
    repeated: text,
    repeatedBy: text,
    repeatedAt: time,
  },
});

export const commentCommands = new EntitySchema<CommentCommand>({
  name: 'command',
  columns: {
    id: rowId,
    projectId: reference,
    eventId: reference,
    thread: text,
    number: count,
    commentId: reference,
    author: text,
    text: text,
    state: text,
    outcome: nullable(text),
    work: nullable(json),
    tries: count,
    waits: count,
    dueAt: nullable(time),
    createdAt: time,
  },
  indices: [
    { name: 'command_once', columns: ['projectId', 'thread', 'commentId'], unique: true },
    { name: 'command_due', columns: ['dueAt'], where: '"dueAt" IS NOT NULL' },
  ],
});

export const ownComments = new EntitySchema<OwnComment>({
  name: 'comment',
  columns: {
    id: rowId,
    projectId: reference,
    thread: text,
    number: count,
    cause: text,
    marker: text,
    text: text,
    unsure: flagColumn,
    tries: count,
    failures: count,
    pausedReason: nullable(text),
    lastError: nullable(text),
    dueAt: nullable(time),
    sentAt: nullable(time),
    createdAt: time,
  },
  indices: [
    { name: 'comment_cause', columns: ['projectId', 'cause'], unique: true },
    { name: 'comment_marker', columns: ['marker'], unique: true },
    { name: 'comment_thread', columns: ['projectId', 'thread', 'number', 'createdAt'] },
    { name: 'comment_due', columns: ['dueAt'], where: '"dueAt" IS NOT NULL' },
  ],
});

export const steps = new EntitySchema<Step>({
  name: 'step',
  columns: {
    jobId: { ...reference, primary: true },
    attempt: { ...count, primary: true },
    number: { ...count, primary: true },
    id: text,
    name: text,
    state: text,
    outcome: nullable(text),
    conclusion: nullable(text),
    exitCode: nullable(count),
    reason: nullable(text),
    startedAt: nullable(time),
    finishedAt: nullable(time),
  },
});

export const annotations = new EntitySchema<AnnotationRow>({
  name: 'annotation',
  columns: {
    id: rowId,
    runId: reference,
    jobId: reference,
    attempt: count,
    step: count,
    place: count,
    level: text,
    message: text,
    title: nullable(text),
    file: nullable(text),
    line: nullable(count),
    endLine: nullable(count),
    column: nullable(count),
    endColumn: nullable(count),
  },
  indices: [
    { name: 'annotation_run', columns: ['runId'] },
    { name: 'annotation_step', columns: ['jobId', 'attempt', 'step'] },
    { name: 'annotation_shown', columns: ['runId'], where: '"place" <= 10' },
  ],
});

export const stepReports = new EntitySchema<StepReportRow>({
  name: 'step_report',
  columns: {
    jobId: { ...reference, primary: true },
    attempt: { ...count, primary: true },
    number: { ...count, primary: true },
    outputs: json,
    summary: nullable(text),
  },
});

export const hiddenJobs = new EntitySchema<HiddenJobRow>({
  name: 'hidden_job',
  columns: {
    jobId: { ...reference, primary: true },
    sealedOutputs: nullable(bytes),
    sealedPlan: nullable(bytes),
  },
});

/** A concurrency group that somebody holds; raising `version` makes whoever else decides about it wait. */
export const concurrencyGroups = new EntitySchema<{
  readonly projectId: number;
  readonly name: string;
  readonly version: number;
}>({
  name: 'concurrency_group',
  columns: { projectId: { ...reference, primary: true }, name: { ...text, primary: true }, version: count },
});

export const turns = new EntitySchema<Turn>({
  name: 'turn',
  columns: {
    id: rowId,
    projectId: reference,
    group: text,
    runId: reference,
    jobId: nullable(reference),
    key: nullable(text),
    state: text,
    reason: nullable(text),
    byRunId: nullable(reference),
    tries: count,
    dueAt: nullable(time),
  },
  indices: [
    { name: 'turn_group', columns: ['projectId', 'group'] },
    { name: 'turn_run', columns: ['runId'] },
    { name: 'turn_due', columns: ['dueAt'], where: '"dueAt" IS NOT NULL' },
  ],
});

export const flags = new EntitySchema<Flag>({
  name: 'flag',
  columns: {
    id: rowId,
    projectId: reference,
    pipelineKey: text,
    subject: text,
    jobKey: { ...text, default: '' },
    uid: text,
    runId: reference,
    commit: text,
    username: text,
    status: text,
    comment: text,
    percent: nullable(count),
    url: text,
    version: count,
    sentVersion: count,
    unsure: flagColumn,
    tries: count,
    failures: { ...count, default: 0 },
    begun: count,
    dueAt: nullable(time),
    pausedReason: nullable(text),
    lastError: nullable(text),
    sentAt: nullable(time),
    checkAt: nullable(time),
  },
  indices: [
    { name: 'flag_subject', columns: ['projectId', 'pipelineKey', 'subject', 'jobKey'], unique: true },
    { name: 'flag_check', columns: ['checkAt'], where: '"checkAt" IS NOT NULL' },
    { name: 'flag_commit', columns: ['projectId', 'commit'] },
    { name: 'flag_due', columns: ['dueAt'], where: '"dueAt" IS NOT NULL' },
    { name: 'flag_paused', columns: ['projectId'], where: '"pausedReason" IS NOT NULL' },
  ],
});

export const tokens = new EntitySchema<ApiToken>({
  name: 'api_token',
  columns: {
    id: rowId,
    name: text,
    hash: text,
    role: text,
    projects: nullable(json),
    createdAt: time,
    expiresAt: nullable(time),
    revokedAt: nullable(time),
    lastUsedAt: nullable(time),
    createdBy: nullable(text),
    revokedBy: nullable(text),
  },
  indices: [{ name: 'api_token_hash', columns: ['hash'], unique: true }],
});

export const eventActions = new EntitySchema<EventAction>({
  name: 'event_action',
  columns: {
    id: rowId,
    eventId: reference,
    kind: text,
    tokenId: reference,
    actor: text,
    madeEventId: nullable(reference),
    createdAt: time,
  },
  indices: [
    { name: 'event_action_event', columns: ['eventId'] },
    { name: 'event_action_made', columns: ['madeEventId'], unique: true, where: '"madeEventId" IS NOT NULL' },
  ],
});

export const changes = new EntitySchema<ChangeRow>({
  name: 'change',
  columns: {
    seq: rowId,
    kind: text,
    what: text,
    rowId: reference,
    projectId: reference,
    runId: nullable(reference),
    afterEvent: reference,
    state: json,
  },
});

/** What times one block of rows of a list spans; of events, those that are in the index of their list. */
export interface SpanRow {
  readonly list: 'event' | 'run' | 'flag';
  readonly block: number;
  readonly lastId: number;
  readonly oldestAt: number;
  readonly newestAt: number;
}

export const spans = new EntitySchema<SpanRow>({
  name: 'span',
  columns: {
    list: { ...text, primary: true },
    block: { ...count, primary: true },
    lastId: reference,
    oldestAt: time,
    newestAt: time,
  },
});

/** Every topic that an indexed event has. */
export const eventTopics = new EntitySchema<{ readonly topic: string }>({
  name: 'event_topic',
  columns: { topic: { ...text, primary: true } },
});

export const TABLES = [
  projects,
  projectTokens,
  projectRepositories,
  projectKeys,
  pipelines,
  pipelineVersions,
  deliveries,
  deliveryBodies,
  refusedDeliveries,
  quarantine,
  events,
  decisions,
  runs,
  jobs,
  steps,
  annotations,
  stepReports,
  hiddenJobs,
  concurrencyGroups,
  turns,
  flags,
  tokens,
  changes,
  eventActions,
  spans,
  eventTopics,
  schedules,
  followers,
  chains,
  holds,
  projectSecrets,
  runAttempts,
  commentCommands,
  ownComments,
] as const;
