/** Pagure's project, user, pull-request, issue and comment in GitHub's shapes. */
import type { Json, JsonObject } from '../../kernel/json.js';
import type { PushedCommit } from '../../model/pushed-commit.js';
import type { ForgeProject } from '../forge.js';
import { countAt, nameAt, objectAt, textAt, textsAt } from './fields.js';
import { cloneUrl, projectUrl } from './paths.js';
import { pullRequestOf } from './pull-request.js';
import type { Reading } from './reading.js';

/** Without the lists of files, which GitHub too leaves out where pipelines run. */
export function commitShape(commit: PushedCommit, project: ForgeProject): JsonObject {
  const { id, tree, message, committedAt, authorName, authorEmail, committerName, committerEmail } = commit;
  return {
    id,
    tree_id: tree,
    distinct: true,
    message,
    timestamp: committedAt,
    url: `${projectUrl(project)}/c/${id}`,
    author: { name: authorName, email: authorEmail },
    committer: { name: committerName, email: committerEmail },
  };
}

/** The message's object of the project that it is about; what names another project is not looked at. */
function projectOf(msg: JsonObject, project: ForgeProject): JsonObject | null {
  const named = [objectAt(msg, 'repo'), objectAt(msg, 'project'), objectAt(pullRequestOf(msg) ?? {}, 'project')];
  return named.find((object) => object !== null && textAt(object, 'fullname') === project.fullname) ?? null;
}

/** The namespace, else the owner. */
export function ownerOf(msg: JsonObject, project: ForgeProject): string {
  const parts = project.fullname.replace(/^forks\/[^/]+\//, '').split('/');
  if (parts.length > 1) return parts[0] ?? '';
  const fork = /^forks\/([^/]+)\//.exec(project.fullname)?.[1];
  return fork ?? nameAt(projectOf(msg, project) ?? undefined, 'user', 'name') ?? '';
}

/** Pagure's number of the project as text; '' where the message does not say it. */
export function repositoryId(msg: JsonObject, project: ForgeProject): string {
  return String(countAt(projectOf(msg, project) ?? undefined, 'id') ?? '');
}

/** Private projects send no web-hooks, so what sent one is public. */
export function repositoryShape({ msg, project, resolved }: Reading): JsonObject {
  const object = projectOf(msg, project) ?? undefined;
  return {
    id: countAt(object, 'id'),
    name: project.fullname.slice(project.fullname.lastIndexOf('/') + 1),
    full_name: project.fullname,
    description: textAt(object, 'description'),
    default_branch: resolved.defaultBranch,
    html_url: projectUrl(project),
    clone_url: cloneUrl(project),
    private: false,
    fork: project.fullname.startsWith('forks/'),
    owner: { login: ownerOf(msg, project) },
  };
}

/** A user, or null where the message names none. */
export function userShape(user: Json | undefined): Json {
  const login = nameAt(user, 'name');
  return login === null ? null : { login };
}

export function pullRequestShape(reading: Reading): Json {
  const { msg, project, facts, resolved } = reading;
  const pull = pullRequestOf(msg);
  const { pullRequest } = facts;
  if (pull === null || pullRequest === null) return null;
  const status = textAt(pull, 'status');
  return {
    number: pullRequest.number,
    title: textAt(pull, 'title') ?? '',
    body: textAt(pull, 'initial_comment'),
    state: status === 'Open' ? 'open' : 'closed',
    draft: false,
    merged: status === 'Merged',
    html_url: pullRequestUrl(project, pullRequest.number),
    labels: labels(pull),
    author_association: association(pull, msg, project),
    user: userShape(pull['user']),
    assignee: userShape(pull['assignee']),
    head: {
      ref: pullRequest.sourceBranch,
      sha: pullRequest.head ?? '',
      label: `${ownerOfSource(pull)}:${pullRequest.sourceBranch}`,
      repo: sourceRepository(pullRequest.sourceProject, project),
    },
    base: {
      ref: pullRequest.targetBranch,
      sha: resolved.before ?? '',
      repo: { full_name: project.fullname },
    },
  };
}

/** Null for a remote pull-request, as for a deleted fork on GitHub. */
function sourceRepository(fullname: string | null, { instance }: ForgeProject): Json {
  if (fullname === null) return null;
  return { full_name: fullname, fork: fullname.startsWith('forks/'), clone_url: cloneUrl({ instance, fullname }) };
}

function ownerOfSource(pull: JsonObject): string {
  return nameAt(pull, 'repo_from', 'namespace') ?? nameAt(pull, 'repo_from', 'user', 'name') ?? '';
}

/** An issue, or the pull-request that was commented on in the form of one. */
export function issueShape({ msg, project, facts }: Reading): Json {
  const issue = objectAt(msg, 'issue') ?? pullRequestOf(msg);
  const number = countAt(issue ?? undefined, 'id');
  if (issue === null || number === null) return null;
  const isPull = facts.pullRequest !== null;
  return {
    number,
    title: textAt(issue, 'title') ?? '',
    body: textAt(issue, isPull ? 'initial_comment' : 'content'),
    state: textAt(issue, 'status') === 'Open' ? 'open' : 'closed',
    html_url: isPull ? pullRequestUrl(project, number) : `${projectUrl(project)}/issue/${number}`,
    user: userShape(issue['user']),
    assignee: userShape(issue['assignee']),
    author_association: association(issue, msg, project),
    labels: labels(issue),
    ...(isPull ? { pull_request: { html_url: pullRequestUrl(project, number) } } : {}),
  };
}

export function commentShape(comment: JsonObject, msg: JsonObject, project: ForgeProject, url: string): JsonObject {
  return {
    id: countAt(comment, 'id'),
    body: textAt(comment, 'comment') ?? '',
    html_url: url,
    user: userShape(comment['user']),
    author_association: association(comment, msg, project),
  };
}

function labels(object: JsonObject): Json {
  return textsAt(object, 'tags').map((name) => ({ name }));
}

function pullRequestUrl(project: ForgeProject, number: number): string {
  return `${projectUrl(project)}/pull-request/${number}`;
}

/** What the access list in the message says of who wrote `object`: for conditions in a pipeline, never a ground for trust (TRUST.md §1). */
function association(object: JsonObject, msg: JsonObject, project: ForgeProject): string {
  const name = nameAt(object, 'user', 'name');
  const access = objectAt(projectOf(msg, project) ?? {}, 'access_users') ?? {};
  const holds = (role: string) => name !== null && textsAt(access, role).includes(name);
  if (holds('owner')) return 'OWNER';
  if (holds('admin') || holds('commit')) return 'COLLABORATOR';
  return holds('collaborator') ? 'CONTRIBUTOR' : 'NONE';
}
