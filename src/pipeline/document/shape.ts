/** The forms that a value of a pipeline may take: what the tables are made of, the walker checks and the schema shows. */

/** What expressions may name at a place. `github` brings `event`, `pagure` and the aliases of `github` along. */
export interface Names {
  readonly contexts: readonly string[];
  /** Functions beyond those that are allowed everywhere; lower case. */
  readonly functions: readonly string[];
}

export interface TextShape {
  readonly kind: 'text';
  /** May it be empty? Default: yes. */
  readonly empty?: 'refused';
  /** The only values. */
  readonly words?: readonly string[];
  /** What it must look like, and that in words. */
  readonly pattern?: { readonly test: RegExp; readonly says: string };
  /** For editors: words to offer, and the look of what else is taken. What has neither is refused by the checks, with a hint. */
  readonly offers?: { readonly words: readonly string[]; readonly others: RegExp };
  readonly names?: Names;
}

export interface ListShape {
  readonly kind: 'list';
  readonly item: Shape;
  /** The checks refuse an empty one. */
  readonly empty?: 'refused';
  readonly names?: Names;
}

export interface MapShape {
  readonly kind: 'map';
  readonly keys: Readonly<Record<string, Key>>;
  /** Keys that the author makes up. */
  readonly others?: OtherKeys;
  /** The checks refuse an empty one. */
  readonly empty?: 'refused';
  readonly names?: Names;
}

export interface OtherKeys {
  /** What such a key is, for messages: `job id`. */
  readonly noun: string;
  readonly value: Shape;
  readonly pattern?: { readonly test: RegExp; readonly says: string };
  /** For editors: the look of such a key. What looks otherwise is refused by the checks, with a hint. */
  readonly looksLike?: RegExp;
}

/** The first shape that fits the kind of the value. */
export interface EitherShape {
  readonly kind: 'either';
  readonly of: readonly Shape[];
  readonly names?: Names;
}

/** A map whose form depends on which key it has; the last one is taken when it has none of them. */
export interface VariantShape {
  readonly kind: 'variant';
  readonly of: readonly { readonly key: string; readonly shape: MapShape }[];
  readonly names?: Names;
}

export interface PlainShape {
  readonly kind: 'any' | 'null' | 'boolean' | 'condition';
  readonly names?: Names;
}

export interface NumberShape {
  readonly kind: 'number';
  /** Does text that is a number count? */
  readonly text?: 'counts';
  readonly names?: Names;
}

export interface RefusedShape {
  readonly kind: 'refused';
  /** Why, and what to use instead: one sentence. */
  readonly reason: string;
  readonly names?: Names;
}

export type Shape =
  TextShape | ListShape | MapShape | EitherShape | VariantShape | PlainShape | NumberShape | RefusedShape;

export interface Key {
  readonly shape: Shape;
  readonly doc: string;
  readonly required?: 'required';
  /** Ours, beyond GitHub's syntax. */
  readonly ours?: 'ours';
}

export const TEXT: TextShape = { kind: 'text' };
export const WORD: TextShape = { kind: 'text', empty: 'refused' };
export const BOOLEAN: PlainShape = { kind: 'boolean' };
export const NUMBER: NumberShape = { kind: 'number' };
export const ANY: PlainShape = { kind: 'any' };
export const NULL: PlainShape = { kind: 'null' };
export const WORDS: EitherShape = { kind: 'either', of: [WORD, { kind: 'list', item: WORD }] };

/** As `WORDS`, where an empty list is refused by the checks. */
export const PATTERNS: EitherShape = { kind: 'either', of: [WORD, { kind: 'list', item: WORD, empty: 'refused' }] };

/** A text that is not empty; an editor offers `words` and takes what looks like `others`. */
export function offered(words: readonly string[], others: RegExp): TextShape {
  return { ...WORD, offers: { words, others } };
}

export function within<S extends Shape>(shape: S, names: Names): S {
  return { ...shape, names };
}

export function either(...of: Shape[]): EitherShape {
  return { kind: 'either', of };
}

export function map(keys: Readonly<Record<string, Key>>): MapShape {
  return { kind: 'map', keys };
}

export function mapOf(noun: string, value: Shape): MapShape {
  return { kind: 'map', keys: {}, others: { noun, value } };
}
