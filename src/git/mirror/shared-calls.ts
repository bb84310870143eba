/** Lets calls for one key share work that starts after each of them. */

interface Lane<T> {
  running: Promise<void>;
  /** What runs next, for everybody who came while `running` ran; its argument is that of the last who came. */
  next: { promise: Promise<void>; argument: T } | null;
}

/** At most one piece of work per key runs and one waits. */
export class SharedCalls<T> {
  private readonly lanes = new Map<number, Lane<T>>();

  constructor(private readonly work: (argument: T) => Promise<void>) {}

  /** Resolves or rejects with work that starts after this call. */
  call(key: number, argument: T): Promise<void> {
    const lane = this.lanes.get(key);
    if (!lane) return this.begin(key, argument);
    if (lane.next) lane.next.argument = argument;
    else lane.next = { promise: this.after(lane, key), argument };
    return lane.next.promise;
  }

  private begin(key: number, argument: T): Promise<void> {
    const running = this.work(argument);
    const lane: Lane<T> = { running, next: null };
    this.lanes.set(key, lane);
    const end = () => void (lane.next ?? this.lanes.delete(key));
    running.then(end, end);
    return running;
  }

  private async after(lane: Lane<T>, key: number): Promise<void> {
    await lane.running.catch(() => undefined);
    const argument = lane.next?.argument;
    if (argument !== undefined) await this.begin(key, argument);
  }
}
