/** Which secrets of its project a run may have: by its trust and its ref (TRUST.md §2). */
import type { ResolvedEvent } from '../model/event.js';
import type { Run } from '../model/run.js';
import { compilePattern, patternMatches } from '../pipeline/index.js';

/** A secret by its name, and the refs that it goes to besides the default branch and tags. */
export interface GivenTo {
  readonly name: string;
  readonly refs: readonly string[];
}

/** Pure. None for a run that is not trusted, whatever its ref is. */
export function secretsOfRun({ trust, resolved }: Pick<Run, 'trust' | 'resolved'>, all: readonly GivenTo[]) {
  if (trust !== 'trusted') return [];
  const ref = countedRef(resolved);
  const isDefault = ref === `refs/heads/${resolved.defaultBranch}` || ref.startsWith('refs/tags/');
  return all.filter(({ refs }) => isDefault || refs.some((pattern) => matches(pattern, ref))).map(({ name }) => name);
}

/** A trusted pull-request counts as its source branch: one that gave none as no ref at all. */
function countedRef({ ref, headBranch }: ResolvedEvent): string {
  if (!ref.startsWith('refs/pull/')) return ref;
  return headBranch ? `refs/heads/${headBranch}` : '';
}

/** By the whole name or, for branches, the bare one. A pattern that is none (any more) matches nothing. */
function matches(source: string, ref: string): boolean {
  try {
    const pattern = compilePattern(source);
    return patternMatches(pattern, source.startsWith('refs/') ? ref : ref.replace(/^refs\/heads\//, ''));
  } catch {
    return false;
  }
}
