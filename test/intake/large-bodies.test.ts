/** TRUST §1: unverified bodies over 256 KiB share 64 MiB and wait; smaller ones never wait behind them. */
import { beforeEach, describe, expect, it } from 'vitest';
import { LargeBodies, type LargeBody } from '../../src/intake/large-bodies.js';
import { Senders } from '../../src/intake/senders.js';
import type { Refusal } from '../../src/kernel/errors.js';
import { StillClock } from '../kernel/still-clock.js';

const KIB = 1024;
const MIB = 1024 * KIB;
const STRANGER = '192.0.2.1';
const PAGURE = '192.0.2.9';

/** A body of which as much comes as the test says. */
class DummyBody implements LargeBody {
  readonly sinceMs = clock.now();
  sizeBytes = 256 * KIB;
  hasEnded = false;
  state = 'reads';

  constructor(
    readonly wholeBytes: number,
    readonly address: string,
  ) {}

  /** As long as it is read and not whole. */
  send(bytes: number): this {
    for (let left = bytes; left > 0 && this.state === 'reads' && this.sizeBytes < this.wholeBytes; left -= 64 * KIB) {
      this.sizeBytes = Math.min(this.wholeBytes, this.sizeBytes + 64 * KIB);
      bodies.grown(this);
    }
    return this;
  }

  pause(): void {
    this.state = 'waits';
  }

  resume(): void {
    this.state = 'reads';
  }

  fail({ code }: Refusal): void {
    this.state = code;
    this.hasEnded = true;
    bodies.leave(this);
  }
}

let clock: StillClock;
let senders: Senders;
let bodies: LargeBodies;

beforeEach(() => {
  clock = new StillClock(1_000_000);
  senders = new Senders(clock);
  bodies = new LargeBodies(clock, senders);
});

const open = (wholeBytes: number, address = STRANGER) => new DummyBody(wholeBytes, address);
const states = (...list: readonly DummyBody[]) => list.map(({ state }) => state);

/** Fills the open half: two bodies that stall when they hold it. */
function fillOpen(address = STRANGER): readonly DummyBody[] {
  const two = [open(32 * MIB, address).send(16 * MIB), open(32 * MIB, address).send(16 * MIB)];
  expect(states(...two)).toEqual(['reads', 'reads']);
  return two;
}

/** Fills both halves: one body more has its turn for nearly 32 MiB. */
function fillAll(address = STRANGER): readonly DummyBody[] {
  const [first, second] = fillOpen(address);
  const turn = open(32 * MIB, address).send(64 * KIB);
  expect(turn.state).toBe('reads');
  return [turn, first!, second!];
}

describe('large bodies', () => {
  it('are read side by side while there is room for what has come of them', () => {
    const stalled = Array.from({ length: 500 }, () => open(32 * MIB).send(64 * KIB));
    expect(new Set(states(...stalled))).toEqual(new Set(['reads']));
  });

  it('take turns when there is no more, each with room for all of it', () => {
    fillOpen();
    const [first, second] = [open(31 * MIB).send(64 * KIB), open(31 * MIB).send(64 * KIB)];
    expect(states(first, second)).toEqual(['reads', 'waits']);
    expect(first.send(32 * MIB).sizeBytes).toBe(31 * MIB);
    bodies.leave(first);
    expect(second.state).toBe('reads');
  });

  it('are all read in the end, however many come at once, when nobody stalls', () => {
    const all = Array.from({ length: 9 }, () => open(32 * MIB));
    for (let round = 0; round < 2_000; round++)
      for (const one of all) {
        one.send(256 * KIB);
        if (one.sizeBytes < one.wholeBytes || one.hasEnded) continue;
        one.hasEnded = true;
        bodies.leave(one);
      }
    expect(all.map(({ sizeBytes }) => sizeBytes)).toEqual(all.map(() => 32 * MIB));
    expect(new Set(states(...all))).toEqual(new Set(['reads']));
  });

  it('give back once, however often it is said', () => {
    const [turn] = fillAll();
    for (let time = 0; time < 3; time++) bodies.leave(turn!);
    const [first, second] = [open(32 * MIB).send(64 * KIB), open(32 * MIB).send(64 * KIB)];
    expect(states(first, second)).toEqual(['reads', 'waits']);
  });

  it('leave no timer behind when they are gone', () => {
    const all = [...fillAll(), open(32 * MIB).send(64 * KIB)];
    expect(clock.pending).toBe(1);
    for (const one of all) bodies.leave(one);
    expect(clock.pending).toBe(0);
  });
});

describe('whose turn is next', () => {
  it('is from where a signature has held; from where too many failed is last', () => {
    senders.verified(PAGURE);
    for (let failed = 0; failed <= 100; failed++) senders.failed('192.0.2.2');
    const [turn] = fillAll('192.0.2.4');
    const [doubtful, unknown, proven] = ['192.0.2.2', '192.0.2.3', PAGURE].map((one) => open(32 * MIB, one).send(1));
    bodies.leave(turn!);
    expect(states(doubtful!, unknown!, proven!)).toEqual(['waits', 'waits', 'reads']);
    bodies.leave(proven!);
    expect(states(doubtful!, unknown!)).toEqual(['waits', 'reads']);
  });

  it('is of the address that holds least', () => {
    fillOpen('192.0.2.7');
    const [first] = [open(16 * MIB).send(1), open(16 * MIB).send(1)];
    const [same, other] = [open(16 * MIB).send(1), open(16 * MIB, '192.0.2.2').send(1)];
    bodies.leave(first!);
    expect(states(same, other)).toEqual(['waits', 'reads']);
  });

  it('counts a whole network of IPv6 as one address', () => {
    fillOpen('192.0.2.7');
    const [first] = [open(16 * MIB, '2001:db8:0:1::1').send(1), open(16 * MIB, '2001:db8:0:1::2').send(1)];
    const [same, other] = [open(16 * MIB, '2001:db8:0:1:2:3:4:5').send(1), open(16 * MIB, '2001:db8::1').send(1)];
    bodies.leave(first!);
    expect(states(same, other)).toEqual(['waits', 'reads']);
  });

  it('is of who sent fastest, when all come from one address', () => {
    const [turn] = fillAll();
    const slow = open(32 * MIB);
    clock.advance(900);
    const quick = open(32 * MIB).send(1);
    slow.send(1);
    bodies.leave(turn!);
    expect(states(slow, quick)).toEqual(['waits', 'reads']);
  });
});

describe('a body that has its turn', () => {
  it('is left alone while nobody waits', () => {
    const [turn] = fillAll();
    clock.advance(19_000);
    expect(turn!.state).toBe('reads');
    expect(clock.pending).toBe(0);
  });

  it('is ended as soon as it shows that it will not be whole in 20 s, when somebody waits', () => {
    const [turn] = fillAll();
    const next = open(2 * MIB).send(1);
    clock.advance(2_000);
    expect(states(turn!, next)).toEqual(['reads', 'waits']);
    clock.advance(1_000);
    expect(states(turn!, next)).toEqual(['body-too-slow', 'reads']);
  });

  it('is not ended when it is whole and being verified or stored', () => {
    const [turn] = fillAll();
    open(2 * MIB).send(1);
    turn!.hasEnded = true;
    clock.advance(60_000);
    expect(turn!.state).toBe('reads');
  });

  it('never keeps a proven sender waiting for longer than 20 s, however many hold and wait', () => {
    senders.verified(PAGURE);
    fillOpen('198.51.100.1');
    const strangers = Array.from({ length: 200 }, (_, at) => open(MIB, `198.51.100.${at}`).send(1));
    const real = open(32 * MIB, PAGURE).send(1);
    expect(real.state).toBe('waits');
    for (let second = 0; second < 20 && real.state === 'waits'; second++) {
      for (const one of strangers.filter(({ state }) => state === 'reads')) {
        one.sizeBytes += MIB / 25;
        if (one.sizeBytes >= one.wholeBytes) bodies.leave(one);
      }
      clock.advance(1_000);
    }
    expect(real.state).toBe('reads');
  });
});
