/** The 64 MiB that unverified large bodies share (TRUST.md §1): who may be read now, who waits, who is too slow (docs/decisions/0015). */
import { Inject, Injectable } from '@nestjs/common';
import { Clock, type StopTimer } from '../kernel/clock.js';
import { Refusal } from '../kernel/errors.js';
import { networkOf, Senders, type Standing } from './senders.js';

const MIB = 1024 * 1024;

/** A body up to this size takes nothing of what is shared and never waits. */
export const UNSHARED_BYTES = 256 * 1024;
/** Taken as the bytes come, by everybody, until it is full. */
const OPEN_BYTES = 32 * MIB;
/** Kept for those who still send then, one after the other: room for all that a body has still to bring. */
const KEPT_BYTES = 32 * MIB;
/** The most that comes at once. */
const CHUNK_BYTES = 64 * 1024;
/** For how long a body may be read in all; a turn may take as long. */
export const SLOWEST_BODY_MS = 20_000;
/** How long a turn is left alone before its pace is looked at. */
const LEFT_ALONE_MS = 2_000;
const LOOK_EVERY_MS = 1_000;

/** A body of which more than `UNSHARED_BYTES` have come. */
export interface LargeBody {
  /** All of it as its head says; the most that a body may have when it does not say. */
  readonly wholeBytes: number;
  readonly address: string;
  readonly sinceMs: number;
  /** How much of it has come. */
  readonly sizeBytes: number;
  readonly hasEnded: boolean;
  pause(): void;
  resume(): void;
  fail(refusal: Refusal): void;
}

/** What one body holds of what is shared. */
interface Share {
  readonly body: LargeBody;
  readonly network: string;
  openBytes: number;
  /** Null until its turn has come. */
  turn: { readonly bytes: number; readonly sinceMs: number; readonly sizeAtStart: number } | null;
  /** Bytes in a second until it had to wait. */
  pace: number;
}

const RANK: Readonly<Record<Standing, number>> = { proven: 0, unknown: 1, doubtful: 2 };

/**
 * While there is room all large bodies are read side by side, and each holds what has come of it: who stalls holds little.
 * When the room is full, who still sends waits for a turn. First come addresses from which a signature has held, last those
 * from which too many failed; among equals the address that holds least, then who has sent fastest. While anybody waits, a
 * body whose turn it is and that will not be whole in 20 s is ended as soon as that shows. As many wait as there may be
 * connections.
 */
@Injectable()
export class LargeBodies {
  private readonly shares = new Map<LargeBody, Share>();
  private readonly waiting = new Set<Share>();
  private openBytes = 0;
  private keptBytes = 0;
  private stopLooking: StopTimer | null = null;

  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Senders) private readonly senders: Senders,
  ) {}

  /** How much of the 64 MiB is taken, or kept for those whose turn it is. */
  get heldBytes(): number {
    return this.openBytes + this.keptBytes;
  }

  /** After each chunk over `UNSHARED_BYTES`. Pauses the body when there is no room for more of it now. */
  grown(body: LargeBody): void {
    const share = this.shareOf(body);
    if (share.turn !== null) return;
    const moreBytes = body.sizeBytes - UNSHARED_BYTES - share.openBytes;
    share.openBytes += moreBytes;
    this.openBytes += moreBytes;
    if (this.openBytes > OPEN_BYTES && body.sizeBytes < body.wholeBytes) this.wait(share);
  }

  /** Gives back what it holds, or its place among those who wait. Safe to call twice. */
  leave(body: LargeBody): void {
    const share = this.shares.get(body);
    if (share === undefined) return;
    this.shares.delete(body);
    this.waiting.delete(share);
    this.openBytes -= share.openBytes;
    this.keptBytes -= share.turn?.bytes ?? 0;
    this.goOn();
  }

  private shareOf(body: LargeBody): Share {
    const known = this.shares.get(body);
    if (known !== undefined) return known;
    const share = { body, network: networkOf(body.address), openBytes: 0, turn: null, pace: 0 };
    this.shares.set(body, share);
    return share;
  }

  private wait(share: Share): void {
    const { body } = share;
    share.pace = body.sizeBytes / Math.max(1, this.clock.now() - body.sinceMs);
    this.waiting.add(share);
    body.pause();
    this.goOn();
  }

  /** Gives turns while there is room for all that the first has still to bring; then lets those go on for whom there is open room. */
  private goOn(): void {
    for (let next = this.first(); next !== null && this.takesTurn(next); next = this.first());
    for (let roomBytes = OPEN_BYTES - this.openBytes; roomBytes > 0 && this.waiting.size > 0; roomBytes -= CHUNK_BYTES)
      this.resume(this.first()!);
    if (this.waiting.size > 0) return void (this.stopLooking ??= this.lookLater());
    this.stopLooking?.();
    this.stopLooking = null;
  }

  private takesTurn(share: Share): boolean {
    const { wholeBytes, sizeBytes } = share.body;
    const bytes = wholeBytes - sizeBytes;
    if (this.keptBytes + bytes > KEPT_BYTES) return false;
    this.keptBytes += bytes;
    share.turn = { bytes, sinceMs: this.clock.now(), sizeAtStart: sizeBytes };
    this.resume(share);
    return true;
  }

  private resume(share: Share): void {
    this.waiting.delete(share);
    share.body.resume();
  }

  private first(): Share | null {
    if (this.waiting.size === 0) return null;
    const held = new Map<string, number>();
    for (const { network, turn } of this.shares.values())
      held.set(network, (held.get(network) ?? 0) + (turn?.bytes ?? 0));
    const order = (share: Share) => [this.rankOf(share), held.get(share.network) ?? 0, -share.pace];
    return [...this.waiting].reduce((first, one) => (isLess(order(one), order(first)) ? one : first));
  }

  private rankOf({ body }: Share): number {
    return RANK[this.senders.standing(body.address)];
  }

  private lookLater(): StopTimer {
    return this.clock.after(LOOK_EVERY_MS, () => {
      this.stopLooking = null;
      const nowMs = this.clock.now();
      for (const share of [...this.shares.values()]) if (isTooSlow(share, nowMs)) share.body.fail(tooSlow());
      if (this.waiting.size > 0) this.stopLooking ??= this.lookLater();
    });
  }
}

export function tooSlow(): Refusal {
  return new Refusal('too-slow', 'body-too-slow', `The body was not complete after ${SLOWEST_BODY_MS / 1000} seconds.`);
}

/** Will it not be whole in time, at the pace it came so far? */
function isTooSlow({ body, turn }: Share, nowMs: number): boolean {
  if (turn === null || body.hasEnded) return false;
  const part = (nowMs - turn.sinceMs - LEFT_ALONE_MS) / SLOWEST_BODY_MS;
  return body.sizeBytes - turn.sizeAtStart < turn.bytes * part;
}

function isLess(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at !== -1 && a[at]! < b[at]!;
}
