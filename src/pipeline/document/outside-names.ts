/** Through which names of a job text from outside is read: for warnings, before anything runs. */
import type { Origins } from '../script/origins.js';
import { readsOutside } from '../script/origins.js';
import type { Read } from '../expression/walk.js';
import type { FoundExpression } from './job-expressions.js';

/** Lower case; inputs that cannot hold any text. */
export type TypedInputs = ReadonlySet<string>;

/** Does it read text from outside, directly or by way of `env` and `matrix`? */
export function holdsOutside(read: Read, origins: Origins, typed: TypedInputs): boolean {
  const [context, name] = read.path;
  return !(context === 'inputs' && typed.has(name ?? '')) && readsOutside(read, origins);
}

/** Of the whole file: `found` stands in its `env`. */
export function outsideOfFile(found: readonly FoundExpression[], typed: TypedInputs): Origins {
  return withEnv({ env: new Set(), matrix: 'inside', inputs: 'outside' }, found, typed);
}

/** Of a job: `found` stands in it. */
export function outsideOfJob(file: Origins, found: readonly FoundExpression[], typed: TypedInputs): Origins {
  const axes = found.filter(({ path }) => path[0] === 'strategy' && path[1] === 'matrix');
  const isOutside = axes.some(({ reads }) => reads.some((read) => holdsOutside(read, file, typed)));
  const origins: Origins = { ...file, matrix: isOutside ? 'outside' : 'inside' };
  return withEnv(origins, found.filter(({ path }) => path[0] === 'env').map(below), typed);
}

/** Of the steps of a job, by the path to their keys: `found` stands in the job. Each is looked at once, since files may be long. */
export function outsideOfSteps(
  job: Origins,
  found: readonly FoundExpression[],
  typed: TypedInputs,
): (place: readonly string[]) => Origins {
  const known = new Map<string, Origins>();
  for (const [place, own] of envsOfSteps(found)) known.set(place, withEnv(job, own, typed));
  return (place) => known.get(place.join('/')) ?? job;
}

function envsOfSteps(found: readonly FoundExpression[]): ReadonlyMap<string, readonly FoundExpression[]> {
  const envs = new Map<string, FoundExpression[]>();
  for (const one of found) {
    const { path } = one;
    if (path[0] !== 'steps' || path.at(-2) !== 'env') continue;
    const place = path.slice(0, -2).join('/');
    const own = envs.get(place) ?? [];
    own.push({ ...one, path: path.slice(-1) });
    envs.set(place, own);
  }
  return envs;
}

function below(found: FoundExpression): FoundExpression {
  return { ...found, path: found.path.slice(1) };
}

/** `found` with paths from the map: its variables may read those of higher maps. */
function withEnv(origins: Origins, found: readonly FoundExpression[], typed: TypedInputs): Origins {
  const outside = found.filter(({ reads }) => reads.some((read) => holdsOutside(read, origins, typed)));
  if (outside.length === 0) return origins;
  return { ...origins, env: new Set([...origins.env, ...outside.map(({ path }) => path[0] ?? '')]) };
}
