/** Who holds a concurrency group, who waits, and who must go: decided purely (LANGUAGE.md, "Concurrency"). */
import { oneLine } from '../kernel/one-line.js';
import type { Concurrency } from '../model/plan.js';
import type { Run } from '../model/run.js';
import type { Turn } from '../model/turn.js';
import { isWithin, type TurnPart } from './turn-part.js';

/** So many may wait where `queue: max` says so. */
export const MOST_WAITING = 100;

export type AskedTurn = TurnPart & Pick<Concurrency, 'cancelInProgress' | 'queue'>;

export type TurnAnswer =
  | { readonly kind: 'holds' }
  | { readonly kind: 'waits'; readonly behind: Turn }
  /** Nobody else is sent away for it. */
  | { readonly kind: 'refused'; readonly why: `its own ${'run' | 'call'} holds the group` | 'the line is full' };

export interface Asked {
  readonly answer: TurnAnswer;
  /** Those that must go for it: who waits, and with cancel-in-progress who holds. */
  readonly replaced: readonly Turn[];
}

/** Where a newcomer comes to stand in a line, and whom it replaces. */
export function askTurn(line: readonly Turn[], asked: AskedTurn): Asked {
  const holder = line.find(({ state }) => state === 'holding');
  if (holder === undefined) return { answer: { kind: 'holds' }, replaced: [] };
  if (isWithin(asked, holder)) {
    const whose = holder.key === null ? 'run' : 'call';
    return { answer: { kind: 'refused', why: `its own ${whose} holds the group` }, replaced: [] };
  }
  const waiting = line.filter(({ state }) => state === 'waiting');
  if (asked.queue === 'single') {
    const replaced = asked.cancelInProgress ? [...waiting, holder] : waiting;
    return { answer: { kind: 'waits', behind: holder }, replaced: replaced.filter(({ reason }) => reason === null) };
  }
  if (waiting.length >= MOST_WAITING) return { answer: { kind: 'refused', why: 'the line is full' }, replaced: [] };
  return { answer: { kind: 'waits', behind: waiting.at(-1) ?? holder }, replaced: [] };
}

/** Who is to be told when `left` has gone: the next one holds the group, or waits for another one now. Null for nobody. */
export function afterLeaving(
  line: readonly Turn[],
  left: Turn,
): { readonly turn: Turn; readonly holds: boolean } | null {
  const waiting = line.filter(({ state }) => state === 'waiting');
  const isHeld = line.some(({ state }) => state === 'holding');
  if (isHeld && left.state !== 'waiting') return null;
  const turn = isHeld ? waiting.find(({ id }) => id > left.id) : waiting[0];
  return turn === undefined ? null : { turn, holds: !isHeld };
}

/** The one in front of a waiting turn; null when there is none. */
export function aheadOf(line: readonly Turn[], turn: Turn): Turn | null {
  const ahead = line.filter(({ id, state }) => state === 'waiting' && id < turn.id).at(-1);
  return ahead ?? line.find(({ state }) => state === 'holding') ?? null;
}

/** A group as it is kept: a stranger shares none with anybody, so that he cancels nothing (TRUST.md §2). */
export function keptGroup({ trust, resolved }: Pick<Run, 'trust' | 'resolved'>, group: string): string {
  const { pullRequest } = resolved;
  if (trust === 'trusted' || pullRequest === undefined) return `${trust}: ${group}`;
  return `${trust} ${pullRequest}: ${group}`;
}

/** As its author wrote it, cut for people. */
export function shownGroup(kept: string): string {
  return shownName(kept.slice(kept.indexOf(': ') + 2));
}

export function shownName(name: string): string {
  return oneLine(name, 80);
}

type NamedRun = Pick<Run, 'id' | 'number' | 'pipelineKey' | 'pipelineName'>;

/** A run as a reader of another run's page knows it: numbers are of one pipeline. */
export function nameFor(run: NamedRun, reader: NamedRun | undefined): string {
  if (run.id === reader?.id) return 'this run';
  return run.pipelineKey === reader?.pipelineKey ? `run #${run.number}` : `run #${run.number} of ${run.pipelineName}`;
}
