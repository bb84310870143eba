/** The names of the language: contexts, their aliases, and functions with the number of arguments they take. */

/** Other names of the `github` context. */
export const GITHUB_ALIASES: readonly string[] = ['forge', 'forgejo', 'gitea'];

/** Contexts of ours, allowed wherever `github` is. */
export const OWN_CONTEXTS: readonly string[] = ['event', 'pagure'];

export const CONTEXTS: readonly string[] = [
  'github',
  ...GITHUB_ALIASES,
  ...OWN_CONTEXTS,
  'env',
  'vars',
  'secrets',
  'inputs',
  'needs',
  'strategy',
  'matrix',
  'job',
  'jobs',
  'runner',
  'steps',
];

export interface Arity {
  readonly min: number;
  readonly max: number;
}

const MANY = 255;

/** Functions that are allowed wherever an expression is; keys are lower case, as all function names ignore case. */
export const FUNCTIONS: ReadonlyMap<string, Arity> = new Map([
  ['case', { min: 3, max: MANY }],
  ['contains', { min: 2, max: 2 }],
  ['endswith', { min: 2, max: 2 }],
  ['format', { min: 1, max: MANY }],
  ['fromjson', { min: 1, max: 1 }],
  ['join', { min: 1, max: 2 }],
  ['startswith', { min: 2, max: 2 }],
  ['tojson', { min: 1, max: 1 }],
]);

/** Functions that are allowed only where the table says so. */
export const PLACED_FUNCTIONS: ReadonlyMap<string, Arity> = new Map([
  ['always', { min: 0, max: 0 }],
  ['cancelled', { min: 0, max: 0 }],
  ['failure', { min: 0, max: MANY }],
  ['success', { min: 0, max: MANY }],
  ['hashfiles', { min: 1, max: MANY }],
]);

/** Functions whose presence takes the implied `success() && (…)` away. */
export const STATUS_FUNCTIONS: readonly string[] = ['always', 'cancelled', 'failure', 'success'];
