/** What the tests of the long lists share: two projects, and rows that differ in what is filtered by. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import type { Event } from '../../src/model/event.js';
import type { Flag } from '../../src/model/flag.js';
import type { Run } from '../../src/model/run.js';
import { events, flags, runs } from '../../src/store/schema/tables.js';
import { NOW, temporaryFolder } from '../store/open-store.js';
import { startApi } from './open-api.js';
import { sampleProject } from './samples.js';

export const COMMIT = '6d3f1c0b2a'.repeat(4);

/** Closed with the test that opens it. */
export async function openLists() {
  const lists = await startLists(temporaryFolder());
  onTestFinished(() => lists.app.close());
  return lists;
}

/** For all tests of a file that only read. */
export function sharedLists(fill: (lists: OpenLists) => Promise<void>): () => OpenLists {
  const folder = mkdtempSync(join(tmpdir(), 'pagure-actions-lists-'));
  let lists: OpenLists;
  beforeAll(async () => {
    lists = await startLists(folder);
    await fill(lists);
  });
  afterAll(async () => {
    await lists.app.close();
    rmSync(folder, { recursive: true });
  });
  return () => lists;
}

/** `lab` is project 1, `rpms/bash` project 2. */
async function startLists(folder: string) {
  const api = await startApi(folder, { hostSharesEverything: true });
  for (const name of ['lab', 'rpms/bash']) await sampleProject(api, name);
  const token = await api.token('read');
  const get = (url: string, as = token) => api.ask('GET', `/api/v1${url}`, { token: as });
  /** Ids of the items of a list, in its order. */
  const ids = async (url: string, as = token) => {
    const { status, json, text } = await get(url, as);
    if (status !== 200) throw new Error(text);
    return (json as { items: { id: number }[] }).items.map(({ id }) => id);
  };
  return { ...api, read: get, ids };
}

export type OpenLists = Awaited<ReturnType<typeof startLists>>;

/** Ids count from 1 in the order given; later ones came a second later. */
export async function addEvents({ store }: OpenLists, changes: readonly Partial<Event>[]): Promise<void> {
  const rows = changes.map((change, at) => ({
    ...{ projectId: 1, deliveryId: null, source: 'webhook', topic: 'git.receive', kind: 'push', action: null },
    ...{ ref: 'refs/heads/main', before: null, after: null, forced: false, commit: COMMIT, pullRequest: null },
    ...{ actor: 'alice', url: null, summary: 'alice pushed to main', verdict: 'ok', state: 'done', note: null },
    ...{ tries: 0, waits: 0, dueAt: null, receivedAt: NOW + at * 1_000 },
    ...change,
  }));
  await store.commit((tx) => tx.manager.insert(events, rows as never));
}

export async function addRuns({ store }: OpenLists, changes: readonly Partial<Run>[]): Promise<void> {
  const resolved = { eventName: 'push', action: null, ref: 'refs/heads/main', commit: COMMIT, before: null };
  const rows = changes.map((change, at) => ({
    ...{ projectId: 1, eventId: 1, pipelineKey: 'server:ci', pipelineName: 'ci', cause: `push:${at}`, number: at + 1 },
    ...{
      attempt: 1,
      title: 'a push',
      state: 'done',
      result: 'success',
      reason: null,
      trust: 'trusted',
      actor: 'alice',
    },
    ...{ trustReason: 'a push', subject: null, pipelineCommit: null, problems: [], plan: null, version: 1 },
    ...{ cancelRequested: false, createdAt: NOW + at * 1_000, startedAt: null, finishedAt: null },
    ...change,
    resolved: { ...resolved, defaultBranch: 'main', headMessage: '', ...change.resolved },
  }));
  await store.commit((tx) => tx.manager.insert(runs, rows as never));
}

export async function addFlags({ store }: OpenLists, changes: readonly Partial<Flag>[]): Promise<void> {
  const rows = changes.map((change, at) => ({
    ...{ projectId: 1, pipelineKey: 'server:ci', subject: `main@${at}`, uid: `${at}`.padStart(32, '0'), runId: at + 1 },
    ...{
      commit: COMMIT,
      username: 'ci',
      status: 'success',
      comment: '1 job passed',
      url: 'http://localhost:8080/runs/1',
    },
    ...{ version: 2, sentVersion: 2, unsure: false, tries: 0, failures: 0, begun: 0, dueAt: null, pausedReason: null },
    ...{ lastError: null, sentAt: NOW },
    ...change,
  }));
  await store.commit((tx) => tx.manager.insert(flags, rows as never));
}
