/** What must be true of steps at rest: what one leaves reaches the others, from the attempt that counts, and none stays open. */
import type { Job, Step } from '../../src/model/run.js';
import { SCRIPTS, type SideEffect } from './model-executor.js';
import type { Rows, Seen } from './rows.js';

/** As the jobs are called that give something. */
const GIVER = 'make';
const HAND = 'hand';

export function wrongSteps({ effects }: Pick<Seen, 'effects'>, rows: Rows): readonly string[] {
  return [
    ...leftOpen(rows),
    ...rows.jobs.filter(({ key }) => key === GIVER).flatMap(wrongOutputs),
    ...effects.flatMap((effect) => [...wronglyTaken(effect, rows), ...wronglySeen(effect, rows)]),
  ];
}

function leftOpen({ jobs, steps }: Rows): readonly string[] {
  const open = new Map(jobs.filter(({ state }) => state === 'done').map(({ id, attempt }) => [`${id} ${attempt}`, id]));
  return steps
    .filter(({ jobId, attempt, state }) => state !== 'done' && open.has(`${jobId} ${attempt}`))
    .map(({ jobId, number }) => `step ${number} is open in job ${jobId}, which is done`);
}

/** Of its last attempt, or of none where it did not come so far. */
function wrongOutputs({ id, attempt, result, outputs }: Job): readonly string[] {
  const { made } = outputs;
  const should = `${id}-${attempt}`;
  const isRight = result === 'success' ? made === should : made === undefined || made === should;
  return isRight ? [] : [`job ${id} (${result}) gave ${made} and should have given ${should}`];
}

/** What the job in front gave. */
function wronglyTaken({ jobId, script }: SideEffect, { jobs }: Rows): readonly string[] {
  const [, taken] = new RegExp(`^${SCRIPTS.take}\\b *(.*)$`).exec(script) ?? [];
  if (taken === undefined) return [];
  const runId = jobs.find(({ id }) => id === jobId)?.runId;
  const giver = jobs.find((job) => job.runId === runId && job.key === GIVER);
  const should = `${giver?.id}-${giver?.attempt}`;
  return taken === should ? [] : [`job ${jobId} took '${taken}' and should have taken '${should}'`];
}

/** What is kept of the step before is what the step after it was told. */
function wronglySeen({ jobId, attempt, script }: SideEffect, { steps }: Rows): readonly string[] {
  const [, seen] = new RegExp(`^${SCRIPTS.see}\\b *(.*)$`).exec(script) ?? [];
  if (seen === undefined) return [];
  const isHand = (step: Step) => step.jobId === jobId && step.attempt === attempt && step.id === HAND;
  const kept = steps.find(isHand)?.outcome?.replace('canceled', 'cancelled');
  return seen === kept ? [] : [`job ${jobId} saw '${seen}' of a step that is kept as '${kept}'`];
}
