/** Made-up messages, one for each topic, with the fields that are read of the real ones (FACTS §2). */
import type { JsonObject } from '../../kernel/json.js';
import type { ForgeProject } from '../forge.js';

export const SAMPLE_PROJECT: ForgeProject = { instance: 'https://pagure.io', fullname: 'your-project' };

const USER: JsonObject = { name: 'alice' };
const OLD = 'a'.repeat(40);
const NEW = 'b'.repeat(40);
const REPOSITORY: JsonObject = {
  id: 1,
  name: SAMPLE_PROJECT.fullname,
  fullname: SAMPLE_PROJECT.fullname,
  user: USER,
  access_users: { owner: ['alice'], admin: [], commit: [], collaborator: [], ticket: [] },
};
const COMMENT: JsonObject = { id: 1, comment: 'A comment', user: USER, notification: false };
const TAGS = ['label'];

/** Pure. */
export function sampleMsg(topic: string, branch: string): JsonObject {
  const base = {
    ...(topic === 'Test.notification' ? {} : { agent: 'alice' }),
    pagure_instance: `${SAMPLE_PROJECT.instance}/`,
    project_fullname: SAMPLE_PROJECT.fullname,
  };
  return { ...base, ...bodyOf(topic, branch) };
}

function bodyOf(topic: string, branch: string): JsonObject {
  const [what = ''] = topic.split('.');
  if (what === 'git') return { repo: REPOSITORY, ...moveBody(topic, branch) };
  if (what === 'pull-request' || what === 'request') return pullRequestBody(topic, branch);
  if (what === 'issue') return issueBody(topic);
  if (what === 'commit') return { repo: REPOSITORY, ...flagBody() };
  return topic === 'Test.notification' ? { content: 'Test message' } : { project: REPOSITORY };
}

function moveBody(topic: string, branch: string): JsonObject {
  if (topic === 'git.receive')
    return { branch, old_commit: OLD, end_commit: NEW, forced: false, total_commits: 1, authors: [USER] };
  return topic.startsWith('git.tag.') ? { tag: 'v1.0', rev: NEW } : { branch: `${branch}-2`, rev: NEW };
}

function pullRequestBody(topic: string, branch: string): JsonObject {
  const isClosed = topic === 'pull-request.closed';
  const pullrequest: JsonObject = {
    id: 1,
    title: 'A pull-request',
    initial_comment: 'What it does',
    branch,
    branch_from: 'feature',
    commit_start: NEW,
    commit_stop: NEW,
    project: REPOSITORY,
    repo_from: REPOSITORY,
    remote_git: null,
    status: isClosed ? 'Merged' : 'Open',
    user: USER,
    assignee: topic.includes('.assigned.added') ? USER : null,
    tags: topic.includes('.tag.') ? TAGS : [],
    comments: topic.includes('.comment.') ? [COMMENT] : [],
  };
  return { pullrequest, ...(isClosed ? { merged: true } : {}), ...aboutBody(topic) };
}

function issueBody(topic: string): JsonObject {
  const issue: JsonObject = {
    id: 1,
    title: 'An issue',
    content: 'What is wrong',
    status: 'Open',
    user: USER,
    assignee: topic.includes('.assigned.added') ? USER : null,
    tags: topic.includes('.tag.') ? TAGS : [],
    comments: topic.includes('.comment.') ? [COMMENT] : [],
  };
  return { issue, project: REPOSITORY, ...(topic === 'issue.edit' ? { fields: ['title'] } : {}), ...aboutBody(topic) };
}

/** What the topic is about beside its object. */
function aboutBody(topic: string): JsonObject {
  if (topic.includes('.tag.')) return { tags: TAGS };
  return topic.includes('.flag.') ? flagBody() : {};
}

function flagBody(): JsonObject {
  return {
    flag: { commit_hash: NEW, status: 'success', username: 'ci', comment: 'passed', url: 'https://ci.example.org/1' },
  };
}
