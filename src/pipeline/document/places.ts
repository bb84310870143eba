/** Which contexts and functions each kind of place allows, as in GitHub's schema. */
import { GITHUB_ALIASES, OWN_CONTEXTS } from '../expression/names.js';
import type { Names } from './shape.js';

const HOOKS = ['hashfiles'];
const STATUS = ['always', 'cancelled', 'failure', 'success'];

function names(contexts: string, functions: readonly string[] = []): Names {
  return { contexts: contexts.split(' '), functions };
}

export const NO_NAMES: Names = { contexts: [], functions: [] };
export const RUN_PLACE = names('github inputs vars');
export const PIPELINE_ENV_PLACE = names('github inputs vars secrets');
export const NEEDS_PLACE = names('github inputs vars needs');
export const JOB_PLACE = names('github inputs vars needs strategy matrix');
export const JOB_IF_PLACE = names('github inputs vars needs', STATUS);
export const JOB_ENV_PLACE = names('github inputs vars needs strategy matrix secrets');
export const JOB_DEFAULTS_PLACE = names('github inputs vars strategy matrix needs env');
export const CREDENTIALS_PLACE = names('github inputs vars secrets env');
export const JOB_END_PLACE = names('github inputs vars needs strategy matrix secrets steps job runner env');
export const ENVIRONMENT_URL_PLACE = names('github inputs vars needs strategy matrix steps job runner env');
export const STEP_PLACE = names('github inputs vars needs strategy matrix secrets steps job runner env', HOOKS);
export const STEP_IF_PLACE = names('github inputs vars needs strategy matrix steps job runner env', [
  ...STATUS,
  ...HOOKS,
]);
export const ACTION_PLACE = names('github inputs strategy matrix steps job runner env', HOOKS);
export const ACTION_IF_PLACE = names('github inputs strategy matrix steps job runner env', [...STATUS, ...HOOKS]);
export const ACTION_INPUT_PLACE = names('github strategy matrix job runner');
export const ACTION_OUTPUT_PLACE = names('github inputs strategy matrix steps job runner env');
export const CALL_SECRETS_PLACE = names('github inputs vars needs secrets strategy matrix');
export const CALL_OUTPUT_PLACE = names('github inputs vars jobs');
export const TRIGGER_IF_PLACE = names('github vars');

/** The contexts that a place allows, the aliases of `github` and ours included. */
export function allowedContexts(place: Names): readonly string[] {
  if (!place.contexts.includes('github')) return place.contexts;
  return [...place.contexts, ...GITHUB_ALIASES, ...OWN_CONTEXTS];
}
