/** `decide(event)`: reads and answers only. What each pipeline of the project does about an event, and why. */
import type { Git } from '../git/git.js';
import { firstError } from '../kernel/errors.js';
import { MOST_PUSHED_COMMITS } from '../model/pushed-commit.js';
import type { Event } from '../model/event.js';
import type { RunContexts } from '../model/run.js';
import { matchTrigger, type Pipeline, type TriggerEvent, type TriggerMatch } from '../pipeline/index.js';
import type { ReadContexts } from '../runs/read-contexts.js';
import type { DecidedPipeline, TriageAnswer } from '../runs/start-runs.js';
import { dispatchSituation, readDispatched } from './dispatched.js';
import { type FindSituation, isMove } from './find-situation.js';
import { type HowItRuns, howItRuns } from './link-found.js';
import type { FoundPipeline, ReadPipelines } from './read-pipelines.js';
import {
  chosenTriggers,
  isLookedAt,
  isOfPull,
  joinTargets,
  runsOf,
  type TriggerChoice,
} from './pull-request-target.js';
import { keptCommit, replaySituation } from './replayed.js';
import { brokenPipeline, decision, notStarted, request, resolved } from './run-request.js';
import type { EventToDecide, Scene } from './scene.js';
import { chainSituation, type Situation } from './situation.js';
import { notMeant, triggerEvent } from './trigger-event.js';

export class Decide {
  constructor(
    private readonly git: Git,
    private readonly situations: FindSituation,
    private readonly pipelines: ReadPipelines,
    private readonly contexts: ReadContexts,
  ) {}

  /** Throws a Fault when git does; changes nothing anywhere. */
  async decide(asked: EventToDecide): Promise<TriageAnswer> {
    const { event } = asked;
    const situation = await this.situation(asked);
    if (typeof situation === 'string') return this.startNothing(event, situation);
    const decided = await this.decideAll(asked, situation, 'all but targets');
    const target = isOfPull(situation) ? await this.target(asked, situation) : null;
    const targets = target === null ? [] : await this.decideAll(asked, target, 'targets');
    const all = joinTargets(decided, targets);
    return { decided: all, note: noteOf(situation, all.length) };
  }

  private target(asked: EventToDecide, pull: Situation): Promise<Situation | null> {
    const kept = keptCommit(asked.replayed && runsOf(asked.replayed, 'targets'));
    return this.situations.ofTarget(pull, { ...asked, head: asked.defaultBranch, kept });
  }

  private async decideAll(asked: EventToDecide, situation: Situation, triggers: TriggerChoice) {
    const { projectId } = asked.event;
    const [told, found] = await Promise.all([
      this.toldByCommits(asked.event, situation),
      this.pipelines.of(projectId, situation.pipelineCommit),
    ]);
    const scene: Scene = { ...asked, situation, triggers, ...told };
    const decided: DecidedPipeline[] = [];
    for (const one of found) if (isLookedAt(one, triggers)) decided.push(await this.decideOne(scene, one));
    return decided;
  }

  /** Of a replay that of the event which came from outside: what was told before that one counts, and nothing since. */
  private async situation(asked: EventToDecide): Promise<Situation | string> {
    const { project, event, facts, defaultBranch: head, replayed: all, chained } = asked;
    const replayed = all && runsOf(all, 'all but targets');
    const dispatched = readDispatched(event, asked.message.msg);
    const kept = keptCommit(replayed) ?? dispatched?.commit ?? null;
    const about = { project, event: replayed?.first ?? event, facts, head: dispatched?.ref ?? head, kept };
    const found = await this.situations.of(about);
    if (typeof found === 'string') return found;
    const situation =
      chained !== null
        ? chainSituation(found, chained.run)
        : dispatched !== null
          ? dispatchSituation(found, dispatched, { head, actor: event.actor })
          : found;
    return replayed === null ? situation : replaySituation(event, replayed, situation);
  }

  /** There is no tree to read: what is kept on the server is told why it does not start. */
  private async startNothing({ projectId }: Event, why: string): Promise<TriageAnswer> {
    const found = await this.pipelines.of(projectId, null);
    return { decided: found.map((one) => ({ decision: decision(one, 'filtered', why), request: null })), note: why };
  }

  private async decideOne(scene: Scene, found: FoundPipeline): Promise<DecidedPipeline> {
    if (found.pipeline === null) return brokenPipeline(scene, found);
    const match = notMeant(scene, found) ?? (await this.match(scene, found, chosenTriggers(found.pipeline, scene)));
    if (match.kind === 'no') return notStarted(scene, found, match);
    const { superseded, trust } = scene.situation;
    if (superseded !== null) {
      const how = { kind: 'superseded', reason: `superseded: ${superseded}` } as const;
      return { decision: decision(found, 'superseded', how.reason), request: request(scene, found, match, how) };
    }
    if (scene.situation.refused !== null)
      return { decision: decision(found, 'filtered', scene.situation.refused), request: null };
    const reason = trust === 'held' ? `${match.reason}; ${scene.situation.trustReason}` : match.reason;
    const how =
      trust === 'held'
        ? ({ kind: 'hold', waitsFor: scene.situation.waitsFor } as const)
        : await this.howToRun(scene, found);
    if (how.kind === 'broken')
      return {
        decision: decision(found, 'broken', firstError(how.problems)),
        request: request(scene, found, match, how),
      };
    return { decision: decision(found, 'started', reason), request: request(scene, found, match, how) };
  }

  private howToRun({ event, project, situation }: Scene, found: FoundPipeline): Promise<HowItRuns> {
    const { checkout } = project.settings;
    return howItRuns(this.pipelines, found, { projectId: event.projectId, commit: situation.pipelineCommit, checkout });
  }

  /** Changed paths and contexts are computed only for a pipeline that asks for them. */
  private async match(scene: Scene, found: FoundPipeline, pipeline: Pipeline): Promise<Matched> {
    let event = triggerEvent(scene);
    const asked = new Set<string>();
    for (;;) {
      const match = matchTrigger(pipeline, event);
      if (match.kind !== 'needs') return match;
      if (asked.has(match.what)) return { kind: 'no', reason: `cannot be decided without ${match.what}` };
      asked.add(match.what);
      event = { ...event, ...(await this.wanted(match.what, scene, found)) };
    }
  }

  private async wanted(what: Lack, scene: Scene, found: FoundPipeline): Promise<Partial<TriggerEvent>> {
    if (what === 'contexts') return { contexts: this.contextsOf(scene, found) };
    const { paths } = scene.situation;
    if (what !== 'changed-paths') return {};
    if (paths === null) return { changedPaths: 'unavailable' };
    return { changedPaths: await this.git.changedPaths(scene.event.projectId, paths.from, paths.to, paths.dots) };
  }

  /** Only a topic has an `if`, so that the event's name is the topic; run id and number are not known yet and read 0. */
  private contextsOf(scene: Scene, found: FoundPipeline): RunContexts {
    const { event, project, message } = scene;
    const identity = {
      id: 0,
      number: 0,
      attempt: 1,
      pipelineKey: found.key,
      pipelineName: found.name,
      pipelineCommit: found.commit,
      resolved: resolved(scene, { eventName: event.topic, action: event.action }),
    };
    return this.contexts.ofMessage(identity, project, message);
  }

  /** A message names no commit but the last, and may be wrong about how many there are (FACTS trap 6): git knows. */
  private async toldByCommits(event: Event, situation: Situation): Promise<Pick<Scene, 'headMessage' | 'commits'>> {
    const { commit, trust } = situation;
    if (commit === null || trust === 'held') return { headMessage: '', commits: null };
    const commits = await this.pushedCommits(event, situation);
    const head = commits?.at(-1);
    const message = head?.id === commit ? head.message : (await this.git.commitFacts(event.projectId, commit))?.message;
    return { headMessage: message ?? '', commits };
  }

  private async pushedCommits(event: Event, situation: Situation): Promise<Scene['commits']> {
    const { ref, pipelineCommit, paths } = situation;
    if (!isMove(event) || pipelineCommit === null) return null;
    if (!ref.startsWith('refs/heads/')) return [];
    return paths && this.git.pushedCommits(event.projectId, paths.from, paths.to, MOST_PUSHED_COMMITS);
  }
}

type Matched = Exclude<TriggerMatch, { kind: 'needs' }>;
type Lack = Extract<TriggerMatch, { kind: 'needs' }>['what'];

function noteOf(situation: Situation, found: number): string | null {
  if (situation.superseded !== null) return `superseded: ${situation.superseded}`;
  return found === 0 ? 'no pipeline was found in the repository or on the server' : null;
}
