/** Which text comes from outside: fields that anybody can write, and values that hold such text (LANGUAGE.md, "Untrusted text"). */
import type { Json } from '../../kernel/json.js';
import type { Template } from '../../model/plan.js';
import type { RunContexts } from '../../model/run.js';
import type { Surroundings } from '../expression/evaluate.js';
import { ExpressionError } from '../expression/expression-error.js';
import type { Expr } from '../expression/library.js';
import { GITHUB_ALIASES } from '../expression/names.js';
import { parseExpression } from '../expression/parse.js';
import { hasExpression, piecesOf, templateValue } from '../expression/template.js';
import { readsOf } from '../expression/walk.js';

/** Outside text of these characters alone is pasted. */
const HARMLESS = /^[A-Za-z0-9 _./:@,+=-]*$/;

/** Fields of `github` that hold text from outside. */
const GITHUB_FIELDS = ['event', 'head_ref', 'base_ref', 'ref', 'ref_name', 'actor', 'triggering_actor'];
const PAGURE_FIELDS = ['agent'];

export function isHarmless(text: string): boolean {
  return HARMLESS.test(text);
}

/** Does the expression itself read such a field? */
export function readsOutside(tree: Expr): boolean {
  return readsOf(tree).some(({ path: [context, field] }) => {
    if (context === 'event' || context === 'inputs') return true;
    if (context === 'github' || GITHUB_ALIASES.includes(context ?? '')) return isOneOf(field, GITHUB_FIELDS);
    return context === 'pagure' && isOneOf(field, PAGURE_FIELDS);
  });
}

/** A field that is not named (`github[x]`, `toJSON(github)`) may be any of them. */
function isOneOf(field: string | null | undefined, fields: readonly string[]): boolean {
  return field === null || field === undefined || fields.includes(field);
}

/** All texts of the event that are not harmless: a value that contains one of them counts as outside text, however it came there. */
export function outsideTexts(contexts: RunContexts): ReadonlySet<string> {
  const found = new Set<string>();
  const sources: Json[] = [
    contexts.event,
    contexts.inputs,
    ...GITHUB_FIELDS.map((field) => contexts.github[field] ?? null),
  ];
  const open = [...sources, ...PAGURE_FIELDS.map((field) => contexts.pagure[field] ?? null)];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next === 'string' && !isHarmless(next)) found.add(next);
    if (typeof next === 'object' && next !== null) for (const value of Object.values(next)) open.push(value as Json);
  }
  return found;
}

export function containsOutside(text: string, texts: ReadonlySet<string>): boolean {
  if (isHarmless(text)) return false;
  for (const outside of texts) if (text.includes(outside)) return true;
  return false;
}

/** The value of a key that decides what is run and where: it refuses outside text. Throws an ExpressionError. */
export function withoutOutsideText(
  key: string,
  template: Template,
  surroundings: Surroundings,
  contexts: RunContexts,
): Json {
  const value = templateValue(template, surroundings);
  const suspects = textsIn(value).filter((text) => !isHarmless(text));
  if (suspects.length === 0 || !textsIn(template).some(hasExpression)) return value;
  const texts = outsideTexts(contexts);
  const reads = textsIn(template).some((text) => expressionsOf(text).some(readsOutside));
  if (!reads && !suspects.some((text) => containsOutside(text, texts))) return value;
  throw new ExpressionError(`${key} may not hold text from outside`);
}

function expressionsOf(text: string): readonly Expr[] {
  return piecesOf(text).flatMap((piece) => (piece.kind === 'expression' ? [parseExpression(piece.text).tree] : []));
}

function textsIn(value: Json): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap((item) => textsIn(item as Json))
    : [];
}
