/** A log as it grows, until its attempt has ended. */
import { Inject, Injectable } from '@nestjs/common';
import { Blobs, type LogName } from '../../blobs/blobs.js';
import { Clock } from '../../kernel/clock.js';
import { hasAttemptEnded } from '../../model/attempt.js';
import { type Place, placeAfter } from '../../model/change.js';
import type { Job } from '../../model/run.js';
import { ChangeFeed } from '../../store/change-feed.js';
import { Runs } from '../../store/runs.js';

/** After a small piece: a job that prints line by line costs each reader ten pieces a second. */
const REST_MS = 100;
const SMALL_BYTES = 16 * 1024;

@Injectable()
export class FollowLog {
  constructor(
    @Inject(Blobs) private readonly blobs: Blobs,
    @Inject(Runs) private readonly runs: Runs,
    @Inject(ChangeFeed) private readonly feed: ChangeFeed,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Ends with the attempt, or when `over` aborts. */
  async *read(log: LogName, from: number, over: AbortSignal): AsyncGenerator<Buffer> {
    const [ended, left] = [new AbortController(), new AbortController()];
    const leave = () => left.abort();
    over.addEventListener('abort', leave);
    if (over.aborted) leave();
    const watching = this.untilEnded(log, left.signal).finally(() => ended.abort());
    watching.catch(() => undefined);
    try {
      const until = { ended: ended.signal, gone: over };
      for await (const bytes of this.blobs.follow(log.jobId, log.attempt, from, until)) {
        yield bytes;
        if (bytes.length < SMALL_BYTES) await this.clock.sleep(REST_MS, over);
      }
    } finally {
      over.removeEventListener('abort', leave);
      leave();
    }
    await watching;
  }

  /** The log is whole before its attempt counts as ended. */
  private async untilEnded(log: LogName, left: AbortSignal): Promise<void> {
    for (let place = await this.feed.latest(); !left.aborted;) {
      const job = await this.runs.jobById(log.jobId);
      if (job === null || hasAttemptEnded(job, log.attempt)) return;
      place = await this.changeOf(job, place, left);
    }
  }

  /** The place behind the next change of the job. */
  private async changeOf({ id }: Job, from: Place, left: AbortSignal): Promise<Place> {
    for (let place = from; !left.aborted;) {
      const found = await this.feed.next(place, left);
      if (found === 'gap') return this.feed.latest();
      place = found.reduce(placeAfter, place);
      if (found.some((change) => change.kind === 'job' && change.id === id)) return place;
    }
    return from;
  }
}

/** The attempt that somebody means who names none and waits for what comes: the one that runs, else the next. */
export function attemptToFollow({ state, attempt }: Job): number {
  return state === 'queued' || state === 'waiting' ? attempt + 1 : attempt;
}
