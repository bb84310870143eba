/** One POST of a forge as it arrived. */

/** `stale`: too old or from the future, waits for a release; `inconsistent` and `conflict`: kept, start nothing (TRUST.md §1). */
export type Verdict = 'ok' | 'stale' | 'inconsistent' | 'conflict';

export interface Delivery {
  readonly id: number;
  readonly projectId: number;
  /** Unique together with projectId and bodyHash; 1–128 printable ASCII characters. */
  readonly msgId: string;
  /** SHA-256 of the body, hex. */
  readonly bodyHash: string;
  readonly verdict: Verdict;
  /** User-Agent, Content-Type, X-Pagure, -Project, -Topic; never a signature. */
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds; when its last byte was here. */
  readonly receivedAt: number;
}

/** What is kept of a refused POST: bounded, never a key, never an expected signature. */
export interface RefusedDelivery {
  readonly id: number;
  readonly receivedAt: number;
  readonly code: string;
  /** The candidate that the body named, cut at 200 characters; null when there was none. */
  readonly projectHint: string | null;
  readonly sizeBytes: number;
  readonly remoteAddress: string;
}
