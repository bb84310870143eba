/** What the language says about a pipeline's text before it is stored. */
import { type Problem, Refusal } from '../kernel/errors.js';
import { readPipeline } from '../pipeline/index.js';

/** The warnings of a text without errors. Throws a Refusal `pipeline-broken` with all problems of any other. */
export function demandPipeline(text: string, file: string): readonly Problem[] {
  const { problems } = readPipeline(text, { file });
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  if (errors === 0) return problems;
  const message = `The pipeline has ${errors === 1 ? '1 error' : `${errors} errors`}: see "problems" for the places.`;
  throw new Refusal('unprocessable', 'pipeline-broken', message, { problems });
}
