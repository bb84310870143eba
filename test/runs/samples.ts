/** A run, a job and a step as they stand in the store, for tests of what is computed from them. */
import type { PlannedJob } from '../../src/model/plan.js';
import type { Job, Run, RunContexts, Step } from '../../src/model/run.js';
import { planRun, readPipeline } from '../../src/pipeline/index.js';

export const COMMIT = 'c'.repeat(40);
export const CONTEXTS: RunContexts = { github: {}, event: {}, pagure: {}, vars: {}, inputs: {} };

export function run(change: Partial<Run> = {}): Run {
  return {
    id: 7,
    projectId: 1,
    eventId: 1,
    pipelineKey: 'server:ci',
    pipelineName: 'CI',
    cause: 'event 1',
    number: 1,
    attempt: 1,
    title: 'a push',
    state: 'queued',
    result: null,
    reason: null,
    reasonRunId: null,
    trust: 'trusted',
    trustReason: 'the commit stands in the project itself',
    resolved: {
      eventName: 'push',
      action: null,
      ref: 'refs/heads/main',
      commit: COMMIT,
      before: null,
      defaultBranch: 'main',
      headMessage: '',
    },
    subject: `refs/heads/main@${COMMIT}`,
    pipelineCommit: null,
    actor: 'alice',
    problems: [],
    plan: null,
    cancelRequested: false,
    version: 3,
    createdAt: 1_000,
    startedAt: null,
    finishedAt: null,
    ...change,
  };
}

/** A run of a pipeline's text, planned. */
export function plannedRun(text: string, change: Partial<Run> = {}): Run {
  const read = readPipeline(text, { file: 'ci.yml' });
  if (!read.pipeline) throw new Error(JSON.stringify(read.problems));
  const planned = planRun(read.pipeline, CONTEXTS, { checkout: true });
  if (planned.kind !== 'plan') throw new Error(JSON.stringify(planned));
  return run({ plan: planned.plan, ...change });
}

export function job(planned: Pick<PlannedJob, 'key'> & Partial<PlannedJob>, change: Partial<Job> = {}): Job {
  const whole = { id: planned.key, name: planned.key, continueOnError: false, ...planned } as PlannedJob;
  return {
    id: 11,
    runId: 7,
    projectId: 1,
    runAttempt: 1,
    replacedIn: null,
    key: whole.key,
    name: whole.name,
    state: 'running',
    result: null,
    reason: null,
    reasonRunId: null,
    planned: whole,
    outputs: {},
    environmentUrl: null,
    attempt: 1,
    owner: 'boot',
    leaseUntil: 61_000,
    dueAt: null,
    cancelReason: null,
    tries: 0,
    createdAt: 1_000,
    startedAt: 1_000,
    finishedAt: null,
    ...change,
  };
}

export function step(number: number, change: Partial<Step> = {}): Step {
  return {
    jobId: 11,
    attempt: 1,
    number,
    id: `__${number}`,
    name: `step ${number}`,
    state: 'running',
    outcome: null,
    conclusion: null,
    exitCode: null,
    reason: null,
    startedAt: 2_000,
    finishedAt: null,
    ...change,
  };
}
