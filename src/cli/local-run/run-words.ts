/** The command line of `run`, read and checked: what is wrong with it is said before anything is looked at. */
import { UsageError, type VerbCall } from '../verb.js';
import { LOCAL_EXECUTORS } from './executor-names.js';
import { type Pairs, readMatrix, readPairs, readSecrets } from './pairs.js';

export interface RunOptions {
  readonly workspace?: string;
  readonly eventName?: string;
  readonly event?: string;
  readonly job?: string;
  readonly matrix?: readonly string[];
  readonly input?: readonly string[];
  readonly secret?: readonly string[];
  readonly var?: readonly string[];
  readonly env?: readonly string[];
  readonly executor?: string;
  readonly actor?: string;
  readonly repository?: string;
  readonly untrusted?: true;
  readonly breakBefore?: string;
  readonly json?: true;
  readonly bundle?: string;
}

export interface RunWords extends Pick<
  RunOptions,
  'workspace' | 'eventName' | 'event' | 'job' | 'actor' | 'repository' | 'untrusted' | 'breakBefore' | 'json' | 'bundle'
> {
  readonly file: string | undefined;
  readonly matrix: readonly (readonly [string, string])[];
  readonly inputs: Pairs;
  readonly secrets: Pairs;
  readonly vars: Pairs;
  readonly env: Pairs;
}

/** Throws a UsageError. */
export function readWords({ env }: VerbCall, file: string | undefined, options: RunOptions): RunWords {
  const { executor, eventName, repository, actor, bundle } = options;
  if (executor !== undefined && !LOCAL_EXECUTORS.some((name) => name === executor))
    throw new UsageError(`--executor: there is no ${JSON.stringify(executor)} here: ${LOCAL_EXECUTORS.join(', ')}`);
  if (eventName !== undefined)
    checkWord('event-name', eventName, /^[\w.-]{1,200}$/, 'an event (push) or a topic (git.receive)');
  if (repository !== undefined)
    checkWord('repository', repository, /^[\w.+-]+(\/[\w.+-]+)*$/, 'NAMESPACE/NAME, or a name');
  if (actor !== undefined) checkWord('actor', actor, /^[\w.@+-]{1,100}$/, "a user's name");
  if (bundle !== undefined) checkBundled(file, options);
  return {
    ...options,
    file,
    matrix: readMatrix(options.matrix),
    inputs: readPairs('input', options.input),
    secrets: readSecrets(options.secret, env),
    vars: readPairs('var', options.var),
    env: readPairs('env', options.env),
  };
}

/** A bundle says all that of itself. */
function checkBundled(file: string | undefined, options: RunOptions): void {
  if (file !== undefined) throw new UsageError('--bundle holds the pipeline: name no file beside it');
  const given = (['eventName', 'event', 'input', 'actor', 'repository', 'untrusted'] as const).find(
    (name) => options[name] !== undefined,
  );
  if (given === undefined) return;
  throw new UsageError(
    `--bundle holds what happened: --${given === 'eventName' ? 'event-name' : given} cannot change it`,
  );
}

function checkWord(option: string, word: string, shape: RegExp, what: string): void {
  if (!shape.test(word)) throw new UsageError(`--${option} must be ${what}`);
}
