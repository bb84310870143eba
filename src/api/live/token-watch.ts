/** Tells those who hold a token's answer open when the token ends: revoked, removed or expired. */
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock, type StopTimer } from '../../kernel/clock.js';
import { messageOf } from '../../kernel/errors.js';
import { type Place, placeAfter } from '../../model/change.js';
import { ChangeFeed } from '../../store/change-feed.js';
import { Tokens } from '../../store/tokens.js';

/** A timer of Node reaches no further than 24 days; looking again once a day costs nothing. */
const LONGEST_TIMER_MS = 24 * 3_600_000;

interface Holder {
  readonly tokenId: number;
  readonly onEnd: () => void;
  stopTimer: StopTimer;
}

@Injectable()
export class TokenWatch {
  private readonly logger = new Logger('streams');
  private readonly holders = new Set<Holder>();
  /** The one reader of the feed, while anybody holds anything. */
  private watching: { readonly begun: Promise<void>; readonly stop: AbortController } | null = null;

  constructor(
    @Inject(ChangeFeed) private readonly feed: ChangeFeed,
    @Inject(Tokens) private readonly tokens: Tokens,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Calls `onEnd` when the token ends, at once when it has ended by now; until the answer is called. */
  async hold(tokenId: number, onEnd: () => void): Promise<() => void> {
    const holder: Holder = { tokenId, onEnd, stopTimer: () => undefined };
    this.holders.add(holder);
    try {
      await this.watch();
      await this.judge(holder);
    } catch (error) {
      this.release(holder);
      throw error;
    }
    return () => this.release(holder);
  }

  private release(holder: Holder): void {
    holder.stopTimer();
    this.holders.delete(holder);
    if (this.holders.size > 0) return;
    this.watching?.stop.abort();
    this.watching = null;
  }

  /** What happens to a token from here on is seen; what happened before, `judge` sees. */
  private watch(): Promise<void> {
    if (this.watching !== null) return this.watching.begun;
    const stop = new AbortController();
    const begun = this.feed.latest().then((place) => void this.read(place, stop.signal));
    this.watching = { begun, stop };
    return begun;
  }

  /** Whoever cannot be watched is ended: they may come again. */
  private async read(from: Place, stopped: AbortSignal): Promise<void> {
    try {
      for (let place = from; !stopped.aborted;) {
        const found = await this.feed.next(place, stopped);
        place = found === 'gap' ? await this.feed.latest() : found.reduce(placeAfter, place);
        const changed = found === 'gap' ? null : found.flatMap(({ kind, id }) => (kind === 'token' ? [id] : []));
        await this.judgeAll(changed);
      }
    } catch (error) {
      this.logger.error(`tokens of open streams cannot be watched: ${messageOf(error)}`);
      for (const holder of this.holders) holder.onEnd();
    }
  }

  /** Null: any of them may have changed. */
  private async judgeAll(changed: readonly number[] | null): Promise<void> {
    for (const holder of this.holders)
      if (changed === null || changed.includes(holder.tokenId)) await this.judge(holder);
  }

  private async judge(holder: Holder): Promise<void> {
    holder.stopTimer();
    const token = await this.tokens.byId(holder.tokenId);
    if (!this.holders.has(holder)) return;
    if (token === null || token.revokedAt !== null) return holder.onEnd();
    if (token.expiresAt === null) return;
    const leftMs = token.expiresAt - this.clock.now();
    if (leftMs <= 0) return holder.onEnd();
    const judgeAgain = () => void this.judge(holder).catch(holder.onEnd);
    holder.stopTimer = this.clock.after(Math.min(leftMs, LONGEST_TIMER_MS), judgeAgain);
  }
}
