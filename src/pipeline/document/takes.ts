/** What a place of the language takes, in words. */
import type { Names, Shape } from './shape.js';

/** `text or a list of text`; words stand in backticks. */
export function takesOf(shape: Shape): string {
  switch (shape.kind) {
    case 'any':
      return 'any value';
    case 'null':
      return 'nothing';
    case 'boolean':
      return '`true` or `false`';
    case 'condition':
      return 'an expression';
    case 'number':
      return 'a number';
    case 'text':
      return shape.words ? oneOf(shape.words.map((word) => `\`${word}\``)) : 'text';
    case 'list':
      return `a list of ${manyOf(shape.item)}`;
    case 'map':
      return shape.others ? `a map from ${shape.others.noun} to ${takesOf(shape.others.value)}` : 'a map';
    case 'either':
      return eitherOf(shape.of);
    case 'variant':
      return 'a map';
    case 'refused':
      return '–';
  }
}

/** What expressions may name in a value of this shape. */
export function namesIn(shape: Shape, around: Names): Names {
  const inner = shape.kind === 'either' ? shape.of.find((option) => option.names)?.names : undefined;
  return shape.names ?? inner ?? around;
}

/** What lists of it hold. */
function manyOf(item: Shape): string {
  if (item.kind === 'text' && !item.words) return 'texts';
  return item.kind === 'variant' || item.kind === 'map' ? 'maps' : takesOf(item);
}

/** A value or a list of the same is told once. */
function eitherOf(options: readonly Shape[]): string {
  const [one, list] = options;
  const isListOfSame = list?.kind === 'list' && one !== undefined && takesOf(list.item) === takesOf(one);
  const said = isListOfSame ? [takesOf(one), 'a list of such', ...options.slice(2).map(takesOf)] : options.map(takesOf);
  return oneOf([...new Set(said)]);
}

function oneOf(options: readonly string[]): string {
  const last = options.at(-1) ?? '';
  return options.length < 2 ? last : `${options.slice(0, -1).join(', ')} or ${last}`;
}
