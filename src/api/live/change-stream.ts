/** The frames of one reader's stream: what is wanted of what changes, and a sign of life when nothing does. */
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { type Change, type Place, placeAfter } from '../../model/change.js';
import { ChangeFeed } from '../../store/change-feed.js';
import { ChangeFrames, gapFrame, openingFrame, quietFrame } from './change-frames.js';

export const QUIET_MS = 15_000;

export interface WantedChanges {
  /** Where the reader was; null for one that begins. */
  readonly from: Place | null;
  readonly sees: (change: Change) => boolean;
}

interface News {
  readonly text: string;
  readonly place: Place;
}

@Injectable()
export class ChangeStream {
  private readonly frames = new ChangeFrames();

  constructor(
    @Inject(ChangeFeed) private readonly feed: ChangeFeed,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Ends when `over` aborts. */
  async *read({ from, sees }: WantedChanges, over: AbortSignal): AsyncGenerator<Buffer> {
    let place = from ?? (await this.feed.latest());
    yield Buffer.from(openingFrame(place));
    while (!over.aborted) {
      const news = await this.news(place, sees, over);
      if (over.aborted) return;
      place = news.place;
      yield Buffer.from(news.text);
    }
  }

  private async news(from: Place, sees: WantedChanges['sees'], over: AbortSignal): Promise<News> {
    const quiet = this.quietAfter(over);
    try {
      let [place, text] = [from, ''];
      while (text === '' && !quiet.signal.aborted) {
        const found = await this.feed.next(place, quiet.signal);
        if (found === 'gap') return await this.gap();
        for (const change of found) {
          place = placeAfter(place, change);
          if (sees(change)) text += this.frames.of(change, place);
        }
      }
      return { place, text: text === '' ? quietFrame(place) : text };
    } finally {
      quiet.stop();
    }
  }

  /** From here on, since everything must be read anew anyway. */
  private async gap(): Promise<News> {
    const place = await this.feed.latest();
    return { place, text: gapFrame(place) };
  }

  /** A signal that aborts when nothing was sent for a while, or when all is over. */
  private quietAfter(over: AbortSignal): { readonly signal: AbortSignal; readonly stop: () => void } {
    const quiet = new AbortController();
    const abort = () => quiet.abort();
    const stopTimer = this.clock.after(QUIET_MS, abort);
    over.addEventListener('abort', abort);
    if (over.aborted) abort();
    const stop = () => {
      stopTimer();
      over.removeEventListener('abort', abort);
    };
    return { signal: quiet.signal, stop };
  }
}
