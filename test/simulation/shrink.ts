/** Makes a failing history short: fewer moves and fewer blows, as long as it still shows the same kind of finding. */
import type { History } from './history.js';

/** What of a drawn history is kept, by index. */
export interface Kept {
  readonly moves: readonly number[];
  readonly blows: readonly number[];
}

export function whole({ moves, blows }: History): Kept {
  return { moves: [...moves.keys()], blows: [...blows.keys()] };
}

export function keep({ moves, blows, ...drawn }: History, kept: Kept): History {
  return { ...drawn, moves: kept.moves.map((at) => moves[at]!), blows: kept.blows.map((at) => blows[at]!) };
}

/** Two findings are of one kind when they differ in numbers and names alone. */
export function kindOf(finding: string): string {
  return finding.replace(/[0-9a-f]{40}/g, '#').replace(/\d+/g, '#');
}

/** `stillFails` plays a history; tries are bounded, since each costs a play. */
export async function shrink(
  kept: Kept,
  stillFails: (kept: Kept) => Promise<boolean>,
  mostTries: number,
): Promise<Kept> {
  let smallest = kept;
  let tries = 0;
  const attempt = async (smaller: Kept): Promise<boolean> => {
    tries += 1;
    if (tries > mostTries || !(await stillFails(smaller))) return false;
    smallest = smaller;
    return true;
  };
  for (const part of ['blows', 'moves'] as const) {
    for (let size = Math.ceil(smallest[part].length / 2); size >= 1; size = Math.floor(size / 2)) {
      for (let at = 0; at < smallest[part].length && tries < mostTries;) {
        const fewer = smallest[part].toSpliced(at, size);
        if (!(await attempt({ ...smallest, [part]: fewer }))) at += size;
      }
    }
  }
  return smallest;
}
