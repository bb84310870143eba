/** Measures the servers in turns, so that a machine that changes its speed changes it for all of them. */
import type { Burst, Field } from './field.js';
import type { LoadResult } from './load.js';
import type { ServerKind } from './server.js';

/** One entry per kind and round. */
export type Results = ReadonlyMap<ServerKind, readonly LoadResult[]>;

/** Every second round goes backwards. One more round goes before and is not counted: the servers warm up. */
export async function takeTurns(
  field: Field,
  { kinds, rounds, ...burst }: Burst & { readonly kinds: readonly ServerKind[]; readonly rounds: number },
): Promise<Results> {
  const results = new Map<ServerKind, LoadResult[]>(kinds.map((kind) => [kind, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const kind of round % 2 === 0 ? kinds : kinds.toReversed()) {
      const result = await field.burst(kind, burst);
      if (round > 0) results.get(kind)!.push(result);
    }
  }
  return results;
}
