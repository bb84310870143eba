/** The contexts `runner` and `job` of a job. Pure. */
import type { JsonObject } from '../../kernel/json.js';
import type { JobOrder } from '../../model/job-order.js';

export interface JobPlace {
  readonly workspace: string;
  readonly temp: string;
  readonly toolCache: string;
}

/** The machine, as the `runner` context shows it. */
export interface Machine {
  readonly name: string;
  readonly arch: 'X64' | 'ARM64';
}

export function runnerContext(place: JobPlace, { name, arch }: Machine, order: JobOrder): JsonObject {
  return {
    name,
    os: 'Linux',
    arch,
    temp: place.temp,
    tool_cache: place.toolCache,
    workspace: place.workspace,
    environment: 'self-hosted',
    ...(wants(order, 'ACTIONS_RUNNER_DEBUG') ? { debug: '1' } : {}),
  };
}

/** Is the secret or variable of this name `true`? */
function wants({ secrets, contexts }: JobOrder, name: string): boolean {
  return (secrets[name] ?? contexts.vars[name])?.toLowerCase() === 'true';
}

/** All but `status`. */
export function jobContext({ jobId, contexts: { github } }: JobOrder): JsonObject {
  const ref = textAt(github, 'workflow_ref');
  const repository = textAt(github, 'repository');
  const path = ref.startsWith(`${repository}/`) ? ref.slice(repository.length + 1) : ref;
  return {
    check_run_id: jobId,
    container: {},
    services: {},
    workflow_ref: ref,
    workflow_sha: textAt(github, 'workflow_sha'),
    workflow_repository: repository,
    workflow_file_path: path.replace(/@[^@]*$/, ''),
  };
}

function textAt(context: JsonObject, name: string): string {
  const value = context[name];
  return typeof value === 'string' ? value : '';
}
