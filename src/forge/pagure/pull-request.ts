/** What a message says of a pull-request. */
import { oneLine } from '../../kernel/one-line.js';
import type { JsonObject } from '../../kernel/json.js';
import type { PullRequestFacts } from '../../model/event.js';
import type { ForgeProject } from '../forge.js';
import { commitAt, countAt, nameAt, objectAt, textAt } from './fields.js';
import { fullRef, shortRef } from './refs.js';

const LONGEST_URL = 2_000;

/** The pull-request's object: some topics call it otherwise. */
export function pullRequestOf(msg: JsonObject): JsonObject | null {
  return objectAt(msg, 'pullrequest') ?? objectAt(msg, 'pull_request') ?? objectAt(msg, 'request');
}

/** Null without a number. Whatever is not clearly a branch of the project itself counts as another's. */
export function readPullRequest(msg: JsonObject, project: ForgeProject): PullRequestFacts | null {
  const pull = pullRequestOf(msg);
  const number = countAt(pull ?? undefined, 'id');
  if (pull === null || number === null) return null;
  const sourceProject = isRemote(pull) ? null : nameAt(pull, 'repo_from', 'fullname');
  return {
    number,
    title: oneLine(textAt(pull, 'title') ?? '', 300),
    targetBranch: branchAt(pull, 'branch'),
    sourceBranch: branchAt(pull, 'branch_from'),
    source: sourceProject === null ? 'remote' : sourceProject === project.fullname ? 'own' : 'fork',
    sourceProject,
    ...(sourceProject === null && remoteOf(pull)),
    head: commitAt(pull, 'commit_stop'),
    author: nameAt(pull, 'user', 'name'),
  };
}

function isRemote(pull: JsonObject): boolean {
  return Boolean(pull['remote_git']) || objectAt(pull, 'repo_from') === null;
}

function remoteOf(pull: JsonObject): { readonly remoteUrl?: string } {
  const url = textAt(pull, 'remote_git');
  return url !== null && url !== '' && url.length <= LONGEST_URL ? { remoteUrl: url } : {};
}

function branchAt(pull: JsonObject, key: string): string {
  const ref = fullRef('refs/heads/', textAt(pull, key));
  return ref === null ? '' : shortRef(ref);
}
