/** What a job printed, fit for a terminal: colours stay, every other control sequence is dropped (TRUST.md §6). */

const ESC = '\u001b';
/** The longest colour sequence that is let through; more is no colour. */
const LONGEST_COLOUR = 64;

type Place = 'text' | 'escape' | 'charset' | 'csi' | 'string' | 'string-escape';

/** Takes the bytes of one log in pieces of any size; a sequence may be cut anywhere. Not to be shared by two logs. */
export class TerminalLog {
  private readonly decoder = new TextDecoder('utf-8');
  private place: Place = 'text';
  /** The sequence so far, of a CSI. */
  private held = '';
  private isColoured = false;
  private afterReturn = false;

  /** `colours`: `keep` the colour sequences or `drop` them as well. */
  constructor(private readonly colours: 'keep' | 'drop') {}

  /** What to write for these bytes. */
  take(bytes: Uint8Array): string {
    return this.takeText(this.decoder.decode(bytes, { stream: true }));
  }

  /** What is left to write at the end: the colour that a job left on goes off. */
  end(): string {
    const rest = this.takeText(this.decoder.decode());
    return this.isColoured ? `${rest}${ESC}[0m` : rest;
  }

  private takeText(text: string): string {
    let out = '';
    for (const letter of text) out += this.step(letter);
    return out;
  }

  private step(letter: string): string {
    if (letter === '\n' && this.place !== 'text') this.place = 'text';
    switch (this.place) {
      case 'text':
        return this.inText(letter);
      case 'escape':
        return this.afterEscape(letter);
      case 'charset':
        return this.turn('text');
      case 'csi':
        return this.inCsi(letter);
      case 'string':
        return this.inString(letter);
      case 'string-escape':
        return letter === '\\' ? this.turn('text') : this.afterEscape(letter);
    }
  }

  private inText(letter: string): string {
    if (letter === ESC) return this.turn('escape');
    if (letter === '\u009b') return this.turn('csi');
    if (/[\u0090\u0098\u009d-\u009f]/.test(letter)) return this.turn('string');
    return this.shown(letter);
  }

  /** A return to the line's start would let a job overwrite what it printed: it ends the line, and `\r\n` ends it once. */
  private shown(letter: string): string {
    const followsReturn = this.afterReturn;
    this.afterReturn = letter === '\r';
    if (letter === '\r') return '\n';
    if (letter === '\n') return followsReturn ? '' : '\n';
    return letter === '\t' || !/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(letter) ? letter : '';
  }

  private afterEscape(letter: string): string {
    if (letter === '[') return this.turn('csi');
    if (/[\]PX^_]/.test(letter)) return this.turn('string');
    if (/[ -/]/.test(letter)) return this.turn('charset');
    return letter === ESC ? this.turn('escape') : this.turn('text');
  }

  private inCsi(letter: string): string {
    if (letter === ESC) return this.turn('escape');
    if (/[ -?]/.test(letter)) {
      if (this.held.length <= LONGEST_COLOUR) this.held += letter;
      return '';
    }
    const sequence = this.held;
    this.turn('text');
    return letter === 'm' ? this.colour(sequence) : '';
  }

  /** Concealed text (8) is not hidden from the reader. */
  private colour(parameters: string): string {
    const isPlain = /^[\d;:]*$/.test(parameters) && parameters.length <= LONGEST_COLOUR;
    if (this.colours === 'drop' || !isPlain || /(?:^|[;:])0*8(?:$|;)/.test(withoutColourNumbers(parameters))) return '';
    this.isColoured = !/^0*$/.test(parameters);
    return `${ESC}[${parameters}m`;
  }

  /** A string that never ends hides nothing: it ends with its line. */
  private inString(letter: string): string {
    if (letter === ESC) return this.turn('string-escape');
    return letter === '\u0007' || letter === '\u009c' ? this.turn('text') : '';
  }

  private turn(place: Place): '' {
    this.place = place;
    this.held = '';
    return '';
  }
}

/** `38;5;8` is a colour, not a concealment. */
function withoutColourNumbers(parameters: string): string {
  return parameters.replace(/(?:^|;)[345]8[;:](?:5[;:]\d*|2(?:[;:]\d*){3})/g, '');
}
