/** Contexts, events and scopes of a small project, for the tests of the language. */
import type { RunContexts } from '../../src/model/run.js';
import type { JobStanding } from '../../src/model/plan.js';
import type { Result } from '../../src/model/result.js';
import { type Pipeline, readPipeline, type StepScope, type TriggerEvent } from '../../src/pipeline/index.js';

export const CONTEXTS: RunContexts = {
  github: {
    event_name: 'push',
    ref: 'refs/heads/main',
    ref_name: 'main',
    sha: 'a'.repeat(40),
    actor: 'alice',
    event: { after: 'a'.repeat(40) },
  },
  event: { topic: 'git.receive', msg: { branch: 'main' } },
  pagure: { topic: 'git.receive', project: 'lab' },
  vars: {},
  inputs: {},
};

export const PUSH: TriggerEvent = {
  topic: 'git.receive',
  kind: 'push',
  action: null,
  ref: 'refs/heads/main',
  targetBranch: null,
  actor: 'alice',
  headMessage: 'a change',
  changedPaths: ['src/a.c'],
};

export const PULL_REQUEST: TriggerEvent = {
  ...PUSH,
  topic: 'pull-request.new',
  kind: 'pull-request',
  action: 'opened',
  ref: null,
  targetBranch: 'main',
};

export function scopeOf(change: Partial<StepScope> = {}): StepScope {
  return {
    contexts: CONTEXTS,
    needs: {},
    matrix: {},
    strategy: {},
    env: {},
    steps: {},
    job: {},
    runner: {},
    secrets: {},
    status: 'success',
    ...change,
  };
}

/** A scope whose event says these things; they stand in `github.event` too. */
export function scopeWithEvent(event: Record<string, string>, change: Partial<StepScope> = {}): StepScope {
  const contexts = { ...CONTEXTS, github: { ...CONTEXTS.github, event }, event: { topic: 'x.y', msg: event } };
  return scopeOf({ contexts, ...change });
}

/** The pipeline of a text that must be right. */
export function pipelineOf(text: string, file = 'ci.yml'): Pipeline {
  const { pipeline, problems } = readPipeline(text, { file });
  if (!pipeline) throw new Error(problems.map((problem) => problem.message).join('\n'));
  return pipeline;
}

/** The problems of a text as `line:column code`. */
export function problemsOf(text: string | Uint8Array): string[] {
  return readPipeline(text, { file: 'ci.yml' }).problems.map(({ line, column, code }) => `${line}:${column} ${code}`);
}

/** A pipeline of jobs, each one line of YAML behind its id. */
export function jobsOf(jobs: Record<string, string>): Pipeline {
  const lines = Object.entries(jobs).map(
    ([id, keys]) => `  ${id}: {runs-on: x, steps: [{run: x}]${keys === '' ? '' : `, ${keys}`}}`,
  );
  return pipelineOf(`on: push\njobs:\n${lines.join('\n')}\n`);
}

export function done(id: string, result: Result, change: Partial<JobStanding> = {}): JobStanding {
  return { key: id, id, state: 'done', result, continueOnError: false, outputs: {}, ...change };
}
