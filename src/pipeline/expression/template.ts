/** Text with `${{ … }}` in it: cut into pieces, evaluated to a value or to text (LANGUAGE.md, "Values"). */
import { isJsonObject, type Json, type JsonObject } from '../../kernel/json.js';
import { Budget } from './budget.js';
import { evaluateExpression, type Surroundings } from './evaluate.js';
import { ExpressionError, ExpressionSyntaxError } from './expression-error.js';
import { parseExpression } from './parse.js';
import { toJson, toValue } from './values.js';

/** A stretch of a template; `offset` counts characters of the template from 0 (of an expression: behind its `${{`). */
export interface Piece {
  readonly kind: 'text' | 'expression';
  readonly text: string;
  readonly offset: number;
}

/** Throws an ExpressionSyntaxError for a `${{` without its `}}`. A `}}` inside a quoted string does not close. */
export function piecesOf(template: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (let open = template.indexOf('${{'); open >= 0; open = template.indexOf('${{', from)) {
    const close = closeOf(template, open + 3);
    if (open > from) pieces.push({ kind: 'text', text: template.slice(from, open), offset: from });
    pieces.push({ kind: 'expression', text: template.slice(open + 3, close), offset: open + 3 });
    from = close + 2;
  }
  if (from < template.length) pieces.push({ kind: 'text', text: template.slice(from), offset: from });
  return pieces;
}

function closeOf(template: string, from: number): number {
  let quoted = false;
  for (let at = from; at < template.length; at += 1) {
    if (template[at] === "'") quoted = !quoted;
    else if (!quoted && template[at] === '}' && template[at + 1] === '}') return at;
  }
  throw new ExpressionSyntaxError('this ${{ has no }}', 'expression-open', from - 3);
}

export function hasExpression(template: string): boolean {
  return template.includes('${{');
}

/** The one expression that a text is wholly made of, or null. */
export function wholeExpression(template: string): string | null {
  const trimmed = template.trim();
  if (!trimmed.startsWith('${{') || !trimmed.endsWith('}}')) return null;
  const pieces = piecesOf(trimmed);
  return pieces.length === 1 ? (pieces[0] as Piece).text : null;
}

/** The value of a template of any shape: whole expressions keep their type, lists are spliced, `insert` maps merged. */
export function templateValue(template: Json, surroundings: Surroundings, budget = new Budget()): Json {
  if (typeof template === 'string') return textValue(template, surroundings, budget);
  if (Array.isArray(template)) return listValue(template as readonly Json[], surroundings, budget);
  return isJsonObject(template) ? mapValue(template, surroundings, budget) : template;
}

function textValue(template: string, surroundings: Surroundings, budget: Budget): Json {
  if (!hasExpression(template)) return template;
  const whole = wholeExpression(template);
  if (whole === null) return templateText(template, surroundings, budget);
  return toJson(evaluateExpression(parseExpression(whole), surroundings, budget));
}

function listValue(template: readonly Json[], surroundings: Surroundings, budget: Budget): Json {
  return template.flatMap((item) => {
    const value = templateValue(item, surroundings, budget);
    const spliced = typeof item === 'string' && Array.isArray(value);
    return spliced ? (value as readonly Json[]) : [value];
  });
}

function mapValue(template: JsonObject, surroundings: Surroundings, budget: Budget): Json {
  const entries = Object.entries(template).flatMap(([key, item]): (readonly [string, Json])[] => {
    const value = templateValue(item, surroundings, budget);
    if (!hasExpression(key)) return [[key, value]];
    return isInsert(key) ? insertedEntries(value) : [[templateText(key, surroundings, budget), value]];
  });
  return Object.fromEntries(entries);
}

/** `${{ insert }}` as a key merges the map that stands as its value. */
export function isInsert(key: string): boolean {
  return /^\s*\$\{\{\s*insert\s*\}\}\s*$/.test(key);
}

function insertedEntries(value: Json): (readonly [string, Json])[] {
  if (!isJsonObject(value)) throw new ExpressionError('${{ insert }} needs a map as its value');
  return Object.entries(value);
}

/** The template with each expression replaced by its text. */
export function templateText(template: string, surroundings: Surroundings, budget = new Budget()): string {
  return piecesOf(template)
    .map((piece) => {
      if (piece.kind === 'text') return budget.spend(piece.text);
      return budget.spend(evaluateExpression(parseExpression(piece.text), surroundings, budget).coerceString());
    })
    .join('');
}

/** The text of a JSON value as an expression would print it: lists are `Array`, maps `Object`. */
export function textOf(value: Json): string {
  return toValue(value).coerceString();
}

/** A text with expressions as one expression: `a ${{ b }}` is `format('a {0}', b)`, as GitHub reads an `if`. */
export function asExpression(template: string): string {
  const pieces = piecesOf(template);
  const args = pieces.filter((piece) => piece.kind === 'expression');
  if (args.length === 0) return template;
  if (pieces.length === 1) return (pieces[0] as Piece).text;
  let count = 0;
  const pattern = pieces.map((piece) => (piece.kind === 'text' ? escaped(piece.text) : `{${count++}}`)).join('');
  return `format('${pattern}', ${args.map((piece) => piece.text).join(', ')})`;
}

function escaped(text: string): string {
  return text.replaceAll('{', '{{').replaceAll('}', '}}').replaceAll("'", "''");
}
