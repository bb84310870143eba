/** Projects, events and runs as the rooms below store them. */
import { textPart } from '../../src/model/log.js';
import { readPipeline } from '../../src/pipeline/index.js';
import { StartRuns } from '../../src/runs/start-runs.js';
import { Deliveries } from '../../src/store/deliveries.js';
import { Events } from '../../src/store/events.js';
import { Projects } from '../../src/store/projects.js';
import { Runs } from '../../src/store/runs.js';
import { GOOD_PIPELINE, keyOf } from '../projects/open-projects.js';
import { NOW, newDelivery, registerProject } from '../store/open-store.js';
import type { OpenApi } from './open-api.js';

export const COMMIT = 'b'.repeat(40);

/** A project, not public. */
export async function sampleProject(api: OpenApi, fullname = 'lab', isPublic = false): Promise<number> {
  const [store, projects] = [api.store, api.get(Projects)];
  const id = await registerProject({ store, projects }, fullname, keyOf(fullname));
  const { version } = (await projects.byId(id))!;
  await store.commit((tx) => projects.update(tx, id, version, { public: isPublic }, NOW));
  return id;
}

/** A push to the project, stored and not yet decided. */
export async function sampleEvent(api: OpenApi, projectId: number, msg: object = {}): Promise<number> {
  const body = Buffer.from(JSON.stringify({ topic: 'git.receive', msg, msg_id: `1-${projectId}` }));
  const headers = { 'x-pagure-topic': 'git.receive' };
  const { eventId } = await api.get(Deliveries).accept(newDelivery(projectId, `1-${projectId}`, { body, headers }));
  return eventId!;
}

/** A run with one queued job, started by such an event; `held` waits for an approval instead. */
export async function sampleRun(
  api: OpenApi,
  projectId: number,
  { held = false, title = 'a push', pipelineName = 'ci', text = GOOD_PIPELINE } = {},
): Promise<{ readonly eventId: number; readonly runId: number; readonly jobId: number }> {
  const eventId = await sampleEvent(api, projectId);
  const event = (await api.get(Events).byId(eventId))!;
  const project = (await api.get(Projects).byId(projectId))!;
  const pipeline = readPipeline(text, { file: 'ci' }).pipeline!;
  const request = {
    ...{ pipelineKey: 'server:ci', pipelineName, cause: `push:${eventId}`, title },
    trust: held ? ('held' as const) : ('trusted' as const),
    trustReason: 'a push',
    resolved: {
      ...{ eventName: 'push', action: null, ref: 'refs/heads/main', commit: COMMIT, before: null },
      ...{ defaultBranch: 'main', headMessage: '' },
    },
    ...{ subject: null, pipelineCommit: null, actor: 'alice' },
    how: held
      ? ({ kind: 'hold', waitsFor: 'approval' } as const)
      : ({ kind: 'run', pipeline, checkout: true } as const),
  };
  const decision = { pipelineKey: 'server:ci', pipelineName: 'ci', outcome: 'started', reason: 'a push' } as const;
  const triaged = { event, project, message: { topic: 'git.receive', msg: {} } };
  await api.get(StartRuns).start(triaged, { decided: [{ decision, request }], note: null });
  const [run] = await api.get(Runs).ofEvent(eventId);
  const [job] = await api.get(Runs).jobsOf(run!.id);
  return { eventId, runId: run!.id, jobId: job?.id ?? 0 };
}

/** Claims the job and ends its first step. */
export async function runJob(api: OpenApi, jobId: number): Promise<void> {
  const runs = api.get(Runs);
  await api.store.commit(async (tx) => {
    await runs.claim(tx, { jobId, owner: 'test', leaseUntil: NOW + 60_000, nowMs: NOW });
    await runs.saveStep(tx, {
      ...{ jobId, attempt: 1, number: 1, id: '__1', name: 'Run echo hello', state: 'done' },
      ...{ outcome: 'success', conclusion: 'success', exitCode: 0, reason: null },
      ...{ startedAt: NOW, finishedAt: NOW + 1_000 },
    });
  });
}

export async function writeLog(api: OpenApi, jobId: number, text: string): Promise<void> {
  const log = await api.blobs.openLog(jobId, 1);
  await log.append([textPart(text, 1)], NOW);
  await log.close();
}
