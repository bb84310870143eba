/** `pull_request_target`: a pull-request's event that is judged by the default branch's text, beside what its own commits say. */
import type { Pipeline } from '../pipeline/index.js';
import type { DecidedPipeline } from '../runs/start-runs.js';
import type { FoundPipeline } from './read-pipelines.js';
import type { Replayed } from './replayed.js';
import type { Situation } from './situation.js';

export type TriggerChoice = 'all but targets' | 'targets';

const NAME = 'pull_request_target';

export function isOfPull({ ref }: Pick<Situation, 'ref'>): boolean {
  return ref.startsWith('refs/pull/');
}

/** Of the default branch nothing is asked but what names the event; what is broken there is told of by its pushes. */
export function isLookedAt({ pipeline }: FoundPipeline, choice: TriggerChoice): boolean {
  return choice === 'all but targets' || (pipeline?.triggers.some(({ name }) => name === NAME) ?? false);
}

export function chosenTriggers(pipeline: Pipeline, scene: { readonly triggers: TriggerChoice }): Pipeline {
  const wanted = scene.triggers === 'targets';
  return { ...pipeline, triggers: pipeline.triggers.filter(({ name }) => (name === NAME) === wanted) };
}

/** What a replay repeats of one of the two. */
export function runsOf(replayed: Replayed, choice: TriggerChoice): Replayed {
  const wanted = choice === 'targets';
  return { ...replayed, runs: replayed.runs.filter(({ resolved }) => (resolved.eventName === NAME) === wanted) };
}

/** One decision for each pipeline: of one that both start, its own commits' run stands in the decision and both are made. */
export function joinTargets(
  decided: readonly DecidedPipeline[],
  targets: readonly DecidedPipeline[],
): readonly DecidedPipeline[] {
  const keyOf = ({ decision }: DecidedPipeline) => decision.pipelineKey;
  const known = new Set(decided.map(keyOf));
  const joined = decided.map((one) => join(one, targets.find((other) => keyOf(other) === keyOf(one)) ?? null));
  return [...joined, ...targets.filter((one) => !known.has(keyOf(one)))];
}

function join(own: DecidedPipeline, target: DecidedPipeline | null): DecidedPipeline {
  if (target === null) return own;
  if (own.request === null && target.request !== null) return target;
  if (own.request !== null && target.request === null) return own;
  const decision = { ...own.decision, reason: `${own.decision.reason}; ${target.decision.reason}` };
  return { ...own, decision, also: target.request };
}
