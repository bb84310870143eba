/** All ways to run a job that this program has; several are alive at once. */
import { Fault } from '../kernel/errors.js';
import type { Trust } from '../model/trust.js';
import type { Executor } from './executor.js';

export class Executors {
  /** @param all the first one takes the jobs whose labels name none of them (`ubuntu-latest`). */
  constructor(private readonly all: readonly Executor[]) {}

  /**
   * Of those that take runs of this trust the first that one of the labels names, whatever its case, else the first. Throws a
   * Fault when there is none.
   */
  for(labels: readonly string[], trust: Trust): Executor {
    const wanted = new Set(labels.map((label) => label.toLowerCase()));
    const open = this.all.filter((executor) => executor.takes(trust));
    const found = open.find(({ label }) => wanted.has(label.toLowerCase())) ?? open[0];
    if (!found) throw new Fault(`no executor is configured for ${trust} runs`, { retryable: false });
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
