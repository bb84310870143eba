/** What waits to enter the link: parts of the log of a job, in order, up to a limit in all. */
import type { LogPart } from '../../model/log.js';

/** So many bytes may wait while others are being taken: the next ones are made ready meanwhile. */
const MOST_WAITING_BYTES = 256 * 1024;

const NEWLINE = Buffer.from('\n');

/** Takes what waits when its turn comes, so that whatever is said later comes behind it. Rejects when the link is lost. */
export type TakeLog = (waiting: () => readonly LogPart[]) => Promise<void>;

/** Nothing is kept any more once the link is lost. */
export class LogQueue {
  private waiting: LogPart[] = [];
  private waitingBytes = 0;
  private left: number;
  private isClosed = false;
  private atLineStart = true;
  /** Of the turn that is to come: when what waits is taken. */
  private turn: Promise<void> | null = null;
  private taken: Promise<void> = Promise.resolve();
  private readonly closing: Buffer;

  constructor(
    private readonly take: TakeLog,
    limitBytes: number,
  ) {
    this.closing = Buffer.from(
      `##[error]The log of this job is longer than ${limitBytes} bytes: the rest is dropped.\n`,
    );
    this.left = Math.max(0, limitBytes - this.closing.length - NEWLINE.length);
  }

  /** The closing line takes the place of what is beyond the limit. */
  push(part: LogPart): void {
    if (this.isClosed || part.bytes.length === 0) return;
    if (part.bytes.length > this.left) return this.close(part);
    this.left -= part.bytes.length;
    this.wait(part);
  }

  /** Pending while more waits than is good; never rejects. */
  pressure(): Promise<void> | undefined {
    return this.waitingBytes > MOST_WAITING_BYTES && this.turn ? this.turn : undefined;
  }

  /** Resolves when all that was pushed so far has been taken. Rejects when the link is lost. */
  drained(): Promise<void> {
    return this.taken;
  }

  private close(part: LogPart): void {
    const bytes = part.bytes.subarray(0, this.left);
    if (bytes.length > 0) this.wait({ ...part, bytes });
    const closing = this.atLineStart ? this.closing : Buffer.concat([NEWLINE, this.closing]);
    this.wait({ bytes: closing, step: part.step, level: 'error', group: 0 });
    this.isClosed = true;
  }

  private wait(part: LogPart): void {
    this.waiting.push(part);
    this.waitingBytes += part.bytes.length;
    this.atLineStart = part.bytes.at(-1) === 0x0a;
    this.turn ??= this.nextTurn();
  }

  private nextTurn(): Promise<void> {
    return new Promise((resolve) => {
      const give = () => {
        resolve();
        return this.giveAll();
      };
      this.taken = this.take(give);
      this.taken.catch(() => {
        this.isClosed = true;
        this.giveAll();
        resolve();
      });
    });
  }

  private giveAll(): readonly LogPart[] {
    const parts = this.waiting;
    this.waiting = [];
    this.waitingBytes = 0;
    this.turn = null;
    return parts;
  }
}
