/** Outputs as they are shown: what is secret in them is masked (the jobs that need them get them as they are). */
import type { JobResult } from '../../model/run.js';

const MASK = '***';
/** Shorter values would mask everything to nonsense. */
const SHORTEST = 3;

/** Pure. */
export function shownOutputs({ outputs, masks }: JobResult, secrets: readonly string[]): JobResult['outputs'] {
  const hidden = [...new Set([...secrets, ...masks])].filter(({ length }) => length >= SHORTEST);
  hidden.sort((one, other) => other.length - one.length);
  const masked = Object.entries(outputs).map(([name, value]) => [
    name,
    hidden.reduce((text, one) => text.replaceAll(one, MASK), value),
  ]);
  return Object.fromEntries(masked) as JobResult['outputs'];
}
