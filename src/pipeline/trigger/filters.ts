/** The filters of a trigger against one value: order-sensitive, `!` negates, the last match wins. */
import type { TriggerFilter } from '../document/pipeline.js';
import type { FilterKey } from './github-events.js';
import { compilePattern, patternMatches } from './pattern.js';

/** What a filter says: null = it lets pass, else the sentence why not. */
export type FilterAnswer = string | null;

/** `branches` and `branches-ignore` (or tags) on one bare name. */
export function nameAnswer(filters: readonly TriggerFilter[], what: 'branches' | 'tags', name: string): FilterAnswer {
  const only = patternsOf(filters, what);
  if (only && !listMatches(only, name)) return `${what} [${only.join(', ')}] do not match ${name}`;
  const ignore = patternsOf(filters, `${what}-ignore`);
  if (ignore && listMatches(ignore, name)) return `${what}-ignore [${ignore.join(', ')}] matches ${name}`;
  return null;
}

/** `paths` wants one file that matches, `paths-ignore` one that does not; no file at all matches nothing. */
export function pathsAnswer(filters: readonly TriggerFilter[], paths: readonly string[]): FilterAnswer {
  const only = patternsOf(filters, 'paths');
  const ignore = patternsOf(filters, 'paths-ignore');
  if (paths.length === 0) return `no file was changed, so ${only ? 'paths' : 'paths-ignore'} matches nothing`;
  if (only && !paths.some((path) => listMatches(only, path))) {
    return `paths [${only.join(', ')}] match none of the ${paths.length} changed files`;
  }
  if (ignore && paths.every((path) => listMatches(ignore, path))) {
    return `paths-ignore [${ignore.join(', ')}] matches all of the ${paths.length} changed files`;
  }
  return null;
}

export function hasFilter(filters: readonly TriggerFilter[], ...keys: readonly FilterKey[]): boolean {
  return filters.some((filter) => keys.includes(filter.key));
}

/** Does the last pattern that matches stand for it? */
export function listMatches(patterns: readonly string[], text: string): boolean {
  const last = patterns.map(compilePattern).findLast((pattern) => patternMatches(pattern, text));
  return last !== undefined && !last.negated;
}

function patternsOf(filters: readonly TriggerFilter[], key: FilterKey): readonly string[] | null {
  return filters.find((filter) => filter.key === key)?.patterns ?? null;
}
