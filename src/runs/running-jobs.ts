/** The jobs that this process runs right now, so that a cancel reaches them at once. */

/** A job's place among them, from before its claim on: a cancel that comes with the claim must not be missed. */
export interface RunningJob {
  readonly signal: AbortSignal;
  leave(): void;
}

/** One per process. A job that is not here runs elsewhere: it learns of a cancel when it renews its lease. */
export class RunningJobs {
  private readonly entered = new Map<AbortController, number>();

  enter(jobId: number): RunningJob {
    const controller = new AbortController();
    this.entered.set(controller, jobId);
    return { signal: controller.signal, leave: () => void this.entered.delete(controller) };
  }

  /** Safe for jobs that are not here. */
  cancel(jobId: number, reason: string): void {
    for (const [controller, id] of this.entered) if (id === jobId) controller.abort(reason);
  }

  get ids(): readonly number[] {
    return [...new Set(this.entered.values())];
  }
}
