/** What the pipeline's expressions can see at one place: the contexts by name and the functions that belong to the place. */
import type { Json, JsonObject } from '../../kernel/json.js';
import type { RunContexts } from '../../model/run.js';
import type { Surroundings } from './evaluate.js';
import type { ExpressionFunction } from './functions.js';
import { data } from './library.js';
import { GITHUB_ALIASES } from './names.js';
import { ObjectValue, toValue, type Value } from './values.js';

/** Contexts beyond those of the run, each JSON by its name; `env` is case-sensitive, all others ignore case. */
export type MoreContexts = Readonly<Record<string, Json>>;

export function surroundingsOf(
  run: RunContexts,
  more: MoreContexts,
  functions: ReadonlyMap<string, ExpressionFunction> = new Map(),
): Surroundings {
  const contexts = new Map<string, Value>();
  const github = toValue(run.github);
  for (const name of ['github', ...GITHUB_ALIASES]) contexts.set(name, github);
  contexts.set('event', toValue(run.event));
  contexts.set('pagure', toValue(run.pagure));
  contexts.set('vars', toValue(run.vars));
  contexts.set('inputs', toValue(run.inputs));
  for (const [name, value] of Object.entries(more)) {
    contexts.set(name, name === 'env' ? new ObjectValue(value as JsonObject, 'exact') : toValue(value));
  }
  return { contexts, functions };
}

/** `always()`, `success()` and their like as functions of the place, each given the texts of its arguments. */
export function statusFunctions(
  answers: Readonly<Record<string, (ids: readonly string[]) => boolean>>,
): ReadonlyMap<string, ExpressionFunction> {
  return new Map(
    Object.entries(answers).map(([name, answer]) => [
      name,
      (args: readonly Value[]) => new data.BooleanData(answer(args.map((arg) => arg.coerceString()))),
    ]),
  );
}
