/** A job's `if`: status functions look at every ancestor (LANGUAGE.md, "needs, if"). */
import type { DeclaredJob } from '../../model/plan.js';
import { conditionHolds } from '../expression/condition.js';
import { statusFunctions, surroundingsOf } from '../expression/scope.js';
import type { LevelView } from './level-view.js';

export type Asked = 'run' | 'cancel';

/** Throws an ExpressionError. */
export function jobMayRun(job: DeclaredJob, view: LevelView, asked: Asked): boolean {
  const ancestors = [...view.graph.ancestors(job)];
  const results = (ids: readonly string[]) => {
    if (ids.length === 0) return ancestors.map((id) => view.result(id));
    return ids.map((id) =>
      ancestors.some((name) => name.toLowerCase() === id.toLowerCase()) ? view.result(id) : null,
    );
  };
  const functions = statusFunctions({
    always: () => true,
    cancelled: () => asked === 'cancel',
    success: (ids) => asked === 'run' && results(ids).every((result) => result === 'success'),
    failure: (ids) => results(ids).includes('failure'),
  });
  return conditionHolds(job.if, surroundingsOf(view.level.contexts, { needs: view.needs(job) }, functions));
}
