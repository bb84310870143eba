/** A job's `if`: status functions look at every ancestor (LANGUAGE.md, "needs, if"). */
import type { DeclaredJob } from '../../model/plan.js';
import { conditionHolds } from '../expression/condition.js';
import { statusFunctions, surroundingsOf } from '../expression/scope.js';
import type { LevelView } from './level-view.js';

export type Asked = 'run' | 'cancel';

/** Asked when all that it needs is done. Throws an ExpressionError. */
export function jobMayRun(job: DeclaredJob, view: LevelView, asked: Asked): boolean {
  const named = (ids: readonly string[]) => {
    const ancestors = new Set([...view.graph.ancestors(job)].map((id) => id.toLowerCase()));
    return ids.map((id) => (ancestors.has(id.toLowerCase()) ? view.result(id) : null));
  };
  const isSuccess = (ids: readonly string[]) =>
    ids.length === 0 ? view.behind(job).isSuccess : named(ids).every((result) => result === 'success');
  const functions = statusFunctions({
    always: () => true,
    cancelled: () => asked === 'cancel',
    success: (ids) => asked === 'run' && isSuccess(ids),
    failure: (ids) => (ids.length === 0 ? view.behind(job).hasFailure : named(ids).includes('failure')),
  });
  return conditionHolds(job.if, surroundingsOf(view.level.contexts, { needs: view.needs(job) }, functions));
}
