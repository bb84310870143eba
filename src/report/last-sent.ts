/** When what may not have arrived was last sent, by the time that passed: a clock that is set makes what was put off look due. */
import type { Clock } from '../kernel/clock.js';

export class LastSent {
  private readonly startedMs: number;
  private readonly sentMs = new Map<number, number>();

  /** @param lateMs for so long a POST may still be on its way. */
  constructor(
    private readonly clock: Clock,
    private readonly lateMs: number,
  ) {
    this.startedMs = clock.elapsedMs();
  }

  /** Now. */
  note(id: number): void {
    this.sentMs.set(id, this.clock.elapsedMs());
  }

  forget(id: number): void {
    this.sentMs.delete(id);
  }

  /** For how much longer it may be on its way; not above 0 when it is over. Of what an earlier boot has sent, from our start on. */
  waitMs(id: number): number {
    return Math.ceil(this.lateMs - (this.clock.elapsedMs() - (this.sentMs.get(id) ?? this.startedMs)));
  }
}
