/** All keys of the language as a flat list, for the reference, and to be compared with GitHub's own. */
import { GITHUB_ALIASES } from '../expression/names.js';
import { GITHUB_EVENTS } from '../trigger/github-events.js';
import { NOT_YET } from './not-yet.js';
import { allowedContexts, NO_NAMES } from './places.js';
import { ROOT } from './root-table.js';
import type { Key, MapShape, Names, Shape } from './shape.js';
import { namesIn, takesOf } from './takes.js';

export interface LanguageKey {
  /** `jobs.*.steps.*.run`; `*` stands for what the author makes up. */
  readonly path: string;
  readonly doc: string;
  /** `text or a list of text`. */
  readonly takes: string;
  /** What expressions in it may name, the aliases of `github` left out; none = no expression is evaluated. */
  readonly contexts: readonly string[];
  /** Functions beyond those that are allowed everywhere. */
  readonly functions: readonly string[];
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
  collect(ROOT, { path: '', names: NO_NAMES, around: [] }, found);
  return [...found.values()];
}

/** Where in the table a shape stands. */
interface Place {
  readonly path: string;
  readonly names: Names;
  /** Steps hold steps. */
  readonly around: readonly Shape[];
}

function collect(shape: Shape, place: Place, found: Map<string, LanguageKey>): void {
  if (place.around.includes(shape)) return;
  const inside = { ...place, names: shape.names ?? place.names, around: [...place.around, shape] };
  if (shape.kind === 'list') collect(shape.item, { ...inside, path: `${place.path}.*` }, found);
  else if (shape.kind === 'either') for (const option of shape.of) collect(option, inside, found);
  else if (shape.kind === 'variant') for (const option of shape.of) collect(option.shape, inside, found);
  else if (shape.kind === 'map') collectMap(shape, inside, found);
}

function collectMap(shape: MapShape, place: Place, found: Map<string, LanguageKey>): void {
  for (const [name, key] of Object.entries(shape.keys)) {
    const inner = { ...place, path: place.path === '' ? name : `${place.path}.${name}` };
    if (!found.has(inner.path)) found.set(inner.path, entry(inner, name, key));
    collect(key.shape, inner, found);
  }
  if (shape.others) collect(shape.others.value, { ...place, path: `${place.path}.*` }, found);
}

function entry({ path, names }: Place, name: string, key: Key): LanguageKey {
  const { functions, ...allowed } = namesIn(key.shape, names);
  const contexts = allowedContexts({ functions, ...allowed }).filter((context) => !GITHUB_ALIASES.includes(context));
  const { doc, shape, required, ours } = key;
  const takes = takesOf(shape);
  const about = { path, doc, takes, contexts, functions, required: required !== undefined, ours: ours !== undefined };
  return { ...about, ...supportOf(path, name, shape) };
}

function supportOf(path: string, name: string, shape: Shape): Pick<LanguageKey, 'support' | 'reason'> {
  const instead = NOT_YET.get(path);
  if (shape.kind === 'refused') return { support: 'refused', reason: shape.reason };
  if (instead !== undefined) return { support: 'not-yet', reason: instead };
  if (path !== `on.${name}`) return { support: 'supported', reason: '' };
  if (GITHUB_EVENTS.get(name)?.starts === 'never')
    return { support: 'never-starts', reason: 'the forge has no such event' };
  return { support: 'supported', reason: '' };
}
