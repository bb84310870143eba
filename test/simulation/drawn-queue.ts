/** The queue of the house, to which ids come late, twice or never, as the seed draws it. */
import type { Clock } from '../../src/kernel/clock.js';
import type { DueKind } from '../../src/model/due.js';
import { InProcessQueue } from '../../src/queue/in-process-queue.js';
import { JobQueue, type Lanes, type TakeId } from '../../src/queue/job-queue.js';
import type { Life } from './life.js';
import type { Trouble } from './trouble.js';

export class DrawnQueue extends JobQueue {
  private readonly inner: InProcessQueue;

  constructor(
    private readonly life: Life,
    private readonly trouble: Trouble,
    clock: Clock,
    report: (error: unknown) => void,
  ) {
    super();
    this.inner = new InProcessQueue(clock, report);
  }

  override put(kind: DueKind, id: number): void {
    const { chance } = this.life;
    const isLost = this.trouble.is('queue loses') && chance.happens(0.5);
    const times = isLost ? 0 : chance.happens(0.1) ? 2 : 1;
    for (let time = 0; time < times; time += 1) {
      const delayMs = chance.happens(0.7) ? 0 : chance.below(2_000);
      this.life.timeline.after(delayMs, () => this.life.isAlive && this.inner.put(kind, id));
    }
  }

  override take(kind: DueKind, lanes: Lanes, take: TakeId): void {
    this.inner.take(kind, lanes, take);
  }

  override isTaking(kind: DueKind): boolean {
    return this.inner.isTaking(kind);
  }

  override close(): Promise<void> {
    return this.inner.close();
  }

  override settled(): Promise<void> {
    return this.inner.settled();
  }
}
