/** The options of the command line that are names with values. */
import { UsageError } from '../verb.js';

export type Pairs = Readonly<Record<string, string>>;

/** `NAME=VALUE`; the first `=` counts. Throws a UsageError that never shows a value. */
export function readPairs(option: string, given: readonly string[] = []): Pairs {
  return fromPairs(
    given.map((text) => {
      const at = text.indexOf('=');
      if (at < 1) throw new UsageError(`--${option} needs NAME=VALUE`);
      return [named(option, text.slice(0, at)), text.slice(at + 1)];
    }),
  );
}

/** `NAME=VALUE`, or `NAME` alone for the value that the environment has. Throws a UsageError that never shows a value. */
export function readSecrets(given: readonly string[] = [], env: Readonly<Record<string, string | undefined>>): Pairs {
  return fromPairs(
    given.map((text) => {
      const at = text.indexOf('=');
      const name = named('secret', at === -1 ? text : text.slice(0, at));
      const value = at === -1 ? env[name] : text.slice(at + 1);
      if (value === undefined) throw new UsageError(`--secret ${name}: the environment has no variable ${name}`);
      return [name, value];
    }),
  );
}

/** `AXIS:VALUE`. Throws a UsageError. */
export function readMatrix(given: readonly string[] = []): readonly (readonly [string, string])[] {
  return given.map((text) => {
    const at = text.indexOf(':');
    if (at < 1) throw new UsageError(`--matrix needs AXIS:VALUE, not ${JSON.stringify(text)}`);
    return [text.slice(0, at), text.slice(at + 1)];
  });
}

function named(option: string, name: string): string {
  if (/^[A-Za-z_][\w-]{0,199}$/.test(name)) return name;
  throw new UsageError(`--${option} needs a name of letters, digits, _ and - before its =`);
}

/** Also for names such as `__proto__`. */
function fromPairs(pairs: readonly (readonly [string, string])[]): Pairs {
  return Object.fromEntries(pairs);
}
