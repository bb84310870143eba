/** Finds out what an event stands on, by what it says and what git says of it. */
import type { Git } from '../git/git.js';
import { type Event, type EventFacts, NO_COMMIT, type PullRequestFacts } from '../model/event.js';
import { strangersOf, type Project } from '../model/project.js';
import { type FindCause, tellsOfNewCommits } from './cause.js';
import type { JudgePull } from './judge-pull.js';
import type { Situation } from './situation.js';

/** What a situation is asked of. */
export interface AskedSituation {
  readonly project: Project;
  readonly event: Event;
  readonly facts: EventFacts;
  /** The default branch as a full ref; null for an empty repository. */
  readonly head: string | null;
  /** The commit that an event without one of its own keeps to; null for the head of the default branch. */
  readonly kept: string | null;
}

const EMPTY = 'the repository holds no commit yet';
const NEVER = 'the project starts nothing for pull-requests of strangers (its setting `strangers` is `never`)';
const NOT_HELD = { waitsFor: 'approval', refused: null } as const;
/** Of what is superseded: nothing of it runs. */
const UNJUDGED = {
  trust: 'restricted',
  trustReason: 'a pull-request of the project itself',
  waitsFor: 'approval',
} as const;

interface ToldPull {
  readonly pull: PullRequestFacts;
  /** Bare name. */
  readonly defaultBranch: string;
}

/** Asked after the mirror was fetched. */
export class FindSituation {
  constructor(
    private readonly git: Git,
    private readonly causes: FindCause,
    private readonly judging: JudgePull,
  ) {}

  /** A text says why there is nothing to decide. */
  async of({ project, event, facts, head, kept }: AskedSituation): Promise<Situation | string> {
    if (isEmptyClaim(event, facts)) return 'the message names nothing that could be tested';
    const defaultBranch = head?.replace(/^refs\/heads\//, '') ?? '';
    if (isMove(event)) return this.ofMove(event, defaultBranch);
    const { pullRequest } = facts;
    if (pullRequest && isAboutItsCommits(event))
      return pullRequest.source === 'own'
        ? this.ofOwnPullRequest(project, event, { pull: pullRequest, defaultBranch })
        : this.ofForeignPullRequest(project, event, { pull: pullRequest, defaultBranch });
    return (head && (await this.ofDefaultBranch(event, head, kept))) ?? EMPTY;
  }

  /** What `pull_request_target` stands on: the head of the default branch, a run of its own beside the pull-request's. */
  async ofTarget(pull: Situation, { event, head, kept }: AskedSituation): Promise<Situation | null> {
    const found = head && (await this.ofDefaultBranch(event, head, kept));
    if (!found) return null;
    return {
      ...found,
      cause: `${pull.cause} target`,
      subject: pull.subject === null ? null : targetSubject(pull.subject),
      paths: pull.paths,
      before: pull.before,
      ...trustOfTarget(pull),
    };
  }

  /** A push is trusted only when a fetch from the project's own URL shows the commit reachable from that ref. */
  private async ofMove(event: Event, defaultBranch: string): Promise<Situation> {
    const { projectId } = event;
    const ref = await this.refOfMove(event);
    const commit = await this.git.commitOf(projectId, event.after!);
    const isThere = commit !== null && (await this.git.isReachable(projectId, commit, ref));
    const tested = commit ?? event.after!;
    const { cause, before } = await this.causes.ofMove(event, ref, tested);
    return {
      cause,
      ref,
      commit: tested,
      pipelineCommit: isThere ? commit : null,
      trust: isThere ? 'trusted' : 'restricted',
      trustReason: isThere ? 'the commit stands in the project itself' : 'the commit does not stand in the project',
      ...NOT_HELD,
      subject: `${ref}@${tested}`,
      paths: isThere ? await this.pathsOfMove(event, ref, before, commit) : null,
      before,
      defaultBranch,
      isOwnChange: true,
      superseded: isThere ? null : `${short(tested)} does not stand in ${ref} any more`,
    };
  }

  /** A `git.receive` of a tag may name it as if it were a branch (FACTS trap 5): git knows. */
  private async refOfMove(event: Event): Promise<string> {
    const ref = event.ref!;
    if (!ref.startsWith('refs/heads/') || (await this.git.commitOf(event.projectId, ref)) !== null) return ref;
    const tag = ref.replace(/^refs\/heads\//, 'refs/tags/');
    return (await this.git.commitOf(event.projectId, tag)) === null ? ref : tag;
  }

  private async pathsOfMove(event: Event, ref: string, before: string, commit: string): Promise<Situation['paths']> {
    // A tip that was forced away and never fetched: what changed is not known.
    if (before !== NO_COMMIT && (await this.git.commitOf(event.projectId, before)) === null) return null;
    if (before !== NO_COMMIT) return { from: before, to: commit, dots: 'two' };
    const base = await this.git.newBranchBase(event.projectId, commit, ref);
    return { from: base ?? NO_COMMIT, to: commit, dots: 'two' };
  }

  /**
   * Its commit counts only when a fetch from the project's own URL shows it: in its source branch, or merged already. Nobody is
   * asked about what cannot be tested any more. Of an author who may not commit the target branch's text counts.
   */
  private async ofOwnPullRequest(project: Project, event: Event, told: ToldPull): Promise<Situation> {
    const { pull } = told;
    const head = pull.head;
    const isThere =
      head !== null && (await this.isInBranches(event.projectId, head, [pull.sourceBranch, pull.targetBranch]));
    const target = await this.git.commitOf(event.projectId, `refs/heads/${pull.targetBranch}`);
    const judged = isThere ? await this.judging.judge(project, pull) : UNJUDGED;
    const isOfTarget = judged.trust === 'held' && judged.waitsFor === 'approval';
    return {
      ...(await this.pullRequestPart(event, told)),
      pipelineCommit: isOfTarget ? target : isThere ? head : null,
      before: target,
      ...judged,
      refused: null,
      paths: isThere && target !== null ? { from: target, to: head, dots: 'three' } : null,
      isOwnChange: !isOfTarget,
      superseded: isThere ? null : `${short(head ?? 'its commit')} does not stand in ${pull.sourceBranch} any more`,
    };
  }

  /** Fail closed: the pipelines are those of the branch that it wants to go to, and nothing of it is looked at here. */
  private async ofForeignPullRequest(project: Project, event: Event, told: ToldPull): Promise<Situation> {
    const target = await this.git.commitOf(event.projectId, `refs/heads/${told.pull.targetBranch}`);
    return {
      ...(await this.pullRequestPart(event, told)),
      pipelineCommit: target,
      before: target,
      ...(await this.judging.judge(project, told.pull)),
      refused: strangersOf(project.settings) === 'never' ? NEVER : null,
      paths: null,
      isOwnChange: false,
      superseded: null,
    };
  }

  private async pullRequestPart(event: Event, { pull, defaultBranch }: ToldPull) {
    return {
      cause: tellsOfNewCommits(event) ? await this.causes.ofUpdate(event) : this.causes.ofEvent(event),
      ref: `refs/pull/${pull.number}/merge`,
      commit: pull.head,
      subject: pull.head === null ? null : `pull/${pull.number}@${pull.head}`,
      defaultBranch,
    };
  }

  private async isInBranches(projectId: number, commit: string, branches: readonly string[]): Promise<boolean> {
    for (const branch of branches) {
      if (branch !== '' && (await this.git.isReachable(projectId, commit, `refs/heads/${branch}`))) return true;
    }
    return false;
  }

  /** Events that name no commit of the project: the default branch's text and head. */
  private async ofDefaultBranch(event: Event, head: string, kept: string | null): Promise<Situation | null> {
    const commit = await this.git.commitOf(event.projectId, kept ?? head);
    if (commit === null && kept === null) return null;
    const isThere = commit !== null && (kept === null || (await this.git.isReachable(event.projectId, commit, head)));
    const defaultBranch = head.replace(/^refs\/heads\//, '');
    const isUpdate = tellsOfNewCommits(event);
    return {
      cause: isUpdate ? await this.causes.ofUpdate(event) : this.causes.ofEvent(event),
      ref: head,
      commit: commit ?? kept,
      pipelineCommit: isThere ? commit : null,
      ...trustOf(event),
      ...NOT_HELD,
      subject: null,
      paths: null,
      before: null,
      defaultBranch,
      isOwnChange: false,
      superseded: isThere ? null : `${short(kept ?? 'its commit')} does not stand in ${defaultBranch} any more`,
    };
  }
}

/** The clock has no actor who could lower what the default branch of the project itself is worth. */
function trustOf({ source }: Event): Pick<Situation, 'trust' | 'trustReason'> {
  if (source === 'schedule')
    return { trust: 'trusted', trustReason: 'the clock started the default branch of the project itself' };
  return { trust: 'restricted', trustReason: 'started by an event that names no commit of the project' };
}

/** The default branch's text runs for a pull-request: as far as that is trusted, and never for a stranger's word. */
function trustOfTarget({ trust }: Situation): Pick<Situation, 'trust' | 'trustReason'> {
  if (trust === 'trusted')
    return { trust, trustReason: 'the default branch runs for a pull-request that is trusted itself' };
  const trustReason = 'the default branch runs for a pull-request: its author may be anybody';
  return { trust: 'restricted', trustReason };
}

export function isMove(event: Event): boolean {
  return (
    (event.kind === 'push' || event.kind === 'create') &&
    event.ref !== null &&
    event.after !== null &&
    event.after !== NO_COMMIT
  );
}

/** Comments and flags of a pull-request are judged by the default branch's text; the comment that tells of new commits is not one. */
function isAboutItsCommits(event: Event): boolean {
  return event.kind === 'pull-request' || tellsOfNewCommits(event);
}

/** Kinds that say nothing without the ref or the pull-request that they are about. */
function isEmptyClaim(event: Event, facts: EventFacts): boolean {
  if (event.kind === 'push' || event.kind === 'create') return !isMove(event);
  return event.kind === 'pull-request' && facts.pullRequest === null;
}

/** Its flag stands beside that of the pull-request's own run: both may be of one pipeline. */
function targetSubject(subject: string): string {
  return subject.replace(/^pull\//, 'pull-target/');
}

function short(commit: string): string {
  return /^[0-9a-f]{40}$/.test(commit) ? commit.slice(0, 12) : commit;
}
