/** The real store, with a place for a crash before and after each commit, and a disk that may say no. */
import type { Store } from '../../src/store/store.js';
import type { Life } from './life.js';
import type { Trouble } from './trouble.js';

/** Others may come between what was read and what is written: a commit waits until the disk is free. */
const SLOW_MS = 400;
/** The same while the disk is slow. */
const SLOWEST_MS = 2_000;

/** What was committed stands in the file; a transaction that was open at a crash is rolled back when the file is closed. */
export function placedStore(store: Store, life: Life, trouble: Trouble): Store {
  const dying = () => {
    if (!life.isAlive) throw new Error('the server is dead');
  };
  /** The same places around each way to commit. */
  const placed = async <T>(commit: () => Promise<T>): Promise<T> => {
    await life.place();
    const result = await fromTheLiving(life, commit());
    await life.place();
    return result;
  };
  const commit: Store['commit'] = (work) =>
    placed(async () => {
      await diskIsFree(life, trouble);
      return store.commit(async (tx) => {
        dying();
        const made = await work(tx);
        trouble.touchDisk(life.chance);
        dying();
        return made;
      });
    });
  const commitPrepared: Store['commitPrepared'] = (work) =>
    placed(() =>
      store.commitPrepared((due) => {
        dying();
        const made = work(due);
        trouble.touchDisk(life.chance);
        return made;
      }),
    );
  const handDueTo: Store['handDueTo'] = (take) => store.handDueTo((kind, id) => life.isAlive && take(kind, id));
  return Object.assign(Object.create(store) as Store, { commit, commitPrepared, handDueTo });
}

async function diskIsFree(life: Life, trouble: Trouble): Promise<void> {
  const isSlow = trouble.is('disk slow');
  if (isSlow || life.chance.happens(0.2)) await life.wait(life.chance.below(isSlow ? SLOWEST_MS : SLOW_MS));
}

/** What ends after the server died is told to nobody. */
async function fromTheLiving<T>(life: Life, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    await life.place();
    throw error;
  }
}
