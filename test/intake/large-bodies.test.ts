/** TRUST §1: unverified bodies over 256 KiB share 64 MiB and wait; smaller ones never wait behind them. */
import { beforeEach, describe, expect, it } from 'vitest';
import { LargeBodies, type LargeBody } from '../../src/intake/large-bodies.js';
import { Senders } from '../../src/intake/senders.js';
import type { Refusal } from '../../src/kernel/errors.js';
import { StillClock } from '../kernel/still-clock.js';

const MIB = 1024 * 1024;

/** A body that does what the test says. */
class DummyBody implements LargeBody {
  sizeBytes = 256 * 1024;
  hasEnded = false;
  state = 'waits';

  constructor(
    readonly wholeBytes: number,
    readonly address: string,
  ) {}

  begin(): void {
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

function enter(wholeBytes: number, address = '192.0.2.1'): DummyBody {
  const body = new DummyBody(wholeBytes, address);
  bodies.enter(body);
  return body;
}

const states = (...list: readonly DummyBody[]) => list.map(({ state }) => state);

describe('bodies that share 64 MiB', () => {
  it('are read at once while they fit, and wait when they do not', () => {
    expect(states(enter(32 * MIB), enter(31 * MIB), enter(2 * MIB), enter(MIB))).toEqual([
      'reads',
      'reads',
      'waits',
      'waits',
    ]);
  });

  it('begin when a share is given back, whether it was stored, refused or left', () => {
    const [first, second, third] = [enter(32 * MIB), enter(32 * MIB), enter(32 * MIB)];
    bodies.leave(second);
    expect(states(first, third)).toEqual(['reads', 'reads']);
  });

  it('give back once, however often it is said', () => {
    const [first] = [enter(32 * MIB), enter(32 * MIB)];
    for (let time = 0; time < 3; time++) bodies.leave(first);
    expect(states(enter(32 * MIB), enter(32 * MIB))).toEqual(['reads', 'waits']);
  });

  it('take turns by address: who holds least is next', () => {
    const first = enter(32 * MIB, '192.0.2.1');
    enter(32 * MIB, '192.0.2.1');
    const [same, other] = [enter(MIB, '192.0.2.1'), enter(MIB, '192.0.2.2')];
    const big = enter(32 * MIB, '192.0.2.3');
    bodies.leave(first);
    expect(states(same, other, big)).toEqual(['waits', 'reads', 'waits']);
  });

  it('of one address with a whole network of IPv6 take the turn of one', () => {
    const first = enter(32 * MIB, '2001:db8:0:1::1');
    enter(32 * MIB, '2001:db8:0:1::2');
    const [same, other] = [enter(32 * MIB, '2001:db8:0:1:2:3:4:5'), enter(32 * MIB, '2001:db8::1')];
    bodies.leave(first);
    expect(states(same, other)).toEqual(['waits', 'reads']);
  });

  it('from where a signature has held come first, from where too many failed last', () => {
    senders.verified('192.0.2.9');
    for (let failed = 0; failed <= 100; failed++) senders.failed('192.0.2.2');
    const [first, second] = [enter(32 * MIB), enter(32 * MIB)];
    const [doubtful, unknown, proven] = ['192.0.2.2', '192.0.2.3', '192.0.2.9'].map((one) => enter(32 * MIB, one));
    bodies.leave(first);
    expect(states(doubtful!, unknown!, proven!)).toEqual(['waits', 'waits', 'reads']);
    bodies.leave(second);
    expect(states(doubtful!, unknown!)).toEqual(['waits', 'reads']);
  });
});

describe('a body that is read slowly', () => {
  it('is left alone while nobody waits', () => {
    const slow = enter(32 * MIB);
    clock.advance(19_000);
    expect(slow.state).toBe('reads');
    expect(clock.pending).toBe(0);
  });

  it('is ended as soon as it shows that it will not be whole in 20 s, when somebody waits', () => {
    const [slow, quick, waiting] = [enter(32 * MIB), enter(32 * MIB), enter(2 * MIB)];
    for (let second = 0; second < 3; second++) {
      quick.sizeBytes += 2 * MIB;
      clock.advance(1_000);
    }
    expect(states(slow, quick, waiting)).toEqual(['body-too-slow', 'reads', 'reads']);
  });

  it('is not ended when it is whole and being verified or stored', () => {
    const [whole] = [enter(32 * MIB), enter(32 * MIB), enter(2 * MIB)];
    whole.hasEnded = true;
    clock.advance(60_000);
    expect(whole.state).toBe('reads');
  });

  it('never keeps a proven sender waiting for longer than 20 s, however many hold and wait', () => {
    senders.verified('192.0.2.9');
    const strangers = Array.from({ length: 200 }, (_, at) => enter(MIB, `198.51.100.${at}`));
    const real = enter(32 * MIB, '192.0.2.9');
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

describe('too many that wait', () => {
  it('turn away the newest of the address of which most wait', () => {
    enter(32 * MIB);
    enter(32 * MIB);
    const single = enter(MIB, '192.0.2.7');
    const many = Array.from({ length: 256 }, () => enter(MIB, '192.0.2.2'));
    expect(single.state).toBe('waits');
    expect(states(many[0]!, many.at(-1)!)).toEqual(['waits', 'too-many-large-bodies']);
    const late = enter(MIB, '192.0.2.8');
    expect(states(late, many.at(-2)!)).toEqual(['waits', 'too-many-large-bodies']);
  });

  it('leave no timer behind when they are gone', () => {
    const all = Array.from({ length: 5 }, () => enter(32 * MIB));
    expect(clock.pending).toBe(1);
    for (const one of all) bodies.leave(one);
    expect(clock.pending).toBe(0);
  });
});
