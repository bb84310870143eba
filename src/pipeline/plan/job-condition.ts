/** A job's `if`: status functions look at every ancestor (LANGUAGE.md, "needs, if"). */
import type { DeclaredJob } from '../../model/plan.js';
import type { RunContexts } from '../../model/run.js';
import { conditionHolds } from '../expression/condition.js';
import { statusFunctions, surroundingsOf } from '../expression/scope.js';
import { sameId, type Standings } from './standings.js';

export type Asked = 'run' | 'cancel';

/** Throws an ExpressionError. */
export function jobMayRun(job: DeclaredJob, standings: Standings, contexts: RunContexts, asked: Asked): boolean {
  const ancestors = standings.ancestors(job.id);
  const among = (ids: readonly string[]) =>
    ids.length === 0 ? ancestors : ids.map((id) => ancestors.find((name) => sameId(name, id)));
  const resultOf = (id: string | undefined) => (id === undefined ? null : standings.result(id));
  const functions = statusFunctions({
    always: () => true,
    cancelled: () => asked === 'cancel',
    success: (ids) => asked === 'run' && among(ids).every((id) => resultOf(id) === 'success'),
    failure: (ids) => among(ids).some((id) => resultOf(id) === 'failure'),
  });
  return conditionHolds(job.if, surroundingsOf(contexts, { needs: standings.needs(job.id) }, functions));
}
