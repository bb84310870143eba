/** What must be true of calls of one file that takes turns: what happens in one is over before the next begins. */
import type { Rows, Seen } from './rows.js';
import { CALLER } from './themes.js';

export function wrongCalls({ effects, history }: Seen, { runs, jobs }: Rows): readonly string[] {
  if (history.theme !== 'turns') return [];
  const callers = new Map(
    runs.filter(({ pipelineKey }) => pipelineKey === CALLER).map(({ id, projectId }) => [id, projectId]),
  );
  const projectOf = new Map(jobs.map(({ id, runId }) => [id, callers.get(runId)]));
  return [...new Set(callers.values())].flatMap((project) =>
    interleaved(effects.map(({ jobId }) => jobId).filter((jobId) => projectOf.get(jobId) === project)),
  );
}

/** Jobs in the order of what they ran: one that comes again after another ran beside it. */
function interleaved(order: readonly number[]): readonly string[] {
  return order.flatMap((jobId, at) => {
    const last = order[at - 1];
    const isBack = last !== undefined && last !== jobId && order.slice(0, at).includes(jobId);
    return isBack ? [`job ${jobId} ran while job ${last} had the turn of the file that both call`] : [];
  });
}
