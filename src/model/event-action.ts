/** What somebody did with a stored event. */

/** `released`: a stale one became due; `replayed`: another event was made of its delivery. */
export type EventActionKind = 'released' | 'replayed';

export interface EventAction {
  readonly id: number;
  readonly eventId: number;
  readonly kind: EventActionKind;
  /** The API token that asked for it. */
  readonly tokenId: number;
  /** Name of that token then. */
  readonly actor: string;
  /** The event that a replay made; null for a release. */
  readonly madeEventId: number | null;
  readonly createdAt: number;
}
