/** How long to wait before the next try: doubling, with jitter, up to a limit. */
import { Fault } from './errors.js';
import type { Random } from './random.js';

/**
 * Delay in milliseconds before try `tries + 1`: `firstMs × 2^(tries-1)` up to `limitMs`, of which the upper half is drawn,
 * so that rows that failed together do not come back together.
 */
export function backoffMs(tries: number, random: Random, limits = { firstMs: 1_000, limitMs: 30 * 60_000 }): number {
  const full = Math.min(limits.limitMs, limits.firstMs * 2 ** Math.min(Math.max(tries - 1, 0), 30));
  return Math.round(full / 2 + (full / 2) * random.fraction());
}

/** Delay in milliseconds before the next try after an error: that of `backoffMs`, or longer where the error asks for it. */
export function retryMs(error: unknown, tries: number, random: Random): number {
  return Math.max(backoffMs(tries, random), error instanceof Fault ? error.retryAfterMs : 0);
}
