/** The default queue: ids in memory, each taken once at a time. Losing it loses nothing (the sweep puts due rows again). */
import type { DueKind } from '../model/due.js';
import { JobQueue, type TakeId } from './job-queue.js';

/** Ids of one kind: those that wait (in order), and those under way. */
class Channel {
  private readonly waiting = new Set<number>();
  private readonly underWay = new Set<number>();
  private taker: { readonly parallel: number; readonly take: TakeId } | null = null;

  constructor(
    private readonly onEnd: () => void,
    private readonly report: (error: unknown) => void,
  ) {}

  put(id: number): void {
    this.waiting.add(id);
    this.startNext();
  }

  takeWith(parallel: number, take: TakeId): void {
    this.taker = { parallel, take };
    this.startNext();
  }

  stop(): void {
    this.taker = null;
    this.waiting.clear();
  }

  get isIdle(): boolean {
    return this.underWay.size === 0 && (this.waiting.size === 0 || this.taker === null);
  }

  private startNext(): void {
    if (!this.taker) return;
    for (const id of this.waiting) {
      if (this.underWay.size >= this.taker.parallel) return;
      if (this.underWay.has(id)) continue;
      this.waiting.delete(id);
      this.underWay.add(id);
      void this.taker
        .take(id)
        .catch(this.report)
        .finally(() => this.ended(id));
    }
  }

  private ended(id: number): void {
    this.underWay.delete(id);
    this.startNext();
    this.onEnd();
  }
}

export class InProcessQueue extends JobQueue {
  private readonly channels: Readonly<Record<DueKind, Channel>>;
  private waitingForIdle: (() => void)[] = [];
  private isClosed = false;

  /** @param report told of what a handler rejects with (a store that is broken): the sweep puts its row again. */
  constructor(report: (error: unknown) => void) {
    super();
    const channel = () => new Channel(() => this.noticeIdle(), report);
    this.channels = { event: channel(), job: channel(), flag: channel() };
  }

  put(kind: DueKind, id: number): void {
    if (!this.isClosed) this.channels[kind].put(id);
  }

  take(kind: DueKind, parallel: number, take: TakeId): void {
    this.channels[kind].takeWith(parallel, take);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    for (const channel of Object.values(this.channels)) channel.stop();
    await this.settled();
  }

  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.waitingForIdle.push(resolve);
      this.noticeIdle();
    });
  }

  private noticeIdle(): void {
    if (!Object.values(this.channels).every((channel) => channel.isIdle)) return;
    for (const resolve of this.waitingForIdle.splice(0)) resolve();
  }
}
