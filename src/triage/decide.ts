/** `decide(event)`: reads and answers only. What each pipeline of the project does about an event, and why. */
import type { Json } from '../kernel/json.js';
import type { Git } from '../git/git.js';
import { type Event, type EventFacts, headNameOf, type ResolvedEvent } from '../model/event.js';
import type { Project } from '../model/project.js';
import { matchTrigger, type Pipeline, type TriggerEvent, type TriggerMatch } from '../pipeline/index.js';
import type { ForgeMessage } from '../forge/forge.js';
import type { Run, RunContexts } from '../model/run.js';
import type { ReadContexts } from '../runs/read-contexts.js';
import type { DecidedPipeline, RunRequest, TriageAnswer } from '../runs/start-runs.js';
import { linkFound } from './link-found.js';
import type { FoundPipeline, ReadPipelines } from './read-pipelines.js';
import {
  chosenTriggers,
  isLookedAt,
  isOfPull,
  joinTargets,
  runsOf,
  type TriggerChoice,
} from './pull-request-target.js';
import { keptCommit, type Replayed, replaySituation } from './replayed.js';
import { chainSituation, type FindSituation, type Situation } from './situation.js';

/** What is decided about: the mirror has been fetched after the event was stored. */
export interface EventToDecide {
  readonly event: Event;
  readonly message: ForgeMessage;
  readonly facts: EventFacts;
  readonly project: Project;
  /** What it repeats; null for an event of its own. */
  readonly replayed: Replayed | null;
  /** The run that it tells of; null for an event of any other source. */
  readonly chained: Chained | null;
}

/** What an event of a chain tells of. */
export interface Chained {
  readonly run: Run;
  /** 1 for the first that follows. */
  readonly depth: number;
}

interface Scene extends EventToDecide {
  readonly situation: Situation;
  /** Which triggers are looked at: `pull_request_target` stands on the default branch, whatever its event is about. */
  readonly triggers: TriggerChoice;
  /** First line for people, and what skip tokens are looked for in. */
  readonly headMessage: string;
}

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

  private target({ event, replayed }: EventToDecide, pull: Situation): Promise<Situation | null> {
    return this.situations.ofTarget(event, pull, keptCommit(replayed && runsOf(replayed, 'targets')));
  }

  private async decideAll(asked: EventToDecide, situation: Situation, triggers: TriggerChoice) {
    const { projectId } = asked.event;
    const scene: Scene = { ...asked, situation, triggers, headMessage: await this.headMessage(projectId, situation) };
    const found = await this.pipelines.of(projectId, situation.pipelineCommit);
    const decided: DecidedPipeline[] = [];
    for (const one of found) if (isLookedAt(one, triggers)) decided.push(await this.decideOne(scene, one));
    return decided;
  }

  /** Of a replay that of the event which came from outside: what was told before that one counts, and nothing since. */
  private async situation({ event, facts, replayed: all, chained }: EventToDecide): Promise<Situation | string> {
    const replayed = all && runsOf(all, 'all but targets');
    const found = await this.situations.of(replayed?.first ?? event, facts, keptCommit(replayed));
    if (typeof found === 'string') return found;
    const situation = chained === null ? found : chainSituation(found, chained.run);
    return replayed === null ? situation : replaySituation(event, replayed, situation);
  }

  /** There is no tree to read: what is kept on the server is told why it does not start. */
  private async startNothing({ projectId }: Event, why: string): Promise<TriageAnswer> {
    const found = await this.pipelines.of(projectId, null);
    return { decided: found.map((one) => ({ decision: decision(one, 'filtered', why), request: null })), note: why };
  }

  private async decideOne(scene: Scene, found: FoundPipeline): Promise<DecidedPipeline> {
    if (found.pipeline === null) return broken(scene, found);
    const match = notMeant(scene, found) ?? (await this.match(scene, found, chosenTriggers(found.pipeline, scene)));
    if (match.kind === 'no') return { decision: decision(found, 'filtered', match.reason), request: null };
    const { superseded, trust } = scene.situation;
    if (superseded !== null) {
      const how = { kind: 'superseded', reason: `superseded: ${superseded}` } as const;
      return { decision: decision(found, 'superseded', how.reason), request: request(scene, found, match, how) };
    }
    const reason = trust === 'held' ? `${match.reason}; ${scene.situation.trustReason}` : match.reason;
    const how = trust === 'held' ? ({ kind: 'hold' } as const) : await this.howToRun(scene, found, found.pipeline);
    if (how.kind === 'broken')
      return { decision: decision(found, 'broken', firstOf(how.problems)), request: request(scene, found, match, how) };
    return { decision: decision(found, 'started', reason), request: request(scene, found, match, how) };
  }

  /** With the pipelines that it calls; those of a text kept on the server stand where the repository's own are read. */
  private async howToRun({ event, project, situation }: Scene, found: FoundPipeline, pipeline: Pipeline) {
    const { checkout } = project.settings;
    const source = { projectId: event.projectId, commit: found.commit ?? situation.pipelineCommit, checkout };
    const linked = await linkFound(this.pipelines, pipeline, source);
    if (linked.kind === 'problems') return { kind: 'broken', problems: linked.problems } as const;
    return { kind: 'run', pipeline: linked.pipeline, checkout: found.isOurs && checkout } as const;
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

  private async headMessage(projectId: number, situation: Situation): Promise<string> {
    if (situation.commit === null || situation.trust === 'held') return '';
    return (await this.git.commitFacts(projectId, situation.commit))?.message ?? '';
  }
}

type Matched = Exclude<TriggerMatch, { kind: 'needs' }>;
type Lack = Extract<TriggerMatch, { kind: 'needs' }>['what'];

function triggerEvent(scene: Scene): TriggerEvent {
  const { event, facts, situation, headMessage } = scene;
  return {
    topic: event.topic,
    kind: event.kind,
    action: event.action,
    ref: event.kind === 'push' || event.kind === 'create' ? situation.ref : event.ref,
    targetBranch: facts.pullRequest?.targetBranch ?? null,
    actor: event.actor,
    headMessage,
    changedPaths: null,
    ...ownPart(scene),
  };
}

/** What the house itself told; the kind and source of a stored event are ours, whatever its message says. */
function ownPart({ event, message: { msg }, chained }: Scene): Partial<TriggerEvent> {
  if (chained !== null) return { workflow: chained.run.pipelineName, ref: headRef(chained.run.resolved) };
  return event.kind === 'schedule' ? { schedule: textOf(msg['schedule']) } : {};
}

/** GitHub compares the branch filters of `workflow_run` with the branch that the other run was about, or its tag. */
function headRef(resolved: ResolvedEvent): string {
  return `refs/heads/${headNameOf(resolved)}`;
}

/** A line of a schedule is due for the pipeline in which it stands alone. */
function notMeant({ event, message: { msg }, chained }: Scene, found: FoundPipeline): Matched | null {
  const { key } = found;
  if (chained?.run.pipelineKey === key && !namesOthers(found))
    return { kind: 'no', reason: 'workflow_run: without `workflows` a pipeline follows all others, not itself' };
  if (event.kind !== 'schedule' || msg['pipeline'] === key) return null;
  return { kind: 'no', reason: `the time of ${textOf(msg['pipeline'])} has come, not of this pipeline` };
}

function namesOthers({ pipeline }: FoundPipeline): boolean {
  return pipeline?.triggers.every(({ name, workflows }) => name !== 'workflow_run' || workflows !== null) ?? true;
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function decision(found: FoundPipeline, outcome: DecidedPipeline['decision']['outcome'], reason: string) {
  return { pipelineKey: found.key, pipelineName: found.name, outcome, reason };
}

function firstOf(problems: FoundPipeline['problems']): string {
  const first = problems.find((problem) => problem.severity === 'error');
  return first ? `${first.file}:${first.line}:${first.column}: ${first.message}` : 'it cannot be read';
}

/** Nobody can tell what a broken file would match: each change of the project's own says so once. */
function broken(scene: Scene, found: FoundPipeline): DecidedPipeline {
  const where = firstOf(found.problems);
  const isRun = scene.situation.isOwnChange && scene.situation.superseded === null;
  const match = {
    eventName: scene.event.kind === 'pull-request' ? 'pull_request' : 'push',
    action: scene.event.action,
  };
  const how = { kind: 'broken', problems: found.problems } as const;
  return { decision: decision(found, 'broken', where), request: isRun ? request(scene, found, match, how) : null };
}

function request(
  scene: Scene,
  found: FoundPipeline,
  match: { readonly eventName: string; readonly action: string | null },
  how: RunRequest['how'],
): RunRequest {
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

function resolved(scene: Scene, match: { readonly eventName: string; readonly action: string | null }): ResolvedEvent {
  const { ref, commit, before, defaultBranch } = scene.situation;
  const { eventName, action } = match;
  const { pullRequest } = scene.facts;
  const isPull = pullRequest !== null && (isOfPull({ ref }) || scene.triggers === 'targets');
  const head = isPull ? { headBranch: pullRequest.sourceBranch } : {};
  return {
    ...head,
    eventName,
    action,
    ref,
    commit,
    before,
    defaultBranch,
    headMessage: scene.headMessage.slice(0, 10_000),
  };
}

function titleOf({ event, facts, headMessage }: Scene): string {
  const line = event.kind === 'pull-request' ? facts.pullRequest?.title : headMessage.split('\n', 1)[0];
  return (line || event.summary).slice(0, 200);
}

function noteOf(situation: Situation, found: number): string | null {
  if (situation.superseded !== null) return `superseded: ${situation.superseded}`;
  return found === 0 ? 'no pipeline was found in the repository or on the server' : null;
}
