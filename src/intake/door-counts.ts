/** How many deliveries the door has answered since the start, and how: read by whoever shows it. */
import { Injectable } from '@nestjs/common';
import type { NewDelivery } from '../store/deliveries.js';

/** What became of a delivery whose signature held. */
export type Taken = NewDelivery['verdict'] | 'same' | 'conflict';

@Injectable()
export class DoorCounts {
  private readonly takenBy = new Map<Taken, number>();
  private readonly refusedBy = new Map<string, number>();

  took(how: Taken): void {
    this.takenBy.set(how, (this.takenBy.get(how) ?? 0) + 1);
  }

  /** `code` is one of ours, never what somebody sent. */
  refusedAs(code: string): void {
    this.refusedBy.set(code, (this.refusedBy.get(code) ?? 0) + 1);
  }

  get taken(): ReadonlyMap<Taken, number> {
    return this.takenBy;
  }

  get refused(): ReadonlyMap<string, number> {
    return this.refusedBy;
  }
}
