/** How far a run's code is trusted (TRUST.md §2). */

/**
 * `trusted`: may have secrets. `restricted`: no secrets, no token, writes nothing that trusted runs read.
 * `held`: none of its jobs may start until somebody approves.
 */
export type Trust = 'trusted' | 'restricted' | 'held';

const ORDER: readonly Trust[] = ['held', 'restricted', 'trusted'];

/** The lower of two: a chain takes the minimum of cause and actor. */
export function minTrust(a: Trust, b: Trust): Trust {
  return ORDER.indexOf(a) <= ORDER.indexOf(b) ? a : b;
}
