/** The jobs that this process runs right now, so that a cancel reaches them at once. */

/** One per process. A job that is not here runs elsewhere: it learns of a cancel when it renews its lease. */
export class RunningJobs {
  private readonly controllers = new Map<number, AbortController>();

  /** The signal of a job that starts now. */
  enter(jobId: number): AbortSignal {
    const controller = new AbortController();
    this.controllers.set(jobId, controller);
    return controller.signal;
  }

  leave(jobId: number): void {
    this.controllers.delete(jobId);
  }

  /** Safe for jobs that are not here. */
  cancel(jobId: number, reason: string): void {
    this.controllers.get(jobId)?.abort(reason);
  }

  get ids(): readonly number[] {
    return [...this.controllers.keys()];
  }
}
