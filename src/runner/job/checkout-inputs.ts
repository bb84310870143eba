/** What the built-in `actions/checkout` can do: a commit of the project, whole or in parts, into a folder of the workspace. Pure. */
import type { CheckoutOptions } from '../../git/checkout.js';
import type { JsonObject } from '../../kernel/json.js';
import type { Env } from './environment.js';

/** Inputs that make no difference here: the history is whole, and no credential is needed or kept. */
const WITHOUT_EFFECT = [
  'token',
  'persist-credentials',
  'show-progress',
  'set-safe-directory',
  'filter',
  'github-server-url',
  'ssh-strict',
  'ssh-user',
];

/** Inputs that may say what is so anyway. */
const ONLY: Readonly<Record<string, readonly string[]>> = { submodules: ['false'], lfs: ['false'] };

const READ = ['ref', 'path', 'fetch-depth', 'fetch-tags', 'clean', 'sparse-checkout', 'sparse-checkout-cone-mode'];

export type ReadCheckoutInputs =
  | {
      readonly kind: 'read';
      /** '' for the commit of the run. */
      readonly ref: string;
      readonly path: string;
      readonly options: CheckoutOptions;
    }
  | { readonly kind: 'refused'; readonly reason: string };

/** The first input that is not supported is refused by name. */
export function readCheckoutInputs(inputs: Env, github: JsonObject): ReadCheckoutInputs {
  const given = Object.entries(inputs).map(([name, value]) => [name.toLowerCase(), value.trim()] as const);
  const wrong = given.find(([name, value]) => !isSupported(name, value, github));
  if (wrong) {
    return { kind: 'refused', reason: `the input '${wrong[0]}' of actions/checkout is not supported with this value` };
  }
  const read = Object.fromEntries(given);
  const patterns = (read['sparse-checkout'] ?? '').split('\n').map((line) => line.trim());
  const sparse = patterns.filter((line) => line !== '');
  const options: CheckoutOptions = {
    clean: !isNo(read['clean']),
    tags: read['fetch-depth'] === '0' || isYes(read['fetch-tags']),
    branches: read['fetch-depth'] === '0',
    ...(sparse.length === 0 ? {} : { sparse: { patterns: sparse, cone: !isNo(read['sparse-checkout-cone-mode']) } }),
  };
  return { kind: 'read', ref: read['ref'] ?? '', path: read['path'] ?? '', options };
}

function isSupported(name: string, value: string, github: JsonObject): boolean {
  if (value === '' || WITHOUT_EFFECT.includes(name) || READ.includes(name)) return true;
  if (name === 'repository') return value === github['repository'];
  return Object.hasOwn(ONLY, name) && (ONLY[name] ?? []).includes(value.toLowerCase());
}

function isYes(value = ''): boolean {
  return value.toLowerCase() === 'true';
}

function isNo(value = ''): boolean {
  return value.toLowerCase() === 'false';
}
