/** Colours by meaning: on a terminal that wants them, else the text as it is. */
import { styleText } from 'node:util';
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
  /** Tells many apart: one look per number. */
  label(number: number, text: string): string;
}

const PLAIN: Brush = (text) => text;

export const NO_COLOURS: Paint = {
  ...{ good: PLAIN, bad: PLAIN, warning: PLAIN, busy: PLAIN, faint: PLAIN, strong: PLAIN, name: PLAIN },
  label: (_, text) => text,
};

const LABELS = ['cyan', 'magenta', 'yellow', 'blue', 'green'] as const;

export const COLOURS: Paint = {
  ...{ good: brush('green'), bad: brush('red'), warning: brush('yellow'), busy: brush('blue') },
  ...{ faint: brush('dim'), strong: brush('bold'), name: brush('cyan') },
  label: (number, text) => brush(LABELS[number % LABELS.length] ?? 'cyan')(text),
};

/** Whether there are colours is the screen's to say, not the surroundings of this process. */
function brush(look: Parameters<typeof styleText>[0]): Brush {
  return (text) => styleText(look, text, { validateStream: false });
}

/** The one word for where something stands: its result when it is done, else its state. */
export function standing({ state, result }: Standing): string {
  return result ?? state;
}

export interface Standing {
  readonly state: State;
  readonly result: Result | null;
}

const LOOKS: Readonly<Record<string, readonly [string, Exclude<keyof Paint, 'label'>]>> = {
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
  const [sign, look] = LOOKS[word] ?? ['?', 'faint'];
  return paint[look](words(sign, word));
}
