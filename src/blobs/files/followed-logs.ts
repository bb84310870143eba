/** Logs that somebody follows, and who waits for more of them. */

interface Followed {
  readers: number;
  readonly waiting: Set<() => void>;
}

export class FollowedLogs {
  private readonly logs = new Map<string, Followed>();

  /** One more reader of a log; the answer takes it away again, and says whether it was the last. */
  enter(path: string): () => 'last' | 'others' {
    const log = this.logs.get(path) ?? { readers: 0, waiting: new Set() };
    this.logs.set(path, log);
    log.readers += 1;
    return () => {
      log.readers -= 1;
      if (log.readers > 0) return 'others';
      this.logs.delete(path);
      return 'last';
    };
  }

  /** Wakes all who wait for the log. */
  grown(path: string): void {
    for (const wake of this.logs.get(path)?.waiting ?? []) wake();
  }

  /** Resolves when the log has grown or one of the signals aborts. */
  growth(path: string, signals: readonly AbortSignal[]): Promise<void> {
    const waiting = this.logs.get(path)?.waiting;
    return new Promise((resolve) => {
      const done = () => {
        waiting?.delete(done);
        for (const signal of signals) signal.removeEventListener('abort', done);
        resolve();
      };
      waiting?.add(done);
      for (const signal of signals) signal.addEventListener('abort', done);
      if (signals.some((signal) => signal.aborted)) done();
    });
  }
}
