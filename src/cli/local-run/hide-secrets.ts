/** Outputs as they are shown: what is secret in them is masked (the jobs that need them get them as they are). */
import { Masker } from '../../kernel/masker.js';
import type { JobResult } from '../../model/run.js';

/** Pure. */
export function shownOutputs({ outputs, masks }: JobResult, secrets: readonly string[]): JobResult['outputs'] {
  const hidden = [...secrets, ...masks].filter((value) => value !== '');
  if (hidden.length === 0) return outputs;
  const masker = new Masker();
  for (const value of hidden) masker.addBeyond(value);
  return Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, masker.maskText(value)]));
}
