/** Pipelines of one job, in short. */
import type { FinishedStep } from '../../src/runner/job-link.js';
import { runYaml, type RunOptions, type Told } from './run-yaml.js';

/** Runs these steps as the one job of a pipeline; `more` are further keys of the job. */
export function runSteps(steps: string, options?: RunOptions, more = ''): Promise<Told> {
  const indented = steps.trimEnd().replace(/^/gm, '      ');
  return runYaml(`on: push\njobs:\n  one:\n    runs-on: host\n    ${more}\n    steps:\n${indented}\n`, options);
}

/** By number, the set-up left out; of steps in the background the order of their ends says nothing. */
export function byNumber(told: Told): readonly FinishedStep[] {
  return told.steps.filter(({ number }) => number > 0).sort((a, b) => a.number - b.number);
}

export function outcomes(told: Told): readonly string[] {
  return byNumber(told).map(({ outcome }) => String(outcome));
}
