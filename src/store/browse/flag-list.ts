/** The list of flags: what it is filtered by, and what is shown of each. */
import type { Flag, FlagStatus } from '../../model/flag.js';
import { flags } from '../schema/tables.js';
import { ANY_TIME, type Condition, type Criteria, equals, ofCommit, ofProjects } from './criteria.js';
import { fact } from './facts.js';
import type { ListOf } from './finder.js';

/** `sent`: the forge shows what is wanted; `waiting`: not yet; `paused`: not before somebody mends something. */
export type FlagSending = 'sent' | 'waiting' | 'paused';

/** All that is not null must hold. */
export interface FlagFilter {
  readonly projects: readonly number[] | null;
  /** Its key. */
  readonly pipeline: string | null;
  /** Its first digits, at least seven, in lower case. */
  readonly commit: string | null;
  readonly status: FlagStatus | null;
  readonly sending: FlagSending | null;
}

const COLUMNS = [
  ...([
    'id',
    'projectId',
    'pipelineKey',
    'subject',
    'uid',
    'runId',
    'commit',
    'username',
    'status',
    'comment',
  ] as const),
  ...(['url', 'version', 'sentVersion', 'sentAt', 'unsure', 'tries', 'dueAt', 'pausedReason', 'lastError'] as const),
] as const;

export type ListedFlag = Pick<Flag, (typeof COLUMNS)[number]>;

export const FLAG_LIST: ListOf<Flag> = { name: 'flag', table: flags, columns: COLUMNS, indexed: 'at once' };

const SENDING: Readonly<Record<FlagSending, string>> = {
  sent: '"row"."pausedReason" IS NULL AND "row"."sentVersion" >= "row"."version"',
  waiting: '"row"."pausedReason" IS NULL AND "row"."sentVersion" < "row"."version"',
  paused: '+"row"."pausedReason" IS NOT NULL',
};

export function flagCriteria(filter: FlagFilter): Criteria {
  const conditions = [
    ...ofProjects(filter.projects),
    ...equals('pipelineKey', 'k', filter.pipeline),
    ...ofCommit(filter.commit),
    ...equals('status', 's', filter.status),
    ...ofSending(filter.sending),
  ];
  return { conditions, few: null, words: [], times: ANY_TIME };
}

export function sendingOf(flag: Pick<Flag, 'pausedReason' | 'sentVersion' | 'version'>): FlagSending {
  if (flag.pausedReason !== null) return 'paused';
  return flag.sentVersion >= flag.version ? 'sent' : 'waiting';
}

function ofSending(sending: FlagSending | null): readonly Condition[] {
  if (sending === null) return [];
  return [{ where: SENDING[sending], parameters: {}, facts: [fact('o', sending)] }];
}
