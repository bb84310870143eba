/** The environment of a step, lowest to highest (LANGUAGE.md, "Environment"). Pure. */
import type { JsonObject } from '../../kernel/json.js';

/** Names that the runner itself sets from the `github` context; they win over everything. */
const FROM_GITHUB = [
  'action',
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

/** Files that a step writes to; absolute paths as the job sees them. */
export interface CommandFiles {
  readonly env: string;
  readonly output: string;
  readonly path: string;
  readonly state: string;
  readonly summary: string;
}

export interface EnvironmentParts {
  /** PATH, HOME, LANG … of the session. */
  readonly base: Readonly<Record<string, string>>;
  /** Pipeline and job `env`, evaluated. */
  readonly job: Readonly<Record<string, string>>;
  /** What earlier steps wrote into GITHUB_ENV. */
  readonly written: Readonly<Record<string, string>>;
  readonly step: Readonly<Record<string, string>>;
  /** Folders that earlier steps wrote into GITHUB_PATH, the last one first. */
  readonly paths: readonly string[];
  readonly github: JsonObject;
  readonly runner: JsonObject;
  readonly files: CommandFiles;
  /** What a script's replaced expressions stand in; above all others. */
  readonly script: Readonly<Record<string, string>>;
}

export function stepEnvironment(parts: EnvironmentParts): Record<string, string> {
  const { base, job, written, step, paths, github, runner, files, script } = parts;
  const asked: Record<string, string> = { CI: 'true', ...base, ...job, ...written, ...step };
  const path = [...paths, asked['PATH'] ?? ''].filter((folder) => folder !== '').join(':');
  return {
    ...asked,
    PATH: path,
    ...prefixed('GITHUB_', github, FROM_GITHUB),
    ...prefixed('RUNNER_', runner, Object.keys(runner)),
    GITHUB_ACTIONS: 'true',
    GITHUB_ENV: files.env,
    GITHUB_OUTPUT: files.output,
    GITHUB_PATH: files.path,
    GITHUB_STATE: files.state,
    GITHUB_STEP_SUMMARY: files.summary,
    ...script,
  };
}

function prefixed(prefix: string, values: JsonObject, names: readonly string[]): Record<string, string> {
  const known = names.filter((name) => isPlain(values[name]));
  return Object.fromEntries(known.map((name) => [`${prefix}${name.toUpperCase()}`, String(values[name])]));
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
