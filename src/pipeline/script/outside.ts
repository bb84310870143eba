/** Which text comes from outside: fields that anybody can write, and values that hold such text (LANGUAGE.md, "Untrusted text"). */
import type { Json } from '../../kernel/json.js';
import type { RunContexts } from '../../model/run.js';
import { GITHUB_ALIASES } from '../expression/names.js';
import type { Read } from '../expression/walk.js';

/** Outside text of these characters alone is pasted. */
const HARMLESS = /^[A-Za-z0-9 _./:@,+=-]*$/;

/** Fields of `github` that hold text from outside. */
const GITHUB_FIELDS = ['event', 'head_ref', 'base_ref', 'ref', 'ref_name', 'actor', 'triggering_actor'];
const PAGURE_FIELDS = ['agent'];

export function isHarmless(text: string): boolean {
  return HARMLESS.test(text);
}

/** Is it such a field? */
export function isOutsideRead({ path: [context, field] }: Read): boolean {
  if (context === 'event' || context === 'inputs') return true;
  if (context === 'github' || GITHUB_ALIASES.includes(context ?? '')) return isOneOf(field, GITHUB_FIELDS);
  return context === 'pagure' && isOneOf(field, PAGURE_FIELDS);
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
