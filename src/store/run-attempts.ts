/** How the earlier attempts of runs ended. Written by `runs/` alone, in the commit that begins the next attempt. */
import type { RunAttempt } from '../model/run-attempt.js';
import { runAttempts } from './schema/tables.js';
import type { Store, Tx } from './store.js';

export class RunAttempts {
  constructor(private readonly store: Store) {}

  async insert(tx: Tx, attempt: RunAttempt): Promise<void> {
    await tx.manager.insert(runAttempts, attempt);
  }

  /** All but the one that is under way or newest, oldest first. */
  ofRun(runId: number): Promise<readonly RunAttempt[]> {
    return this.store.reader.find(runAttempts, { where: { runId }, order: { attempt: 'ASC' } });
  }
}
