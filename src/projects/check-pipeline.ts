/** What the language says about a pipeline's text before it is stored. */
import { type Problem, Refusal } from '../kernel/errors.js';
import { readPipeline } from '../pipeline/index.js';

export interface CheckedPipeline {
  /** Would it be stored? False if and only if a problem is an error. */
  readonly accepted: boolean;
  /** By line and column, errors and warnings. */
  readonly problems: readonly Problem[];
}

/** Pure; `file` is what the problems call it. */
export function checkPipeline(text: string, file: string): CheckedPipeline {
  const { problems } = readPipeline(text, { file });
  return { accepted: !hasErrors(problems), problems };
}

/** The warnings of a text without errors. Throws a Refusal `pipeline-broken` with all problems of any other. */
export function demandPipeline(text: string, file: string): readonly Problem[] {
  const { problems } = readPipeline(text, { file });
  if (!hasErrors(problems)) return problems;
  const message = 'The pipeline has errors: see "problems" for the places.';
  throw new Refusal('unprocessable', 'pipeline-broken', message, { problems });
}

function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}
