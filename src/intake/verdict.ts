/** Judges a verified delivery: none is refused for its age or its contradictions, it only starts nothing (TRUST.md §1). */
import type { NewDelivery } from '../store/deliveries.js';

/** How far a delivery's time may be from ours. */
export interface AgeLimits {
  readonly oldestMs: number;
  readonly aheadMs: number;
}

/** The token under which the limits are provided. */
export const AGE_LIMITS = Symbol('AGE_LIMITS');

export const DEFAULT_AGE_LIMITS: AgeLimits = { oldestMs: 7 * 24 * 3_600_000, aheadMs: 10 * 60_000 };

export interface Judged {
  /** Of sending, as signed. */
  readonly sentAtMs: number;
  readonly nowMs: number;
  /** Which other project it tells of, for people, or null. */
  readonly contradiction: string | null;
}

/** The verdict and why, for people. */
export type Judgement = Pick<NewDelivery, 'verdict' | 'note'>;

/** Pure. A contradiction weighs more than age: it is never released. */
export function judge(delivery: Judged, limits: AgeLimits): Judgement {
  if (delivery.contradiction !== null) return { verdict: 'inconsistent', note: delivery.contradiction };
  const age = delivery.nowMs - delivery.sentAtMs;
  if (age > limits.oldestMs) return { verdict: 'stale', note: `it was sent ${inWords(age)} before it came` };
  if (-age > limits.aheadMs) return { verdict: 'stale', note: `it was sent ${inWords(-age)} ahead of our clock` };
  return { verdict: 'ok', note: null };
}

function inWords(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  return minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;
}
