/** Answers of the API, as narrow as the verbs read them. */
import type { JobAnswer, RunAnswer, StepAnswer } from '../../src/cli/api/answers.js';
import type { Result } from '../../src/model/result.js';

const START = Date.UTC(2026, 10, 24, 12);

export function at(seconds: number): string {
  return new Date(START + seconds * 1000).toISOString();
}

export function aRun(change: Partial<RunAnswer>): RunAnswer {
  return {
    ...{
      id: 7,
      project: { id: 1, fullname: 'lab' },
      eventId: 12,
      pipeline: { key: 'server:ci', name: 'ci' },
      number: 3,
    },
    ...{
      attempt: 1,
      title: 'Fix the tests',
      state: 'queued',
      result: null,
      reason: null,
      trust: 'trusted',
      trustReason: 'a push',
    },
    ...{ pipelineCommit: null, reasonRunId: null, cancelRequested: false },
    ...{ eventName: 'push', ref: 'refs/heads/main', commit: 'b'.repeat(40), actor: 'alice', problems: [], jobs: [] },
    ...{ createdAt: at(0), startedAt: null, finishedAt: null },
    ...change,
  };
}

export function aJob(change: Partial<JobAnswer> & Pick<JobAnswer, 'id' | 'key'>): JobAnswer {
  return {
    ...{ name: change.key, needs: [], state: 'queued', result: null, reason: null, attempt: 1, steps: [] },
    ...{ log: `/api/v1/runs/7/jobs/${change.id}/log`, reasonRunId: null, environment: null, createdAt: at(0) },
    ...{ startedAt: null, finishedAt: null },
    ...change,
  };
}

/** A second long; under way for null. */
export function aStep(number: number, result: Result | null): StepAnswer {
  const state = result === null ? 'running' : 'done';
  const finishedAt = result === null ? null : at(2);
  return {
    ...{
      id: `__${number}`,
      outcome: result,
      number,
      name: `step ${number}`,
      state,
      conclusion: result,
      exitCode: null,
      reason: null,
    },
    ...{ startedAt: at(1), finishedAt, annotations: [], annotationCount: 0, hasSummary: false },
  };
}
