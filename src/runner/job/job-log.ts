/** The log of a job: what its steps print and what the runner says between, up to a limit. */
import { textPart } from '../../model/log.js';
import type { LinkLane } from './link-lane.js';

const NEWLINE = Buffer.from('\n');

/** Its promises reject only when the link is lost. */
export class JobLog {
  private left: number;
  private isFull = false;
  private atLineStart = true;
  private readonly closing: Buffer;

  constructor(
    private readonly lane: LinkLane,
    limitBytes: number,
  ) {
    this.closing = Buffer.from(
      `##[error]The log of this job is longer than ${limitBytes} bytes: the rest is dropped.\n`,
    );
    this.left = Math.max(0, limitBytes - this.closing.length - NEWLINE.length);
  }

  /** Bytes as they come; the closing line takes the place of what is beyond the limit. */
  async write(bytes: Buffer, step: number): Promise<void> {
    if (this.isFull || bytes.length === 0) return;
    if (bytes.length > this.left) return this.close(bytes.subarray(0, this.left), step);
    this.left -= bytes.length;
    this.atLineStart = bytes.at(-1) === 0x0a;
    await this.lane.log([textPart(bytes, step)]);
  }

  /** Lines of the runner's own, never on the line that a step left unfinished. */
  async say(lines: readonly string[], step: number): Promise<void> {
    const text = lines.map((line) => `${line}\n`).join('');
    await this.write(Buffer.from(this.atLineStart ? text : `\n${text}`), step);
  }

  private async close(part: Buffer, step: number): Promise<void> {
    this.isFull = true;
    const endsLine = part.length > 0 ? part.at(-1) === 0x0a : this.atLineStart;
    await this.lane.log([textPart(Buffer.concat([part, ...(endsLine ? [] : [NEWLINE]), this.closing]), step)]);
  }
}
