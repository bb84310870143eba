/** What takes its time outside this process is begun here, before the language is loaded: the house, and what git says of the tree. */
import { readTreeFacts, type TreeFacts } from '../../git/working-tree.js';
import type { Desk } from '../desk.js';
import { LocalHouse } from './local-house.js';
import { treeFolder, type TreeWords } from './tree-folder.js';

export interface OpenHouse {
  readonly house: Promise<LocalHouse>;
  /** Rejects with a UsageError, or a Fault when git fails. */
  readonly place: Promise<TreePlace>;
  /** Ends all that runs and takes all folders away; safe whatever became of the rest. */
  close(): Promise<void>;
}

export interface TreePlace {
  /** Absolute and real. */
  readonly folder: string;
  readonly tree: TreeFacts;
}

export function openHouse({ call, clock }: Desk, words: TreeWords): OpenHouse {
  const house = LocalHouse.open(call, clock);
  const place = placeOf(treeFolder(call.cwd, words), house);
  // Whoever waits for them sees what went wrong; nobody has to.
  void house.catch(() => undefined);
  void place.catch(() => undefined);
  return { house, place, close: () => closed(house, place) };
}

/** The same house, with what git says of the tree now. */
export function withFreshPlace(opened: OpenHouse, folder: string): OpenHouse {
  const place = placeOf(Promise.resolve(folder), opened.house);
  void place.catch(() => undefined);
  return { ...opened, place };
}

async function placeOf(finding: Promise<string>, opening: Promise<LocalHouse>): Promise<TreePlace> {
  const folder = await finding;
  return { folder, tree: await readTreeFacts(folder, (await opening).git) };
}

async function closed(opening: Promise<LocalHouse>, place: Promise<TreePlace>): Promise<void> {
  await place.catch(() => undefined);
  const house = await opening.catch(() => null);
  await house?.close();
}
