/** One run as it changes, to its end: asked again and again, over a server that is away for a while. */
import type { Clock } from '../kernel/clock.js';
import type { ApiClient } from './api/api-client.js';
import type { RunAnswer } from './api/answers.js';
import { ApiRefusal, Interrupted, Unreachable } from './api/api-errors.js';

/** Often enough to be live, seldom enough to cost a server nothing: most are answered 304. */
const PAUSE_MS = 1_000;
/** A server that is restarted is back in this time. */
const MOST_FAILURES = 60;

export interface Following {
  readonly api: ApiClient;
  readonly clock: Clock;
  readonly interrupted?: AbortSignal;
  /** Told once when the server stops answering, and waits. */
  readonly onSilence?: (error: Error) => void;
}

/** Yields the run now and after each change; ends after the one that is done. Throws ApiRefusal, Unreachable, Interrupted. */
export async function* runChanges(id: number, following: Following): AsyncGenerator<RunAnswer> {
  let etag: string | null = null;
  for (;;) {
    const answer = await patiently(following, () => following.api.runUnless(id, etag));
    if (answer !== null) {
      etag = answer.etag;
      yield answer.value;
      if (answer.value.state === 'done') return;
    }
    await pause(following);
  }
}

/** Asks again while nobody answers. */
export async function patiently<T>(following: Following, ask: () => Promise<T>): Promise<T> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!isAway(error) || failures >= MOST_FAILURES) throw error;
      if (failures === 1) following.onSilence?.(error);
    }
    await pause(following);
  }
}

/** It does not answer, or a proxy says so for it, or it is just stopping. */
function isAway(error: unknown): error is Error {
  return error instanceof Unreachable || (error instanceof ApiRefusal && [502, 503, 504].includes(error.status));
}

export async function pause({ clock, interrupted }: Following): Promise<void> {
  await clock.sleep(PAUSE_MS, interrupted);
  if (interrupted?.aborted) throw new Interrupted();
}
