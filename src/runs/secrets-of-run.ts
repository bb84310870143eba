/** Which secrets of its project a run may have: by its trust and its ref (TRUST.md §2). */
import type { ResolvedEvent } from '../model/event.js';
import type { Run } from '../model/run.js';
import { compilePattern, patternMatches } from '../pipeline/index.js';

/** A secret by its name, and what is said of refs: they are added to the default branch and tags, and `!` takes away. */
export interface GivenTo {
  readonly name: string;
  readonly refs: readonly string[];
}

/** Pure. None for a run that is not trusted, whatever its ref is. */
export function secretsOfRun({ trust, resolved }: Pick<Run, 'trust' | 'resolved'>, all: readonly GivenTo[]) {
  if (trust !== 'trusted') return [];
  const ref = countedRef(resolved);
  const isDefault = ref === `refs/heads/${resolved.defaultBranch}` || ref.startsWith('refs/tags/');
  return all.filter(({ refs }) => isGiven(refs, ref, isDefault)).map(({ name }) => name);
}

/** A trusted pull-request counts as its source branch: one that gave none as no ref at all. */
function countedRef({ ref, headBranch }: ResolvedEvent): string {
  if (!ref.startsWith('refs/pull/')) return ref;
  return headBranch ? `refs/heads/${headBranch}` : '';
}

/** As the filters of `on` are read: in order, and the last pattern that matches decides. */
function isGiven(patterns: readonly string[], ref: string, isDefault: boolean): boolean {
  return patterns.reduce((so, pattern) => {
    if (!pattern.startsWith('!')) return so || matches(pattern, ref, false);
    return so && !matches(pattern.slice(1), ref, true);
  }, isDefault);
}

/** By the whole name or, for branches, the bare one. `broken`: what one that is no pattern (any more) comes to, so that it gives nothing. */
function matches(source: string, ref: string, broken: boolean): boolean {
  try {
    const pattern = compilePattern(source);
    return patternMatches(pattern, source.startsWith('refs/') ? ref : ref.replace(/^refs\/heads\//, ''));
  } catch {
    return broken;
  }
}
