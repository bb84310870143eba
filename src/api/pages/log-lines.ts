/** The end of a log as HTML: colours become spans, every other sequence of a terminal vanishes, what hides is made visible. */
import { cut } from '../../kernel/one-line.js';
import { type Html, html, joined } from './html.js';
import { madeVisible } from './text.js';

/** Longer lines are cut visibly. */
const LONGEST_LINE = 400;
/** What is looked at of one line. */
const LONGEST_RAW = 8_000;

const SEQUENCE =
  /(?:\x1b\[|\x9b)([\d;:]*)m|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*[0-~]?/g;

/** Class of a colour by its number: black and white are the page's own. */
const COLOURS: readonly string[] = ['', 'cr', 'cg', 'cy', 'cb', 'cm', 'cc', ''];

/** How text is shown from here on. */
interface Pen {
  readonly colour: string;
  readonly weight: string;
}

const PLAIN: Pen = { colour: '', weight: '' };

/** What the runner marks its own lines with. */
const MARK = /^##\[(group|endgroup|error|warning|notice|debug|section|command)\]/;

/** Pure. Each element is one line without its end. `errorAt`: the place of one that is pointed out, from 0. */
export function logLines(texts: readonly string[], errorAt = -1): readonly Html[] {
  const lines: Html[] = [];
  let pen = PLAIN;
  let isHead = false;
  for (const [at, text] of texts.entries()) {
    const [, mark = ''] = MARK.exec(text) ?? [];
    if (mark === 'group' || mark === 'endgroup') isHead = mark === 'group';
    if (mark === 'endgroup') continue;
    const painted = paint(lastWritten(mark === '' ? text : text.slice(mark.length + 4)), mark === '' ? pen : PLAIN);
    pen = painted.pen;
    const line = marked(painted.line, mark, isHead);
    lines.push(at === errorAt ? html`<span class="fe">${line}</span>` : line);
  }
  return lines;
}

function marked(line: Html, mark: string, isHead: boolean): Html {
  if (mark === 'error') return html`<span class="le">Error: ${line}</span>`;
  if (mark === 'warning') return html`<span class="lw">Warning: ${line}</span>`;
  if (mark === 'group') return html`<span class="lg">${line}</span>`;
  return isHead ? html`<span class="ld">${line}</span>` : line;
}

/** A progress display writes over its own line: its last state counts. */
function lastWritten(text: string): string {
  const line = text.replace(/\r+$/, '');
  return line.slice(line.lastIndexOf('\r') + 1).slice(0, LONGEST_RAW);
}

function paint(text: string, start: Pen): { readonly line: Html; readonly pen: Pen } {
  const line = new PaintedLine(start);
  let at = 0;
  for (const match of text.matchAll(SEQUENCE)) {
    line.show(text.slice(at, match.index));
    at = match.index + match[0].length;
    if (match[1] !== undefined) line.pen = turned(line.pen, match[1]);
  }
  line.show(text.slice(at));
  return { line: joined(line.spans), pen: line.pen };
}

class PaintedLine {
  readonly spans: Html[] = [];
  private left = LONGEST_LINE;

  constructor(public pen: Pen) {}

  show(part: string): void {
    if (part === '' || this.left < 0) return;
    this.spans.push(inked(madeVisible(cut(part, Math.max(this.left, 1))), this.pen));
    this.left = part.length > this.left ? -1 : this.left - part.length;
  }
}

function inked(text: string, { colour, weight }: Pen): Html {
  const names = [colour, weight].filter((name) => name !== '').join(' ');
  return names === '' ? html`${text}` : html`<span class="${names}">${text}</span>`;
}

/** "Select graphic rendition" (ECMA-48, 8.3.117): colours of the text and bold; what else it may say is passed over. */
function turned(pen: Pen, parameters: string): Pen {
  const codes = parameters.split(/[;:]/).slice(0, 32).map(Number);
  let now = pen;
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] ?? 0;
    if (code !== 38 && code !== 48) {
      now = withCode(now, code);
      continue;
    }
    const index = codes[at + 1] === 5 ? (codes[at + 2] ?? 0) : null;
    if (code === 38) now = { ...now, colour: index !== null && index < 16 ? (COLOURS[index % 8] ?? '') : '' };
    at += index === null ? 4 : 2;
  }
  return now;
}

function withCode(pen: Pen, code: number): Pen {
  if (code === 0) return PLAIN;
  if (code === 1) return { ...pen, weight: 'cs' };
  if (code === 22) return { ...pen, weight: '' };
  if (code === 39) return { ...pen, colour: '' };
  if (code === 90) return { ...pen, colour: 'cd' };
  if (code >= 30 && code <= 37) return { ...pen, colour: COLOURS[code - 30] ?? '' };
  if (code >= 91 && code <= 97) return { ...pen, colour: COLOURS[code - 90] ?? '' };
  return pen;
}
