/** A job's log as it grows, to its end, over a server that is away for a while. */
import { ApiRefusal, Unreachable } from './api/api-errors.js';
import type { FollowedPart, JobPlace } from './api/api-client.js';
import { type Following, patiently, pause } from './run-changes.js';

/**
 * Waits for a job that has not begun, and goes on with its next attempt when it is tried again. Throws ApiRefusal,
 * Unreachable, Interrupted.
 */
export async function* followLog(
  place: JobPlace,
  following: Following & { readonly tail?: number },
): AsyncGenerator<Uint8Array> {
  for (let part: FollowedPart = { tail: following.tail }; ; await pause(following)) {
    const log = await patiently(following, () => following.api.followLog(place, part));
    const at = { attempt: log.attempt, fromByte: log.fromByte };
    for await (const piece of untilCut(log.pieces)) {
      at.fromByte += piece.length;
      yield piece;
    }
    const job = await patiently(following, () => jobNow(place, following));
    if (job.state === 'done' && job.attempt <= at.attempt) return;
    part = job.state === 'running' && job.attempt === at.attempt ? at : {};
  }
}

/** A connection that breaks off is no end of the log: it is asked again. */
async function* untilCut(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* pieces;
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
  }
}

async function jobNow({ runId, jobId }: JobPlace, { api }: Following) {
  const job = (await api.run(runId)).jobs.find(({ id }) => id === jobId);
  if (job === undefined) throw new ApiRefusal(404, null, `run ${runId} has no job ${jobId} any more`);
  return job;
}
