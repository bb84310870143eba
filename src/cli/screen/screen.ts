/** Where a verb writes: a terminal with its width and colours, or a file or pipe. */
import { once } from 'node:events';
import type { VerbCall } from '../verb.js';
import { COLOURS, NO_COLOURS, type Paint } from './paint.js';
import type { TableOptions } from './table.js';

export class Screen {
  readonly isTerminal: boolean;
  readonly paint: Paint;

  constructor(private readonly call: Pick<VerbCall, 'env' | 'streams'>) {
    this.isTerminal = isTerminal(call.streams.stdout);
    this.paint = this.wantsColours ? COLOURS : NO_COLOURS;
  }

  /** On a terminal, without NO_COLOR (https://no-color.org: set and not empty). */
  get wantsColours(): boolean {
    const { NO_COLOR, TERM } = this.call.env;
    return this.isTerminal && !NO_COLOR && TERM !== 'dumb';
  }

  /** Of the terminal; null where nothing limits a line. It may change while a program runs. */
  get width(): number | null {
    const { stdout } = this.call.streams;
    if (!this.isTerminal) return null;
    return 'columns' in stdout && typeof stdout.columns === 'number' && stdout.columns > 0 ? stdout.columns : 80;
  }

  line(text = ''): void {
    this.call.streams.stdout.write(`${text}\n`);
  }

  /** As it stands; resolves when the reader has room for more. */
  async pour(text: string | Uint8Array): Promise<void> {
    const { stdout } = this.call.streams;
    if (!stdout.write(text)) await once(stdout, 'drain');
  }

  /** Beside the answer: hints and errors, never part of what a script reads. */
  aside(text: string): void {
    this.call.streams.stderr.write(`${text}\n`);
  }

  /** Loads what draws tables. */
  async table(options: Pick<TableOptions, 'columns' | 'rows'>): Promise<void> {
    const { drawTable } = await import('./table.js');
    this.line(drawTable({ ...options, width: this.width, paintTitle: this.paint.faint }));
  }

  /** Names and values below each other; empty values are left out. */
  facts(rows: readonly (readonly [string, string | null])[]): void {
    const shown = rows.filter(([, value]) => value !== null && value !== '');
    const longest = Math.max(...shown.map(([name]) => name.length));
    for (const [name, value] of shown) this.line(`${this.paint.faint(name.padEnd(longest))}  ${value}`);
  }
}

export function isTerminal(stream: NodeJS.ReadableStream | NodeJS.WritableStream): boolean {
  return 'isTTY' in stream && stream.isTTY === true;
}
