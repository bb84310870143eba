/** An option that may be given several times. */
import { Option } from 'commander';

/** Its values in their order; undefined when it is not given. */
export function many(flags: string, says: string): Option {
  return new Option(flags, says).argParser((value: string, before: readonly string[] = []) => [...before, value]);
}
