/** What the built-in `actions/checkout` can do: the checkout of the job's own commit, with the whole history. Pure. */
import type { JsonObject } from '../../kernel/json.js';
import type { JobSource } from '../../model/job-order.js';
import type { Env } from './environment.js';

/** Inputs that make no difference here: the history is whole, no credential is kept, the workspace is made clean. */
const WITHOUT_EFFECT = ['fetch-depth', 'persist-credentials', 'clean', 'show-progress', 'set-safe-directory'];

/** Inputs that may say what is so anyway. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  path: ['.', './'],
  submodules: ['false'],
  lfs: ['false'],
  'fetch-tags': ['false'],
};

/** The first input that is not supported, by name, or null. */
export function unsupportedInput(inputs: Env, source: JobSource, github: JsonObject): string | null {
  const found = Object.entries(inputs).find(([name, value]) => !isSupported(name, value.trim(), source, github));
  return found ? `the input '${found[0]}' of actions/checkout is not supported with this value` : null;
}

function isSupported(name: string, value: string, source: JobSource, github: JsonObject): boolean {
  if (value === '' || WITHOUT_EFFECT.includes(name)) return true;
  if (name === 'ref') return isOwnRef(value, source);
  if (name === 'repository') return value === github['repository'];
  return Object.hasOwn(ALLOWED, name) && (ALLOWED[name] ?? []).includes(value);
}

function isOwnRef(ref: string, source: JobSource): boolean {
  return [source.commit, source.ref, source.ref.replace(/^refs\/(heads|tags)\//, '')].includes(ref);
}
