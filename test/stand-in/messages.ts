/** The `msg` of the web-hooks that tests and the demo send most, as Pagure fills them. */
import type { JsonObject } from '../../src/kernel/json.js';
import { pagureTime, projectObject, type StandInProject, userObject } from './projects.js';

export interface Push {
  readonly project: StandInProject;
  readonly agent: string;
  readonly branch: string;
  readonly before: string;
  readonly after: string;
  readonly forced?: boolean;
}

/** `git.receive`. */
export function pushMsg(appUrl: string, push: Push): JsonObject {
  return {
    agent: push.agent,
    authors: [userObject(appUrl, push.agent)],
    branch: push.branch,
    changed_files: {},
    start_commit: push.after,
    end_commit: push.after,
    old_commit: push.before,
    forced: push.forced ?? false,
    total_commits: 1,
    pull_request_id: null,
    repo: projectObject(appUrl, push.project),
  };
}

export interface RefChange {
  readonly project: StandInProject;
  readonly agent: string;
  readonly ref: { readonly branch: string } | { readonly tag: string };
  readonly rev: string;
}

/** `git.branch.creation`, `git.tag.creation` and their deletions. */
export function refMsg(appUrl: string, { project, agent, ref, rev }: RefChange): JsonObject {
  return { agent, authors: [userObject(appUrl, agent)], ...ref, rev, repo: projectObject(appUrl, project) };
}

export interface PullRequest {
  readonly project: StandInProject;
  readonly number: number;
  readonly title: string;
  readonly author: string;
  readonly branch: string;
  readonly branchFrom: string;
  /** The project itself, a fork, or the address of a remote. */
  readonly source: StandInProject | string;
  readonly head: string | null;
  readonly openedAt: number;
}

/** `pull-request.new`; with the agent `pagure` also `.updated` and `.rebased`. */
export function pullRequestMsg(appUrl: string, agent: string, pull: PullRequest): JsonObject {
  const isRemote = typeof pull.source === 'string';
  const time = pagureTime(pull.openedAt);
  const pullrequest = {
    id: pull.number,
    uid: String(pull.number).padStart(32, '0'),
    title: pull.title,
    branch: pull.branch,
    branch_from: pull.branchFrom,
    project: projectObject(appUrl, pull.project),
    repo_from: typeof pull.source === 'string' ? null : projectObject(appUrl, pull.source),
    remote_git: isRemote ? pull.source : null,
    commit_start: pull.head,
    commit_stop: pull.head,
    status: 'Open',
    initial_comment: null,
    user: userObject(appUrl, pull.author),
    assignee: null,
    closed_by: null,
    closed_at: null,
    cached_merge_status: 'unknown',
    threshold_reached: null,
    tags: [],
    full_url: `${appUrl}${pull.project.fullname}/pull-request/${pull.number}`,
    comments: [],
    date_created: time,
    updated_on: time,
    last_updated: time,
  };
  return { agent, pullrequest: pullrequest as JsonObject };
}
