/** What changed in a run between two looks, one line each: for logs of other programs. */
import type { JobAnswer, RunAnswer, StepAnswer } from '../api/answers.js';
import { type Standing, standing } from './paint.js';
import { plainText } from './plain-text.js';
import { duration } from './times.js';

/** Pure. In the order in which it happened: steps, their job, the run. `before` is null at the first look. */
export function changeLines(before: RunAnswer | null, now: RunAnswer): readonly string[] {
  const lines = now.jobs.flatMap((job) => jobLines(before?.jobs.find(({ id }) => id === job.id) ?? null, job));
  const line = `${nameOf(now)}: ${ended(now, now)}`;
  if (before === null && now.state !== 'done') return [line, ...lines];
  return isSame(before, now) ? lines : [...lines, line];
}

function nameOf({ id, pipeline, number, project }: RunAnswer): string {
  return `run ${id} (${plainText(pipeline.name)} #${number} of ${plainText(project.fullname)})`;
}

function jobLines(before: JobAnswer | null, job: JobAnswer): readonly string[] {
  const name = `job ${plainText(job.name)}`;
  const isOther = before?.attempt !== job.attempt;
  const steps = job.steps.flatMap((step) => {
    const old = isOther ? undefined : before?.steps.find(({ number }) => number === step.number);
    const [was, is] = [old === undefined ? null : standingOf(old), standingOf(step)];
    if (step.state === 'waiting' || isSame(was, is)) return [];
    return [`${name}, step ${step.number} ${plainText(step.name)}: ${ended(is, step)}`];
  });
  return isSame(before, job) ? steps : inOrder(job, steps, `${name}: ${ended(job, job)}`);
}

/** A job begins before its steps and ends after them. */
function inOrder({ state }: JobAnswer, steps: readonly string[], line: string): readonly string[] {
  return state === 'done' ? [...steps, line] : [line, ...steps];
}

function standingOf({ state, conclusion }: StepAnswer): Standing {
  return { state, result: conclusion };
}

function isSame(one: Standing | null, other: Standing): boolean {
  return one !== null && standing(one) === standing(other);
}

interface Timed {
  readonly reason: string | null;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

/** `success (4s)`, `error (lost in step 1)`; of what is under way the word alone. */
function ended(what: Standing, { reason, startedAt, finishedAt }: Timed): string {
  const took = finishedAt === null ? '' : duration(startedAt, finishedAt, 0);
  const facts = [took, reason === null ? '' : plainText(reason)].filter((word) => word !== '');
  return facts.length === 0 ? standing(what) : `${standing(what)} (${facts.join(', ')})`;
}
