/** What is kept about a pipeline that was decided about, and the run that is asked for: pure. */
import { firstError } from '../kernel/errors.js';
import { keptCommits } from '../model/pushed-commit.js';
import type { ResolvedEvent } from '../model/event.js';
import type { TriggerMatch } from '../pipeline/index.js';
import type { DecidedPipeline, RunRequest } from '../runs/start-runs.js';
import { isOfPull } from './pull-request-target.js';
import type { FoundPipeline } from './read-pipelines.js';
import type { Scene } from './scene.js';

type Decided = DecidedPipeline['decision'];

/** What the event is called where it starts something. */
type MatchedName = Pick<Extract<TriggerMatch, { kind: 'match' }>, 'eventName' | 'action'>;

/** What is kept about a pipeline. */
export function decision(found: FoundPipeline, outcome: Decided['outcome'], reason: string): Decided {
  return { pipelineKey: found.key, pipelineName: found.name, outcome, reason };
}

/** Nobody can tell what a broken file would match: each change of the project's own says so once. */
export function brokenPipeline(scene: Scene, found: FoundPipeline): DecidedPipeline {
  const where = firstError(found.problems);
  const isRun = scene.situation.isOwnChange && scene.situation.superseded === null;
  const match = { eventName: eventNameOf(scene), action: scene.event.action };
  const how = { kind: 'broken', problems: found.problems } as const;
  return { decision: decision(found, 'broken', where), request: isRun ? request(scene, found, match, how) : null };
}

/** A pipeline that somebody waits for says so when no changed file concerns it: else its flag would never come. */
export function notStarted(
  scene: Scene,
  found: FoundPipeline,
  { reason, unmatchedPaths = false }: Extract<TriggerMatch, { kind: 'no' }>,
): DecidedPipeline {
  const { settings } = scene.project;
  const isSaid = unmatchedPaths && scene.situation.superseded === null && settings.required?.includes(found.name);
  const match = { eventName: eventNameOf(scene), action: scene.event.action };
  const how = { kind: 'skipped', reason: 'no changed file matches' } as const;
  return { decision: decision(found, 'filtered', reason), request: isSaid ? request(scene, found, match, how) : null };
}

function eventNameOf({ event }: Scene): string {
  return event.kind === 'pull-request' ? 'pull_request' : 'push';
}

/** The run of a pipeline that the event starts. */
export function request(scene: Scene, found: FoundPipeline, match: MatchedName, how: RunRequest['how']): RunRequest {
  const { event, situation } = scene;
  return {
    pipelineKey: found.key,
    pipelineName: found.name,
    cause: situation.cause,
    title: titleOf(scene),
    trust: situation.trust,
    trustReason: situation.trustReason,
    resolved: resolved(scene, match),
    subject: situation.subject,
    pipelineCommit: found.commit,
    actor: event.actor,
    how,
  };
}

/** Kept on the run, so that its contexts can be made again. */
export function resolved(scene: Scene, match: MatchedName): ResolvedEvent {
  const { ref, commit, before, defaultBranch } = scene.situation;
  const { eventName, action } = match;
  const { pullRequest } = scene.facts;
  const isPull = pullRequest !== null && (isOfPull({ ref }) || scene.triggers === 'targets');
  const head = isPull ? { headBranch: pullRequest.sourceBranch } : {};
  const number = scene.event.pullRequest ?? scene.chained?.run.resolved.pullRequest ?? null;
  return {
    ...head,
    ...(isOwnPull(scene) ? {} : { isForeign: true as const }),
    ...(number === null ? {} : { pullRequest: number }),
    eventName,
    action,
    ref,
    commit,
    before,
    defaultBranch,
    headMessage: scene.headMessage.slice(0, 10_000),
    ...(scene.commits === null ? {} : { commits: keptCommits(scene.commits) }),
  };
}

/** What stands on the default branch is the project's own, whoever it is about. */
function isOwnPull({ facts, situation, triggers }: Scene): boolean {
  return triggers === 'targets' || !isOfPull(situation) || facts.pullRequest?.source === 'own';
}

function titleOf({ event, facts, headMessage }: Scene): string {
  const line = event.kind === 'pull-request' ? facts.pullRequest?.title : headMessage.split('\n', 1)[0];
  return (line || event.summary).slice(0, 200);
}
