/** A message reshaped to what GitHub sends: `github.event`. */
import type { Json, JsonObject } from '../../kernel/json.js';
import { NO_COMMIT } from '../../model/event.js';
import { latestComment } from './facts.js';
import { objectAt, textAt, textsAt } from './fields.js';
import { projectUrl } from './paths.js';
import type { Reading } from './reading.js';
import { shortRef } from './refs.js';
import { commentShape, commitShape, issueShape, pullRequestShape, repositoryShape, userShape } from './shapes.js';

/** Chosen by GitHub's event name; a raw topic gets the payload of its kind, so that both are written alike. */
export function payloadOf(reading: Reading): JsonObject {
  return { ...bodyOf(reading), repository: repositoryShape(reading), sender: { login: reading.facts.actor ?? '' } };
}

function bodyOf(reading: Reading): JsonObject {
  const { resolved, facts } = reading;
  const own = OWN_BODIES.get(resolved.eventName);
  if (own !== undefined) return own(reading);
  if (resolved.eventName === 'push' || facts.kind === 'push') return pushBody(reading);
  if (facts.kind === 'create' || facts.kind === 'delete') return refBody(reading);
  if (facts.kind === 'comment')
    return { action: actionOf(reading), comment: commentBody(reading), ...threadBody(reading) };
  if (facts.pullRequest !== null) return pullRequestBody(reading);
  return facts.kind === 'issue' ? issuesBody(reading) : { action: actionOf(reading) };
}

function actionOf({ resolved, facts }: Reading): Json {
  return resolved.action ?? facts.action;
}

/** What the house itself tells of: its messages have GitHub's shape already. Matched by name only for events of our own. */
const OWN_BODIES: ReadonlyMap<string, (reading: Reading) => JsonObject> = new Map(
  Object.entries<(reading: Reading) => JsonObject>({
    schedule: ({ msg }) => ({ schedule: textAt(msg, 'schedule') }),
    workflow_run: ({ msg, resolved }) => {
      const run = objectAt(msg, 'workflow_run');
      return { action: resolved.action, workflow_run: run, workflow: { name: textAt(run ?? {}, 'name') } };
    },
    workflow_dispatch: ({ msg, resolved }) => ({ inputs: objectAt(msg, 'inputs') ?? {}, ref: resolved.ref }),
    repository_dispatch: ({ msg, resolved }) => ({
      action: resolved.action,
      branch: resolved.defaultBranch,
      client_payload: objectAt(msg, 'client_payload') ?? {},
    }),
  }),
);

/** Which commits a push brought git knows; of a run that was not told, its own alone. */
function pushBody({ project, resolved, facts }: Reading): JsonObject {
  const before = resolved.before ?? facts.before ?? NO_COMMIT;
  const after = facts.after ?? resolved.commit ?? NO_COMMIT;
  const bare = resolved.commit === null ? null : { id: resolved.commit, message: resolved.headMessage };
  const commits = resolved.commits?.map((commit) => commitShape(commit, project));
  const head = commits?.find(({ id }) => id === resolved.commit) ?? bare;
  return {
    ref: facts.ref === null ? resolved.ref : refOf(resolved.ref, facts.ref),
    before,
    after,
    created: before === NO_COMMIT,
    deleted: after === NO_COMMIT,
    forced: facts.forced,
    base_ref: null,
    compare: `${projectUrl(project)}/c/${before}..${after}`,
    pusher: { name: facts.actor ?? '' },
    commits: commits ?? (head === null ? [] : [head]),
    head_commit: head,
  };
}

/** Git knows better than the message whether a push moved a branch or a tag (FACTS trap 5). */
function refOf(resolved: string, said: string): string {
  return shortRef(resolved) === shortRef(said) ? resolved : said;
}

function refBody({ resolved, facts }: Reading): JsonObject {
  const ref = facts.ref ?? resolved.ref;
  return {
    ref: shortRef(ref),
    ref_type: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    master_branch: resolved.defaultBranch,
    pusher_type: 'user',
  };
}

function pullRequestBody(reading: Reading): JsonObject {
  const { facts, msg } = reading;
  return {
    action: actionOf(reading),
    number: facts.pullRequest?.number ?? null,
    pull_request: pullRequestShape(reading),
    ...changeBody(reading, textsAt(msg, 'tags')),
  };
}

function issuesBody(reading: Reading): JsonObject {
  return {
    action: actionOf(reading),
    issue: issueShape(reading),
    ...changeBody(reading, textsAt(reading.msg, 'tags')),
  };
}

/** The label or person that an action is about. Pagure names several labels at once, GitHub one: the first. */
function changeBody({ facts, msg }: Reading, tags: readonly string[]): JsonObject {
  const assignee = objectAt(msg, 'pullrequest', 'assignee') ?? objectAt(msg, 'issue', 'assignee');
  if (facts.action === 'labeled' || facts.action === 'unlabeled') return { label: { name: tags[0] ?? '' } };
  return facts.action === 'assigned' ? { assignee: userShape(assignee ?? undefined) } : {};
}

function commentBody({ msg, facts, project }: Reading): Json {
  const comment = latestComment(msg);
  return comment === null ? null : commentShape(comment, msg, project, facts.url ?? '');
}

/** As on GitHub, a comment on a pull-request comes with an `issue` that says so. */
function threadBody(reading: Reading): JsonObject {
  return { issue: issueShape(reading) };
}
