/** The runner's own lines of a log as people like to see them: a heading for each step, no brackets. */
import type { Paint } from './paint.js';

const MARK = '##[';
/** A longer line is no line of the runner's. */
const LONGEST = 4_096;

/** Takes harmless text in pieces of any size; only a line that may be one of the runner's is held back until it ends. */
export class LogHeadings {
  private held = '';
  private isAtStart = true;

  constructor(private readonly paint: Paint) {}

  /** What to write for this text. */
  take(text: string): string {
    return text
      .split(/(?<=\n)/)
      .map((piece) => this.takePiece(piece))
      .join('');
  }

  /** What is left to write at the end. */
  end(): string {
    const rest = this.held;
    this.held = '';
    return rest;
  }

  /** At most one line. */
  private takePiece(piece: string): string {
    if (!this.isAtStart) return this.passed(piece);
    const line = this.held + piece;
    const mayBeOurs = line.startsWith(MARK) || MARK.startsWith(line);
    this.held = '';
    if (!mayBeOurs || line.length > LONGEST) return this.passed(line);
    if (line.endsWith('\n')) return this.heading(line);
    this.held = line;
    return '';
  }

  private passed(text: string): string {
    if (text !== '') this.isAtStart = text.endsWith('\n');
    return text;
  }

  private heading(line: string): string {
    const [, kind = '', words = ''] = /^##\[(\w+)\](.*)\n$/.exec(line) ?? [];
    if (kind === 'endgroup') return '';
    if (kind === 'group') return `${this.paint.strong(`▸ ${words}`)}\n`;
    if (kind === 'error') return `${this.paint.bad(words)}\n`;
    return kind === 'warning' ? `${this.paint.warning(words)}\n` : line;
  }
}
