/** The filters of a trigger against one value: order-sensitive, `!` negates, the last match wins. */
import type { TriggerFilter } from '../document/pipeline.js';
import type { FilterKey } from './github-events.js';
import type { Pattern } from './pattern.js';

/** What a filter says: null = it lets pass, else the sentence why not. */
export type FilterAnswer = string | null;

/** `branches` and `branches-ignore` (or tags) on one bare name. */
export function nameAnswer(filters: readonly TriggerFilter[], what: 'branches' | 'tags', name: string): FilterAnswer {
  const only = listOf(filters, what);
  if (only && !listMatches(only, name)) return `${what} ${shown(only)} do not match ${name}`;
  const ignore = listOf(filters, `${what}-ignore`);
  return ignore && listMatches(ignore, name) ? `${what}-ignore ${shown(ignore)} matches ${name}` : null;
}

/** `paths` wants one file that matches, `paths-ignore` one that does not; no file at all matches nothing. */
export function pathsAnswer(filters: readonly TriggerFilter[], paths: readonly string[]): FilterAnswer {
  const only = listOf(filters, 'paths');
  const ignore = listOf(filters, 'paths-ignore');
  if (paths.length === 0) return `no file was changed, so ${only ? 'paths' : 'paths-ignore'} matches nothing`;
  if (only && !paths.some((path) => listMatches(only, path))) {
    return `paths ${shown(only)} match none of the ${paths.length} changed files`;
  }
  if (ignore && paths.every((path) => listMatches(ignore, path))) {
    return `paths-ignore ${shown(ignore)} matches all of the ${paths.length} changed files`;
  }
  return null;
}

export function hasFilter(filters: readonly TriggerFilter[], ...keys: readonly FilterKey[]): boolean {
  return filters.some((filter) => keys.includes(filter.key));
}

/** Does the last pattern that matches stand for it? */
export function listMatches(patterns: readonly Pattern[], text: string): boolean {
  const last = patterns.findLast((pattern) => pattern.matches(text));
  return last !== undefined && !last.negated;
}

function listOf(filters: readonly TriggerFilter[], key: FilterKey): readonly Pattern[] | null {
  return filters.find((filter) => filter.key === key)?.patterns ?? null;
}

function shown(patterns: readonly Pattern[]): string {
  return `[${patterns.map(({ source }) => source).join(', ')}]`;
}
