/** Makes HTML by a tagged template: whatever is put in is escaped, unless it was made by this file. */

/** Text that may stand in a page as it is. Only this file makes it. */
class HtmlText {
  constructor(private readonly text: string) {}

  toString(): string {
    return this.text;
  }

  get sizeBytes(): number {
    return Buffer.byteLength(this.text);
  }
}

export type Html = HtmlText;

export type Part = Html | string | number | null | readonly Part[];

/** For element content and for attributes in double quotes. Null is nothing; a list is its parts in a row. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new HtmlText(texts.reduce((whole, text, at) => whole + markup(parts[at - 1] ?? null) + text));
}

export function joined(parts: readonly Html[], between: '' | '\n' = ''): Html {
  return new HtmlText(parts.map(String).join(between));
}

/** For a constant of the program alone: nothing of it is escaped. */
export function constantHtml(text: string): Html {
  return new HtmlText(text);
}

function markup(part: Part): string {
  if (part === null) return '';
  if (part instanceof HtmlText) return part.toString();
  if (typeof part === 'object') return part.map(markup).join('');
  return escapeHtml(String(part));
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** A control character that got so far is shown as one that cannot be shown. */
function escapeHtml(text: string): string {
  return text
    .replace(/[&<>"'`]/g, (letter) => ENTITIES[letter] ?? `&#${letter.charCodeAt(0)};`)
    .replace(/[^\P{Cc}\t\n]|\p{Cs}/gu, '\ufffd');
}
