/** The environment of a step, layer upon layer (LANGUAGE.md, "Environment"). Pure. */
import type { Json, JsonObject } from '../../kernel/json.js';

export type Env = Readonly<Record<string, string>>;

/** Lowest first; the runner's own names come last and win. */
export interface EnvLayers {
  /** Of the executor. */
  readonly base: Env;
  /** Of pipeline and job. */
  readonly declared: Env;
  /** What steps wrote to GITHUB_ENV. */
  readonly exported: Env;
  readonly step: Env;
  /** What steps wrote to GITHUB_PATH, the newest first. */
  readonly paths: readonly string[];
  readonly own: Env;
}

export function stepEnvironment({ base, declared, exported, step, paths, own }: EnvLayers): Env {
  const env: Record<string, string> = { ...base, CI: 'true', ...declared, ...exported, ...step };
  if (paths.length > 0) env['PATH'] = [...paths, ...(env['PATH'] ? [env['PATH']] : [])].join(':');
  return { ...env, ...own };
}

/** Properties of the `github` context that become `GITHUB_…`. */
const GITHUB_NAMES = [
  'action',
  'action_path',
  'action_ref',
  'action_repository',
  'actor',
  'actor_id',
  'api_url',
  'base_ref',
  'event_name',
  'event_path',
  'graphql_url',
  'head_ref',
  'job',
  'ref',
  'ref_name',
  'ref_protected',
  'ref_type',
  'repository',
  'repository_id',
  'repository_owner',
  'repository_owner_id',
  'retention_days',
  'run_attempt',
  'run_id',
  'run_number',
  'server_url',
  'sha',
  'triggering_actor',
  'workflow',
  'workflow_ref',
  'workflow_sha',
  'workspace',
];

/** The names that the runner itself sets: those of the contexts, and the command files. */
export function ownNames(github: JsonObject, runner: JsonObject, files: Env): Env {
  const fromGithub = GITHUB_NAMES.map((name) => [`GITHUB_${name.toUpperCase()}`, textOf(github[name])]);
  const fromRunner = Object.entries(runner).map(([name, value]) => [`RUNNER_${name.toUpperCase()}`, textOf(value)]);
  return { GITHUB_ACTIONS: 'true', ...Object.fromEntries([...fromGithub, ...fromRunner]), ...files };
}

function textOf(value: Json | undefined): string {
  return value === null || value === undefined || typeof value === 'object' ? '' : String(value);
}
