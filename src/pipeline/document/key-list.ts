/** All keys of the language as a flat list, for the reference, and to be compared with GitHub's own. */
import { GITHUB_EVENTS } from '../trigger/github-events.js';
import { EVENTS_NOT_YET, NOT_YET } from './not-yet.js';
import { ROOT } from './root-table.js';
import type { Key, MapShape, Shape } from './shape.js';

export interface LanguageKey {
  /** `jobs.*.steps.*.run`; `*` stands for what the author makes up. */
  readonly path: string;
  readonly doc: string;
  readonly required: boolean;
  /** Beyond GitHub's syntax. */
  readonly ours: boolean;
  readonly support: 'supported' | 'not-yet' | 'never-starts' | 'refused';
  /** Why it is not supported, or ''. */
  readonly reason: string;
}

/** In the order of the tables, each path once. */
export function languageKeys(): readonly LanguageKey[] {
  const found = new Map<string, LanguageKey>();
  collect(ROOT, '', found, []);
  return [...found.values()];
}

function collect(shape: Shape, path: string, found: Map<string, LanguageKey>, around: readonly Shape[]): void {
  if (around.includes(shape)) return;
  const inside = [...around, shape];
  if (shape.kind === 'list') collect(shape.item, `${path}.*`, found, inside);
  else if (shape.kind === 'either') for (const option of shape.of) collect(option, path, found, inside);
  else if (shape.kind === 'variant') for (const option of shape.of) collect(option.shape, path, found, inside);
  else if (shape.kind === 'map') collectMap(shape, path, found, inside);
}

function collectMap(shape: MapShape, path: string, found: Map<string, LanguageKey>, around: readonly Shape[]): void {
  for (const [name, key] of Object.entries(shape.keys)) {
    const inner = path === '' ? name : `${path}.${name}`;
    if (!found.has(inner)) found.set(inner, entry(inner, name, key));
    collect(key.shape, inner, found, around);
  }
  if (shape.others) collect(shape.others.value, `${path}.*`, found, around);
}

function entry(path: string, name: string, key: Key): LanguageKey {
  const about = { path, doc: key.doc, required: key.required !== undefined, ours: key.ours !== undefined };
  const instead = NOT_YET.get(path);
  if (key.shape.kind === 'refused') return { ...about, support: 'refused', reason: key.shape.reason };
  if (instead !== undefined) return { ...about, support: 'not-yet', reason: instead };
  if (path !== `on.${name}`) return { ...about, support: 'supported', reason: '' };
  if (GITHUB_EVENTS.get(name)?.starts === 'never')
    return { ...about, support: 'never-starts', reason: 'the forge has no such event' };
  return EVENTS_NOT_YET.has(name)
    ? { ...about, support: 'not-yet', reason: 'it starts nothing yet' }
    : { ...about, support: 'supported', reason: '' };
}
