/** The 64 MiB that unverified large bodies share (TRUST.md §1): who may be read now, who waits, who is too slow (docs/decisions/0015). */
import { Inject, Injectable } from '@nestjs/common';
import { Clock, type StopTimer } from '../kernel/clock.js';
import { Refusal } from '../kernel/errors.js';
import { networkOf, Senders, type Standing } from './senders.js';

/** A body up to this size takes no share and never waits. */
export const UNSHARED_BYTES = 256 * 1024;
const SHARED_BYTES = 64 * 1024 * 1024;
/** So many may wait; each has sent `UNSHARED_BYTES` by then. */
const WAITING_LIMIT = 256;
/** In which a body that may be read must be whole, and how long it is left alone before its pace is looked at. */
export const SLOWEST_BODY_MS = 20_000;
const LEFT_ALONE_MS = 2_000;
const LOOK_EVERY_MS = 1_000;

/** A body of which more than `UNSHARED_BYTES` have come or are to come. */
export interface LargeBody {
  /** All of it as its head says; the most that a body may have when it does not say. */
  readonly wholeBytes: number;
  readonly address: string;
  /** How much of it has come. */
  readonly sizeBytes: number;
  readonly hasEnded: boolean;
  /** It may be read now, and has `SLOWEST_BODY_MS` from now on. */
  begin(): void;
  fail(refusal: Refusal): void;
}

interface Share {
  readonly body: LargeBody;
  readonly network: string;
  readonly sinceMs: number;
  readonly sizeAtStart: number;
}

interface Place {
  readonly body: LargeBody;
  readonly network: string;
}

const RANK: Readonly<Record<Standing, number>> = { proven: 0, unknown: 1, doubtful: 2 };

/**
 * First come addresses from which a signature has held, last those from which too many failed; among equals the address that
 * holds least, then who came first. While anybody waits, a body that will not be whole in its 20 s is ended as soon as that shows.
 */
@Injectable()
export class LargeBodies {
  private readonly shares = new Map<LargeBody, Share>();
  private readonly waiting = new Map<LargeBody, Place>();
  private sharedBytes = 0;
  private stopLooking: StopTimer | null = null;

  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Senders) private readonly senders: Senders,
  ) {}

  /** Begins it at once or when its turn comes. Fails it, or one that waits with less right, when too many wait. */
  enter(body: LargeBody): void {
    this.waiting.set(body, { body, network: networkOf(body.address) });
    this.beginNext();
    if (this.waiting.size > WAITING_LIMIT) this.turnAway();
    if (this.waiting.size > 0) this.stopLooking ??= this.clock.after(LOOK_EVERY_MS, () => this.look());
  }

  /** Gives back its share or its place. Safe to call twice. */
  leave(body: LargeBody): void {
    this.waiting.delete(body);
    if (this.shares.delete(body)) this.sharedBytes -= body.wholeBytes;
    this.beginNext();
    if (this.waiting.size > 0) return;
    this.stopLooking?.();
    this.stopLooking = null;
  }

  private beginNext(): void {
    for (let next = this.first(); next !== null; next = this.first()) {
      const { body, network } = next;
      if (this.sharedBytes + body.wholeBytes > SHARED_BYTES) return;
      this.waiting.delete(body);
      this.sharedBytes += body.wholeBytes;
      this.shares.set(body, { body, network, sinceMs: this.clock.now(), sizeAtStart: body.sizeBytes });
      body.begin();
    }
  }

  private first(): Place | null {
    if (this.waiting.size === 0) return null;
    const held = sumBy(this.shares.values(), ({ body }) => body.wholeBytes);
    const order = ({ body, network }: Place) => [this.rankOf(body), held.get(network) ?? 0] as const;
    return [...this.waiting.values()].reduce((first, one) => (isLess(order(one), order(first)) ? one : first));
  }

  /** The newest of the address of which most wait, among those with the least right. */
  private turnAway(): void {
    const counts = sumBy(this.waiting.values(), () => 1);
    const order = ({ body, network }: Place) => [this.rankOf(body), counts.get(network) ?? 0] as const;
    const last = [...this.waiting.values()].reduce((last, one) => (isLess(order(one), order(last)) ? last : one));
    this.waiting.delete(last.body);
    last.body.fail(new Refusal('unavailable', 'too-many-large-bodies', 'Too many large bodies wait to be read.'));
  }

  private look(): void {
    this.stopLooking = null;
    const nowMs = this.clock.now();
    for (const share of [...this.shares.values()]) if (isTooSlow(share, nowMs)) share.body.fail(tooSlow());
    if (this.waiting.size > 0) this.stopLooking ??= this.clock.after(LOOK_EVERY_MS, () => this.look());
  }

  private rankOf(body: LargeBody): number {
    return RANK[this.senders.standing(body.address)];
  }
}

export function tooSlow(): Refusal {
  return new Refusal('too-slow', 'body-too-slow', `The body was not complete after ${SLOWEST_BODY_MS / 1000} seconds.`);
}

/** Will it not be whole in time, at the pace it came so far? */
function isTooSlow({ body, sinceMs, sizeAtStart }: Share, nowMs: number): boolean {
  if (body.hasEnded) return false;
  const part = (nowMs - sinceMs - LEFT_ALONE_MS) / SLOWEST_BODY_MS;
  return body.sizeBytes - sizeAtStart < (body.wholeBytes - sizeAtStart) * part;
}

function sumBy<T extends { readonly network: string }>(all: Iterable<T>, value: (one: T) => number) {
  const sums = new Map<string, number>();
  for (const one of all) sums.set(one.network, (sums.get(one.network) ?? 0) + value(one));
  return sums;
}

function isLess(a: readonly [number, number], b: readonly [number, number]): boolean {
  return a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
}
