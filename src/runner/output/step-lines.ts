/** The lines of one step on their way into the log: masked, with their level, in the group that is open. */
import { type LogLevel, LOG_LEVELS } from '../../model/log.js';
import type { SharedOutput } from './shared-output.js';

const TAG = /^##\[([a-z]+)\]/;

export class StepLines {
  /** The open group, 0 for none. */
  private group = 0;

  constructor(
    private readonly shared: Pick<SharedOutput, 'masker' | 'queue' | 'groups'>,
    private readonly step: number,
  ) {}

  /** Whole lines as a program printed them. */
  text(bytes: Buffer): void {
    this.put('text', this.shared.masker.mask(bytes));
  }

  /** Part of a line, masked already. */
  piece(bytes: Buffer): void {
    this.put('text', bytes);
  }

  /** One line, of which the tag says what it is; further lines of a text belong to it. */
  tagged(tag: Exclude<LogLevel, 'text'>, text: string): void {
    this.line(tag, `##[${tag}]${text}`);
  }

  /** One line of the runner's own, as it is; a tag at its begin counts. */
  say(line: string): void {
    const tag = TAG.exec(line)?.[1];
    this.line(LOG_LEVELS.find((level) => level === tag) ?? 'text', line);
  }

  private line(level: LogLevel, line: string): void {
    if (level === 'group') this.group = this.shared.groups += 1;
    this.put(level, this.shared.masker.mask(Buffer.from(`${line}\n`)));
    if (level === 'endgroup') this.group = 0;
  }

  private put(level: LogLevel, bytes: Buffer): void {
    this.shared.queue.push({ bytes, step: this.step, level, group: this.group });
  }
}
