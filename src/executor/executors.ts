/** All ways to run a job that this program has; several are alive at once. */
import { Fault } from '../kernel/errors.js';
import type { Executor } from './executor.js';

export class Executors {
  /** @param all the first one takes the jobs whose labels name none of them (`ubuntu-latest`). */
  constructor(private readonly all: readonly Executor[]) {}

  /** The first executor that one of the labels names, whatever its case, else the first of all. Throws a Fault when there is none. */
  for(labels: readonly string[]): Executor {
    const wanted = new Set(labels.map((label) => label.toLowerCase()));
    const found = this.all.find(({ label }) => wanted.has(label.toLowerCase())) ?? this.all[0];
    if (!found) throw new Fault('no executor is configured', { retryable: false });
    return found;
  }

  /** One line per executor, for the start-up message. */
  describe(): readonly string[] {
    return this.all.map((executor) => `${executor.label}: ${executor.describe()}`);
  }

  /** At start, before anything is claimed. */
  async endLeftovers(): Promise<void> {
    for (const executor of this.all) await executor.endLeftovers();
  }
}
