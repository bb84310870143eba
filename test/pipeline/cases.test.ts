/** The folders of `cases/`: a pipeline with its problems, or with what it plans (`case.json` says how it is asked). */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatProblem } from '../../src/kernel/errors.js';
import type { Advance, JobStanding } from '../../src/model/plan.js';
import {
  advance,
  matchTrigger,
  planRun,
  readPipeline,
  type ReadOptions,
  type TriggerEvent,
} from '../../src/pipeline/index.js';
import { CONTEXTS, PUSH } from './samples.js';

interface Case {
  readonly scope?: ReadOptions['scope'];
  readonly event?: Partial<TriggerEvent>;
  readonly standing?: readonly Partial<JobStanding>[];
}

const FOLDER = new URL('cases/', import.meta.url);

describe.each(readdirSync(FOLDER))('cases/%s', (name) => {
  const folder = new URL(`${name}/`, FOLDER);
  const text = readFileSync(new URL('pipeline.yml', folder));
  const asked = existsSync(new URL('case.json', folder))
    ? (JSON.parse(readFileSync(new URL('case.json', folder), 'utf8')) as Case)
    : {};
  const { pipeline, problems } = readPipeline(text, { file: 'pipeline.yml', scope: asked.scope });

  it('has the problems that are written down', async () => {
    const lines = problems.map((problem) => `${problem.severity} ${formatProblem(problem)}\n`).join('');
    await expect(lines).toMatchFileSnapshot(new URL('problems.txt', folder).pathname);
  });

  it.runIf(pipeline !== null)('plans what is written down', async () => {
    if (!pipeline) return;
    const planned = planRun(pipeline, CONTEXTS, { checkout: true });
    if (planned.kind !== 'plan') throw new Error(JSON.stringify(planned.problems));
    const standing = (asked.standing ?? []).map(standingOf);
    const answer = {
      match: matchTrigger(pipeline, { ...PUSH, ...asked.event }),
      runName: planned.plan.runName,
      concurrency: planned.plan.concurrency,
      ...summary(advance(planned.plan, standing, CONTEXTS, 'run')),
    };
    await expect(`${JSON.stringify(answer, null, 2)}\n`).toMatchFileSnapshot(new URL('plan.json', folder).pathname);
  });
});

function standingOf(part: Partial<JobStanding>): JobStanding {
  const key = part.key ?? '';
  return { key, id: key, state: 'done', result: 'success', continueOnError: false, outputs: {}, ...part };
}

function summary({ changes, result }: Advance) {
  const jobs = changes.map((change) => {
    if (change.kind === 'cancel') return change;
    const { key, name, runsOn, matrix, timeoutMs, checkout, concurrency, environment, steps } = change.job;
    const end = change.kind === 'end' ? { result: change.result, reason: change.reason } : {};
    return {
      kind: change.kind,
      key,
      name,
      runsOn,
      matrix,
      timeoutMs,
      checkout,
      concurrency,
      environment,
      steps: steps.map(({ id, control }) => control ?? id),
      ...end,
    };
  });
  return { jobs, result };
}
