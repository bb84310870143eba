/** The contexts `github`, `event` and `pagure` of a message (LANGUAGE.md, "Contexts"): pure, and never throws. */
import type { Json, JsonObject } from '../../kernel/json.js';
import type { EventFacts } from '../../model/event.js';
import type { ForgeContexts, ForgeMessage, ForgeProject, ResolvedEvent } from '../forge.js';
import { readFacts } from './facts.js';
import { countAt, nameAt } from './fields.js';
import { cloneUrl } from './paths.js';
import { payloadOf } from './payload.js';
import type { Reading } from './reading.js';
import { shortRef } from './refs.js';
import { ownerOf, repositoryId } from './shapes.js';

export function readContexts(message: ForgeMessage, project: ForgeProject, resolved: ResolvedEvent): ForgeContexts {
  const facts = readFacts(message, project);
  const reading = { msg: message.msg, project, resolved, facts };
  return {
    github: { ...githubContext(reading), event: payloadOf(reading) },
    event: { topic: message.topic, msg: message.msg },
    pagure: pagureContext(message, project, facts),
  };
}

/** What needs no run; `run_id`, `workflow`, `job`, `workspace`, `token` and their like are added by whoever knows the run. */
function githubContext({ msg, project, resolved, facts }: Reading): JsonObject {
  return {
    actor: facts.actor ?? '',
    triggering_actor: resolved.triggeringActor ?? facts.actor ?? '',
    actor_id: '',
    api_url: `${project.instance}/api/0`,
    graphql_url: '',
    server_url: project.instance,
    repository: project.fullname,
    repository_owner: ownerOf(msg, project),
    repository_id: repositoryId(msg, project),
    repositoryUrl: cloneUrl(project),
    ref: resolved.ref,
    ref_name: shortRef(resolved.ref),
    ref_type: resolved.ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    ref_protected: false,
    sha: resolved.commit ?? '',
    ...branchNames(resolved, facts),
    event_name: resolved.eventName,
  };
}

/** Bare branch names on pull-requests, '' on all other events. */
function branchNames(
  { eventName }: ResolvedEvent,
  { pullRequest }: EventFacts,
): { head_ref: string; base_ref: string } {
  const isPull = eventName === 'pull_request' || eventName === 'pull_request_target';
  if (!isPull || pullRequest === null) return { head_ref: '', base_ref: '' };
  return { head_ref: pullRequest.sourceBranch, base_ref: pullRequest.targetBranch };
}

function pagureContext({ topic, msg }: ForgeMessage, project: ForgeProject, facts: EventFacts): JsonObject {
  const number: Json = facts.pullRequest?.number ?? countAt(msg, 'pull_request_id');
  return {
    topic,
    project: project.fullname,
    instance: project.instance,
    pull_request_id: number,
    agent: nameAt(msg, 'agent'),
  };
}
