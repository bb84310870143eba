/** What is known of the addresses that post to the door: who has proved a key, and who fails too often (docs/decisions/0015). */
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';

/** `proven`: a signature from there has held. `doubtful`: too many have failed lately, and none has ever held. */
export type Standing = 'proven' | 'unknown' | 'doubtful';

/** Failed verifications in one window. */
const WINDOW_MS = 60_000;
const FAILURES_PER_ADDRESS = 100;
const FAILURES_IN_ALL = 1_000;
/** Addresses that are remembered of each sort; the ones that were quiet longest are forgotten. */
const REMEMBERED = 10_000;

/** How long a sender whose failures are too many is asked to wait. */
export const RETRY_AFTER_SECONDS = WINDOW_MS / 1_000;

/** Counts failed verifications only: all of a Pagure is one address, and what is rightly signed counts for nothing. */
@Injectable()
export class Senders {
  private readonly proven = new Set<string>();
  private readonly failures = new Map<string, number>();
  private inAll = 0;
  private windowEndMs = 0;

  constructor(@Inject(Clock) private readonly clock: Clock) {}

  /** A signature from there held. */
  verified(address: string): void {
    const network = networkOf(address);
    this.proven.delete(network);
    this.proven.add(network);
    if (this.proven.size > REMEMBERED) this.proven.delete(this.proven.values().next().value!);
  }

  /** One from there did not. True when there were too many, from there or in all. */
  failed(address: string): boolean {
    this.turnWindow();
    const network = networkOf(address);
    const count = (this.failures.get(network) ?? 0) + 1;
    this.failures.delete(network);
    this.failures.set(network, count);
    if (this.failures.size > REMEMBERED) this.failures.delete(this.failures.keys().next().value!);
    this.inAll += 1;
    return count > FAILURES_PER_ADDRESS || this.inAll > FAILURES_IN_ALL;
  }

  standing(address: string): Standing {
    this.turnWindow();
    const network = networkOf(address);
    if (this.proven.has(network)) return 'proven';
    return (this.failures.get(network) ?? 0) > FAILURES_PER_ADDRESS ? 'doubtful' : 'unknown';
  }

  private turnWindow(): void {
    const nowMs = this.clock.now();
    const isWithin = nowMs < this.windowEndMs && nowMs >= this.windowEndMs - WINDOW_MS;
    if (isWithin) return;
    this.windowEndMs = nowMs + WINDOW_MS;
    this.failures.clear();
    this.inAll = 0;
  }
}

/** Who has one address of IPv6 has a whole /64. */
export function networkOf(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address;
  const [head = '', tail = ''] = address.split('::');
  const [first, last] = [head, tail].map((part) => (part === '' ? [] : part.split(':')));
  const zeros = Array<string>(Math.max(0, 8 - first!.length - last!.length)).fill('0');
  return [...first!, ...zeros, ...last!].slice(0, 4).join(':');
}
