/** What one job prints as lines for people: without the script that each step begins with, and what the runner says in its look. */
import type { LogPart } from '../../../model/log.js';
import type { Paint } from '../../screen/paint.js';
import { TerminalLog } from '../../screen/terminal-log.js';

/** A longer line is shown in pieces. */
const LONGEST = 64 * 1024;

/** Background steps print side by side: each has its own. */
export class LogText {
  private readonly steps = new Map<number, StepText>();

  constructor(
    private readonly paint: Paint,
    private readonly colours: 'keep' | 'drop',
  ) {}

  /** Whole lines, without line ends. */
  take(parts: readonly LogPart[]): readonly string[] {
    return parts.flatMap(({ bytes, step }) => this.step(step).take(bytes));
  }

  /** The line that a step left unfinished. */
  endStep(step: number): readonly string[] {
    const rest = this.steps.get(step)?.end() ?? [];
    this.steps.delete(step);
    return rest;
  }

  private step(number: number): StepText {
    const known = this.steps.get(number) ?? new StepText(this.paint, new TerminalLog(this.colours));
    this.steps.set(number, known);
    return known;
  }
}

class StepText {
  private rest = '';
  /** The runner's first group of a step shows its script and environment: GitHub's pages fold it away. */
  private place: 'before' | 'heading' | 'output' = 'before';

  constructor(
    private readonly paint: Paint,
    private readonly log: TerminalLog,
  ) {}

  take(bytes: Uint8Array): readonly string[] {
    const lines = (this.rest + this.log.take(bytes)).split('\n');
    this.rest = lines.pop() ?? '';
    if (this.rest.length > LONGEST) lines.push(this.rest.slice(0, LONGEST));
    if (this.rest.length > LONGEST) this.rest = this.rest.slice(LONGEST);
    return lines.flatMap((line) => this.shown(line));
  }

  end(): readonly string[] {
    const last = this.rest + this.log.end();
    this.rest = '';
    return last === '' ? [] : this.shown(last);
  }

  private shown(line: string): readonly string[] {
    const [, kind = null, words = ''] = /^##\[(\w+)\](.*)$/.exec(line) ?? [];
    if (this.place !== 'output') {
      const isFirst = this.place === 'before';
      this.place = kind === 'endgroup' || (isFirst && kind !== 'group') ? 'output' : 'heading';
      if (this.place === 'heading' || kind === 'endgroup') return [];
    }
    return kind === 'endgroup' ? [] : [kind === null ? line : this.look(kind, words, line)];
  }

  private look(kind: string, words: string, line: string): string {
    const { paint } = this;
    switch (kind) {
      case 'group':
        return paint.strong(`▾ ${words}`);
      case 'error':
        return paint.bad(`error: ${words}`);
      case 'warning':
        return paint.warning(`warning: ${words}`);
      case 'notice':
        return paint.busy(`notice: ${words}`);
      case 'command':
        return paint.name(`$ ${words}`);
      case 'debug':
        return paint.faint(`debug: ${words}`);
      default:
        return line;
    }
  }
}
