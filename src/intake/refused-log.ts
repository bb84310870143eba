/** Keeps a little of refused POSTs for people who set a web-hook up: bounded, rarely written, never a key or a signature. */
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock, type StopTimer } from '../kernel/clock.js';
import { messageOf } from '../kernel/errors.js';
import type { RefusedDelivery } from '../model/delivery.js';
import { Deliveries } from '../store/deliveries.js';
import { Store } from '../store/store.js';
import { DoorCounts } from './door-counts.js';

export type Refused = Omit<RefusedDelivery, 'id' | 'receivedAt'>;

/** At most so many are kept of each interval: a flood costs one small commit, after the answers. */
const KEPT_PER_INTERVAL = 20;
const INTERVAL_MS = 10_000;
const LONGEST_HINT = 200;

@Injectable()
export class RefusedLog {
  private readonly logger = new Logger(RefusedLog.name);
  private waiting: Omit<RefusedDelivery, 'id'>[] = [];
  private stop: StopTimer | null = null;

  constructor(
    @Inject(DoorCounts) private readonly counts: DoorCounts,
    @Inject(Store) private readonly store: Store,
    @Inject(Deliveries) private readonly deliveries: Deliveries,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Takes note of one; what is too much in this interval is forgotten. Never throws, writes nothing now. */
  note(refused: Refused): void {
    this.count(refused.code);
    if (this.waiting.length >= KEPT_PER_INTERVAL) return;
    const projectHint = refused.projectHint?.replace(/\p{C}/gu, ' ').slice(0, LONGEST_HINT) ?? null;
    this.waiting.push({ ...refused, projectHint, receivedAt: this.clock.now() });
    this.stop ??= this.clock.after(INTERVAL_MS, () => void this.flush());
  }

  /** Of one of which nothing is kept. */
  count(code: string): void {
    this.counts.refusedAs(code);
  }

  /** Writes what was noted. Never rejects: what could not be written is forgotten. Safe to call twice. */
  async flush(): Promise<void> {
    this.stop?.();
    this.stop = null;
    const refused = this.waiting.splice(0);
    if (refused.length === 0) return;
    try {
      await this.store.commit((tx) => this.deliveries.keepRefused(tx, refused));
    } catch (error) {
      this.logger.warn(`what was refused could not be noted: ${messageOf(error)}`);
    }
  }
}
