/** A job's log as it grows, to its end, over a server that is away for a while. */
import { ApiRefusal } from './api/api-errors.js';
import { type Following, patiently, pause } from './run-changes.js';

export interface LogPlace {
  readonly runId: number;
  readonly jobId: number;
}

/** Waits for a job that has not begun; starts over when it is tried again. Throws ApiRefusal, Unreachable, Interrupted. */
export async function* followLog(
  place: LogPlace,
  following: Following & { readonly tail?: number },
): AsyncGenerator<Uint8Array> {
  const at = { byte: 0, attempt: 0 };
  for (;;) {
    const job = await patiently(following, () => jobNow(place, following));
    if (job.attempt !== at.attempt) Object.assign(at, { byte: 0, attempt: job.attempt });
    const pieces = await patiently(following, () => newPieces(place, following, at.byte));
    for (const piece of pieces) {
      at.byte += piece.length;
      yield piece;
    }
    if (job.state === 'done' && pieces.length === 0) return;
    await pause(following);
  }
}

async function jobNow({ runId, jobId }: LogPlace, { api }: Following) {
  const job = (await api.run(runId)).jobs.find(({ id }) => id === jobId);
  if (job === undefined) throw new ApiRefusal(404, null, `run ${runId} has no job ${jobId} any more`);
  return job;
}

async function newPieces(place: LogPlace, { api }: Following, fromByte: number): Promise<readonly Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  for await (const piece of api.log(place, { fromByte })) pieces.push(piece);
  return pieces;
}
