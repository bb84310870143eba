/** Runs of every kind for the tests of the pages, written as the rooms below store them. */
import { randomUUID } from 'node:crypto';
import { textPart } from '../../src/model/log.js';
import { DEFAULT_PROJECT_SETTINGS } from '../../src/model/project.js';
import type { PlannedJob } from '../../src/model/plan.js';
import type { Job, Run, Step } from '../../src/model/run.js';
import type { Decision } from '../../src/model/decision.js';
import { Deliveries } from '../../src/store/deliveries.js';
import { Events } from '../../src/store/events.js';
import { Projects } from '../../src/store/projects.js';
import { Runs } from '../../src/store/runs.js';
import type { EventFacts } from '../../src/model/event.js';
import { FACTS, NOW, newDelivery } from '../store/open-store.js';
import type { OpenApi } from './open-api.js';

export interface StepScene extends Partial<Omit<Step, 'jobId' | 'number'>> {
  readonly name: string;
}

export interface JobScene extends Partial<Omit<Job, 'id' | 'runId' | 'projectId' | 'planned'>> {
  readonly name: string;
  readonly steps?: readonly StepScene[];
  /** What the first step printed that went wrong, else the first of all. */
  readonly log?: string;
  /** What a step after it printed. */
  readonly laterLog?: string;
  readonly continueOnError?: boolean;
}

export interface RunScene extends Partial<Omit<Run, 'id' | 'number' | 'version'>> {
  readonly jobs?: readonly JobScene[];
  readonly decisions?: readonly Partial<Decision>[];
  readonly facts?: Partial<EventFacts>;
}

/** Of an instance that one can choose. */
export async function sceneProject(
  api: OpenApi,
  fullname: string,
  { isPublic = true, instance = 'https://pagure.example.org' } = {},
): Promise<number> {
  const project = {
    ...{ instance, instanceAliases: [], fullname, public: isPublic, enabled: true, declaredBy: null },
    settings: DEFAULT_PROJECT_SETTINGS,
  };
  return api.store.commit((tx) => api.get(Projects).insert(tx, project, NOW));
}

export async function sceneEvent(api: OpenApi, projectId: number, facts: Partial<EventFacts> = {}): Promise<number> {
  const delivery = newDelivery(projectId, randomUUID(), { facts: { ...FACTS, ...facts } });
  const { eventId } = await api.get(Deliveries).accept(delivery);
  return eventId!;
}

/** Resolves with the run's id. */
export async function sceneRun(api: OpenApi, projectId: number, scene: RunScene = {}): Promise<number> {
  const { jobs = [], decisions = [], facts = {}, ...change } = scene;
  const eventId = await sceneEvent(api, projectId, facts);
  const runs = api.get(Runs);
  const runId = await api.store.commit(async (tx) => {
    const run = { ...sampleRunRow(projectId, eventId), ...change };
    const made = await runs.insert(tx, run as never);
    const first = { pipelineKey: run.pipelineKey, pipelineName: run.pipelineName, runId: made.id };
    const rows = [first, ...decisions].map((one, at) => ({ ...sampleDecision(eventId, at), ...one }));
    await api.get(Events).insertDecisions(tx, rows);
    await api.get(Events).settle(tx, eventId, { state: 'done', note: null });
    return made.id;
  });
  for (const [at, job] of jobs.entries()) await sceneJob(api, { projectId, runId, at }, job);
  return runId;
}

async function sceneJob(
  api: OpenApi,
  { projectId, runId, at }: { readonly projectId: number; readonly runId: number; readonly at: number },
  { steps = [], log, laterLog, continueOnError = false, ...change }: JobScene,
): Promise<void> {
  const planned = { continueOnError, id: `job${at}`, needs: [], steps: [] } as unknown as PlannedJob;
  const row = {
    ...{ runId, projectId, key: `job${at}`, state: 'done', result: 'success', reason: null, planned, outputs: {} },
    ...{ reasonRunId: null, environmentUrl: null },
    ...{ attempt: 1, owner: null, leaseUntil: null, dueAt: null, cancelReason: null, tries: 0 },
    ...{ createdAt: NOW, startedAt: NOW, finishedAt: NOW + 61_000 },
    ...change,
  };
  const jobId = await api.store.commit(async (tx) => {
    const id = await api.get(Runs).insertJob(tx, row as never);
    for (const [index, step] of steps.entries())
      await api.get(Runs).saveStep(tx, { ...sampleStep(id, index), ...step });
    return id;
  });
  if (log === undefined) return;
  const writer = await api.blobs.openLog(jobId, row.attempt);
  const bad = steps.findIndex(({ conclusion }) => ['failure', 'error', 'canceled'].includes(conclusion ?? ''));
  const number = Math.max(0, bad) + 1;
  const later = laterLog === undefined ? [] : [textPart(laterLog, number + 1)];
  await writer.append([textPart(log, number), ...later], NOW);
  await writer.close();
}

function sampleRunRow(projectId: number, eventId: number): Omit<Run, 'id' | 'number' | 'version'> {
  return {
    ...{ projectId, eventId, pipelineKey: 'repo:.pagure/ci.yml', pipelineName: 'ci', cause: `scene:${eventId}` },
    ...{ attempt: 1, title: 'Read the configuration once', state: 'done', result: 'success', reason: null },
    reasonRunId: null,
    ...{ trust: 'trusted', trustReason: 'the commit stands in the project itself', subject: null },
    resolved: {
      ...{ eventName: 'push', action: null, ref: 'refs/heads/main', commit: 'b'.repeat(40), before: null },
      ...{ defaultBranch: 'main', headMessage: 'Read the configuration once\n\nand keep it.' },
    },
    ...{ pipelineCommit: 'b'.repeat(40), actor: 'alice', problems: [], plan: null, cancelRequested: false },
    ...{ createdAt: NOW, startedAt: NOW, finishedAt: NOW + 134_000 },
  };
}

function sampleDecision(eventId: number, at: number): Decision {
  return {
    ...{ eventId, pipelineKey: `repo:.pagure/p${at}.yml`, pipelineName: `p${at}` },
    ...{ outcome: at === 0 ? 'started' : 'filtered', reason: 'push matches "branches: [main]"', runId: null },
  };
}

function sampleStep(jobId: number, at: number): Step {
  const startedAt = NOW + at * 7_300;
  return {
    ...{ jobId, attempt: 1, number: at + 1, id: `__${at + 1}`, name: `step ${at + 1}`, state: 'done' },
    ...{ outcome: 'success', conclusion: 'success', exitCode: 0, reason: null },
    ...{ startedAt, finishedAt: startedAt + 7_300 },
  };
}
