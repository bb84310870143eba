/** What the language says about a pipeline's text before it is stored. */
import { type Problem, Refusal } from '../kernel/errors.js';
import { readPipeline } from '../pipeline/index.js';

export interface CheckedPipeline {
  /** Would it be stored? False if and only if a problem is an error. */
  readonly accepted: boolean;
  /** By line and column, errors and warnings. */
  readonly problems: readonly Problem[];
}

/** More are not told: nobody reads them, and a hostile text must not be answered by one many times as long. */
const MOST_PROBLEMS = 1_000;

/** Pure; `file` is what the problems call it. */
export function checkPipeline(text: string, file: string): CheckedPipeline {
  const { problems } = readPipeline(text, { file });
  return { accepted: countErrors(problems) === 0, problems: cut(problems) };
}

/** The warnings of a text without errors. Throws a Refusal `pipeline-broken` with all problems of any other. */
export function demandPipeline(text: string, file: string): readonly Problem[] {
  const { problems } = readPipeline(text, { file });
  const errors = countErrors(problems);
  if (errors === 0) return cut(problems);
  const message = `The pipeline has ${errors === 1 ? '1 error' : `${errors} errors`}: see "problems" for the places.`;
  throw new Refusal('unprocessable', 'pipeline-broken', message, { problems: cut(problems) });
}

function countErrors(problems: readonly Problem[]): number {
  return problems.filter(({ severity }) => severity === 'error').length;
}

/** The last one then says how many more there are, as an error where one of them is. */
function cut(problems: readonly Problem[]): readonly Problem[] {
  const next = problems[MOST_PROBLEMS];
  if (next === undefined) return problems;
  const left = problems.slice(MOST_PROBLEMS);
  const severity = countErrors(left) > 0 ? 'error' : 'warning';
  const rest: Problem = {
    ...next,
    severity,
    code: 'more-problems',
    message: `${left.length} more problems from here on`,
  };
  return [...problems.slice(0, MOST_PROBLEMS), rest];
}
