/** One connection too many ends the one that keeps us waiting, so that newcomers get in. */
import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { ConnectionLimit } from '../../src/intake/connection-limit.js';
import { StillClock } from '../kernel/still-clock.js';

class DummySocket extends EventEmitter {
  isOpen = true;
  bytesRead = 0;
  writableLength = 0;

  destroy(): void {
    this.isOpen = false;
    this.emit('close');
  }
}

const clock = new StillClock(0);

function open(limit: ConnectionLimit): DummySocket {
  const socket = new DummySocket();
  limit.opened(socket);
  return socket;
}

interface How {
  readonly complete: boolean;
  readonly writableFinished: boolean;
  readonly isPaused?: boolean;
}

function ask(limit: ConnectionLimit, socket: DummySocket, { complete, writableFinished, isPaused = false }: How): void {
  limit.asked({ socket, complete, isPaused: () => isPaused }, { writableFinished });
}

const areOpen = (...sockets: readonly DummySocket[]) => sockets.map(({ isOpen }) => isOpen);

describe('a connection too many', () => {
  it('ends the one that has sent nothing for longest', () => {
    const limit = new ConnectionLimit(clock, 2);
    const [first, second, third] = [open(limit), open(limit), open(limit)];
    expect(areOpen(first, second, third)).toEqual([false, true, true]);
  });

  it('ends one whose body is not whole before one that is being answered', () => {
    const limit = new ConnectionLimit(clock, 2);
    const [answered, slow] = [open(limit), open(limit)];
    ask(limit, answered, { complete: true, writableFinished: false });
    ask(limit, slow, { complete: false, writableFinished: false });
    const newcomer = open(limit);
    expect(areOpen(answered, slow, newcomer)).toEqual([true, false, true]);
  });

  it('ends the slowest one that is not young', () => {
    const limit = new ConnectionLimit(clock, 3);
    const [quick, slow] = [open(limit), open(limit)];
    clock.advance(1_000);
    const young = open(limit);
    quick.bytesRead = 1_000;
    slow.bytesRead = 10;
    open(limit);
    expect(areOpen(quick, slow, young)).toEqual([true, false, true]);
  });

  it('spares a body that we make wait, while there are others', () => {
    const limit = new ConnectionLimit(clock, 2);
    const [waiting, slow] = [open(limit), open(limit)];
    ask(limit, waiting, { complete: false, writableFinished: false, isPaused: true });
    ask(limit, slow, { complete: false, writableFinished: false });
    open(limit);
    expect(areOpen(waiting, slow)).toEqual([true, false]);
  });

  it('ends an idle one when nobody is slow', () => {
    const limit = new ConnectionLimit(clock, 2);
    const [idle, answered] = [open(limit), open(limit)];
    ask(limit, answered, { complete: true, writableFinished: false });
    ask(limit, idle, { complete: true, writableFinished: true });
    open(limit);
    expect(areOpen(idle, answered)).toEqual([false, true]);
  });

  it('ends one that does not take its answer before one that sends or is being answered', () => {
    const limit = new ConnectionLimit(clock, 3);
    const [answered, stuck] = [open(limit), open(limit)];
    ask(limit, answered, { complete: true, writableFinished: false });
    ask(limit, stuck, { complete: true, writableFinished: false });
    stuck.writableLength = 16_384;
    clock.advance(1_000);
    const young = open(limit);
    const newcomer = open(limit);
    expect(areOpen(answered, stuck, young, newcomer)).toEqual([true, false, true, true]);
  });

  it('ends even a young one that does not take its answer when all others are being answered', () => {
    const limit = new ConnectionLimit(clock, 2);
    const [answered, stuck] = [open(limit), open(limit)];
    ask(limit, answered, { complete: true, writableFinished: false });
    ask(limit, stuck, { complete: true, writableFinished: false });
    stuck.writableLength = 16_384;
    expect([open(limit).isOpen, ...areOpen(answered, stuck)]).toEqual([true, true, false]);
  });

  it('is itself ended when all others are being answered', () => {
    const limit = new ConnectionLimit(clock, 1);
    const answered = open(limit);
    ask(limit, answered, { complete: true, writableFinished: false });
    expect(areOpen(answered, open(limit))).toEqual([true, false]);
  });

  it('is none when another has gone', () => {
    const limit = new ConnectionLimit(clock, 1);
    open(limit).destroy();
    expect(open(limit).isOpen).toBe(true);
  });
});
