/** Colours by meaning: on a terminal that wants them, else the text as it is. */
import { blue, bold, cyan, dim, green, red, yellow } from 'yoctocolors';
import type { Result, State } from '../../model/result.js';

type Brush = (text: string) => string;

export interface Paint {
  readonly good: Brush;
  readonly bad: Brush;
  readonly warning: Brush;
  readonly busy: Brush;
  readonly faint: Brush;
  readonly strong: Brush;
  readonly name: Brush;
}

const PLAIN: Brush = (text) => text;

export const NO_COLOURS: Paint = {
  ...{ good: PLAIN, bad: PLAIN, warning: PLAIN, busy: PLAIN, faint: PLAIN, strong: PLAIN, name: PLAIN },
};

export const COLOURS: Paint = {
  ...{ good: green, bad: red, warning: yellow, busy: blue, faint: dim, strong: bold, name: cyan },
};

/** The one word for where something stands: its result when it is done, else its state. */
export function standing({ state, result }: Standing): string {
  return result ?? state;
}

export interface Standing {
  readonly state: State;
  readonly result: Result | null;
}

const LOOKS: Readonly<Record<string, readonly [string, keyof Paint]>> = {
  success: ['✓', 'good'],
  failure: ['✗', 'bad'],
  error: ['!', 'bad'],
  canceled: ['⊘', 'warning'],
  skipped: ['-', 'faint'],
  running: ['●', 'busy'],
  queued: ['○', 'faint'],
  waiting: ['○', 'faint'],
};

/** `✓ success` in its colour. */
export function paintedStanding(what: Standing, paint: Paint): string {
  return painted(what, paint, (sign, word) => `${sign} ${word}`);
}

/** Its sign alone, in its colour. */
export function paintedSign(what: Standing, paint: Paint): string {
  return painted(what, paint, (sign) => sign);
}

function painted(what: Standing, paint: Paint, words: (sign: string, word: string) => string): string {
  const word = standing(what);
  const [sign, brush] = LOOKS[word] ?? ['?', 'faint'];
  return paint[brush](words(sign, word));
}
