/** The one walker: holds a document against the table and reports every difference with its place. */
import { hasExpression, isInsert, wholeExpression } from '../expression/template.js';
import { checkCondition, checkTemplate } from './expression-check.js';
import { entryOf, type MapEntry, type MapNode, type Node, type ScalarNode } from './node.js';
import { NOT_YET } from './not-yet.js';
import { NO_NAMES } from './places.js';
import type { EitherShape, MapShape, Names, NumberShape, OtherKeys, Shape, TextShape, VariantShape } from './shape.js';
import type { ProblemList } from './problem-list.js';
import type { Reading } from './reading.js';

/** Reports every difference; a path names the place in the table, `*` for what the author makes up. Throws a LimitReached. */
export function walk(node: Node, shape: Shape, reading: Reading): void {
  new Walker(reading).walk(node, shape, NO_NAMES, '');
}

class Walker {
  private readonly problems: ProblemList;

  constructor(private readonly reading: Reading) {
    this.problems = reading.problems;
  }

  walk(node: Node, shape: Shape, around: Names, path: string): void {
    const names = shape.names ?? around;
    if (shape.kind === 'refused') return this.problems.error(node.spot, 'refused', shape.reason);
    if (shape.kind === 'condition') return this.condition(node, names);
    if (this.isExpression(node, names)) return checkTemplate(node as ScalarNode, names, this.reading);
    switch (shape.kind) {
      case 'either':
        return this.either(node, shape, names, path);
      case 'variant':
        return this.variant(node, shape, names, path);
      case 'map':
        return node.kind === 'map' ? this.map(node, shape, names, path) : this.expected(node, shape);
      case 'list':
        return this.list(node, shape, names, path);
      case 'text':
        return this.text(node, shape, names);
      case 'number':
        return this.number(node, shape);
      case 'any':
        return this.any(node, names);
      default:
        return fits(node, shape) ? undefined : this.expected(node, shape);
    }
  }

  /** A value that is wholly one expression may stand for anything where expressions are allowed. */
  private isExpression(node: Node, names: Names): boolean {
    if (node.kind !== 'scalar' || typeof node.value !== 'string' || names.contexts.length === 0) return false;
    return hasExpression(node.value) && isWhole(node.value);
  }

  private condition(node: Node, names: Names): void {
    if (node.kind === 'scalar') return checkCondition(node, names, this.reading);
    this.problems.error(node.spot, 'wrong-kind', `expected an expression, found ${kindOf(node)}`);
  }

  private either(node: Node, shape: EitherShape, names: Names, path: string): void {
    const fitting = shape.of.find((option) => fits(node, option));
    if (fitting) return this.walk(node, fitting, names, path);
    this.expected(node, shape);
  }

  private variant(node: Node, shape: VariantShape, names: Names, path: string): void {
    if (node.kind !== 'map') return this.expected(node, shape);
    const chosen = shape.of.find(({ key }) => entryOf(node, key) !== null);
    if (chosen) return this.map(node, chosen.shape, names, path);
    const keys = shape.of.map(({ key }) => `\`${key}\``).join(', ');
    this.problems.error(node.spot, 'missing-key', `one of these keys must be given: ${keys}`);
    const last = shape.of.find(({ key }) => key === 'run' || key === 'runs-on') ?? shape.of[0];
    if (last) this.keysOf(node, last.shape, names, path);
  }

  private map(node: MapNode, shape: MapShape, names: Names, path: string): void {
    for (const [name, key] of Object.entries(shape.keys)) {
      if (!key.required || entryOf(node, name) !== null) continue;
      this.problems.error(node.spot, 'missing-key', `the key \`${name}\` is missing here: ${lowerFirst(key.doc)}`);
    }
    this.keysOf(node, shape, names, path);
  }

  private keysOf(node: MapNode, shape: MapShape, names: Names, path: string): void {
    for (const entry of node.entries) {
      if (Object.hasOwn(shape.keys, entry.key)) {
        const inner = joined(path, entry.key);
        this.notYet(entry, inner);
        this.walk(entry.value, shape.keys[entry.key]?.shape as Shape, names, inner);
      } else if (shape.others) {
        this.otherKey(entry, shape.others, names, path);
      } else {
        this.unknownKey(entry, shape);
      }
    }
  }

  private notYet(entry: MapEntry, path: string): void {
    const instead = NOT_YET.get(path);
    if (instead === undefined) return;
    this.problems.error(entry.keyNode.spot, 'not-yet', `\`${entry.key}\` cannot be run here yet: ${instead}`);
  }

  private otherKey(entry: MapEntry, others: OtherKeys, names: Names, path: string): void {
    if (hasExpression(entry.key)) {
      this.expressionKey(entry, names);
    } else if (entry.key === '') {
      this.problems.error(entry.keyNode.spot, 'empty-key', `a ${others.noun} may not be empty`);
    } else if (others.pattern && !others.pattern.test.test(entry.key)) {
      this.problems.error(
        entry.keyNode.spot,
        'bad-name',
        `\`${shown(entry.key)}\` is no ${others.noun}: it ${others.pattern.says}`,
      );
    }
    this.walk(entry.value, others.value, names, joined(path, '*'));
  }

  private expressionKey(entry: MapEntry, names: Names): void {
    if (names.contexts.length === 0) {
      this.problems.error(
        entry.keyNode.spot,
        'expression-not-allowed',
        'an expression cannot be evaluated here: write the key itself',
      );
    } else if (!isInsert(entry.key)) {
      checkTemplate(entry.keyNode, names, this.reading);
    }
  }

  private unknownKey(entry: MapEntry, shape: MapShape): void {
    const known = Object.keys(shape.keys);
    const allowed = known.length === 0 ? 'no key is allowed here' : `allowed here: ${known.join(', ')}`;
    const message = `\`${shown(entry.key)}\` is not a key of this place${this.problems.didYouMean(entry.key, known)} (${allowed})`;
    this.problems.error(entry.keyNode.spot, 'unknown-key', message);
  }

  private list(node: Node, shape: Shape & { readonly kind: 'list' }, names: Names, path: string): void {
    if (node.kind !== 'list') return this.expected(node, shape);
    for (const item of node.items) this.walk(item, shape.item, names, joined(path, '*'));
  }

  private text(node: Node, shape: TextShape, names: Names): void {
    if (node.kind !== 'scalar') return this.expected(node, shape);
    const text = String(node.value ?? '');
    if (hasExpression(text)) return checkTemplate(node, names, this.reading);
    if (text === '' && shape.empty === 'refused') {
      this.problems.error(node.spot, 'empty-value', 'a value is missing here');
    } else if (shape.words && !shape.words.includes(text)) {
      const message = `\`${shown(text)}\` is not one of ${shape.words.join(', ')}${this.problems.didYouMean(text, shape.words)}`;
      this.problems.error(node.spot, 'unknown-value', message);
    } else if (shape.pattern && !shape.pattern.test.test(text)) {
      this.problems.error(node.spot, 'bad-name', `\`${shown(text)}\` cannot stand here: it ${shape.pattern.says}`);
    }
  }

  private number(node: Node, shape: NumberShape): void {
    const isText = node.kind === 'scalar' && typeof node.value === 'string' && node.value.trim() !== '';
    if (isText && shape.text === 'counts' && Number.isFinite(Number((node as ScalarNode).value))) return;
    if (!fits(node, shape)) this.expected(node, shape);
  }

  private any(node: Node, names: Names): void {
    if (node.kind === 'scalar') {
      if (typeof node.value === 'string' && hasExpression(node.value)) checkTemplate(node, names, this.reading);
      return;
    }
    const children = node.kind === 'list' ? node.items : node.entries.map((entry) => entry.value);
    if (node.kind === 'map')
      node.entries.filter((entry) => hasExpression(entry.key)).forEach((entry) => this.expressionKey(entry, names));
    for (const child of children) this.any(child, names);
  }

  private expected(node: Node, shape: Shape): void {
    this.problems.error(node.spot, 'wrong-kind', `expected ${describe(shape)}, found ${kindOf(node)}`);
  }
}

function isWhole(text: string): boolean {
  try {
    return wholeExpression(text) !== null;
  } catch {
    return false;
  }
}

function fits(node: Node, shape: Shape): boolean {
  if (shape.kind === 'any' || shape.kind === 'refused') return true;
  if (shape.kind === 'either') return shape.of.some((option) => fits(node, option));
  if (node.kind === 'map') return shape.kind === 'map' || shape.kind === 'variant';
  if (node.kind === 'list') return shape.kind === 'list';
  if (shape.kind === 'null') return node.value === null;
  if (shape.kind === 'boolean') return typeof node.value === 'boolean';
  if (shape.kind === 'number') return typeof node.value === 'number' && Number.isFinite(node.value);
  return shape.kind === 'text' && !(node.value === null && shape.empty === 'refused');
}

function describe(shape: Shape): string {
  switch (shape.kind) {
    case 'either':
      return shape.of.map(describe).join(' or ');
    case 'list':
      return 'a list';
    case 'map':
    case 'variant':
      return 'a map';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    case 'null':
      return 'nothing';
    default:
      return 'a text';
  }
}

function kindOf(node: Node): string {
  if (node.kind !== 'scalar') return node.kind === 'list' ? 'a list' : 'a map';
  if (node.value === null) return 'nothing';
  if (typeof node.value === 'string') return `the text \`${shown(node.value)}\``;
  return `\`${String(node.value)}\``;
}

function shown(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 40 ? `${line.slice(0, 40)}…` : line;
}

function joined(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, '');
}
