/** GET /api/v1/runs: each filter, each bad value of one, pages, and who sees what. */
import { describe, expect, it } from 'vitest';
import type { ResolvedEvent } from '../../src/model/event.js';
import type { Run } from '../../src/model/run.js';
import { addRuns, sharedLists } from './lists.js';

const on = (ref: string, eventName = 'push') => ({ resolved: { ref, eventName } as ResolvedEvent });
const RUNS: readonly Partial<Run>[] = [
  {},
  { projectId: 2, pipelineKey: 'repo:.pagure/pipelines/ci.yml', result: 'failure' },
  { pipelineKey: 'server:nightly', pipelineName: 'nightly', actor: 'bob', eventId: 7 },
  { ...on('refs/pull/3/merge', 'pull_request'), trust: 'restricted', state: 'running', result: null },
  { ...on('refs/heads/f/x'), trust: 'held', state: 'waiting', result: null },
  { ...on('refs/tags/v1', 'git.tag.creation'), result: 'error', reason: 'the pipeline has an error' },
];

const shared = sharedLists((lists) => addRuns(lists, RUNS));

describe('the list of runs', () => {
  it('is newest first and light', async () => {
    const { read } = shared();
    const { items } = (await read('/runs')).json as { items: Record<string, unknown>[] };
    expect(items.map(({ id }) => id)).toEqual([6, 5, 4, 3, 2, 1]);
    expect(items[4]).toEqual({
      ...{ id: 2, project: { id: 2, fullname: 'rpms/bash' }, eventId: 1, number: 2, attempt: 1, title: 'a push' },
      pipeline: { key: 'repo:.pagure/pipelines/ci.yml', name: 'ci' },
      ...{ state: 'done', result: 'failure', reason: null, reasonRunId: null, trust: 'trusted', eventName: 'push' },
      ...{ ref: 'refs/heads/main', commit: '6d3f1c0b2a'.repeat(4), actor: 'alice', cancelRequested: false },
      ...{ createdAt: '2026-11-24T12:00:01.000Z', startedAt: null, finishedAt: null },
    });
  });

  it.each([
    ['project=2', [2]],
    ['project=lab&result=success', [3, 1]],
    ['pipeline=ci', [6, 5, 4, 2, 1]],
    ['pipeline=server:nightly', [3]],
    ['branch=main', [3, 2, 1]],
    ['branch=f/x', [5]],
    ['branch=refs/tags/v1', [6]],
    ['branch=v1', []],
    ['event=pull_request', [4]],
    ['event=git.tag.creation', [6]],
    ['event=7', [3]],
    ['event=1&result=error', [6]],
    ['actor=bob', [3]],
    ['state=running', [4]],
    ['state=done&project=1', [6, 3, 1]],
    ['result=error', [6]],
    ['result=canceled', []],
    ['trust=held', [5]],
    ['trust=restricted&state=running', [4]],
    ['since=2026-11-24T12:00:04Z', [6, 5]],
    ['until=2026-11-24T12:00:00Z', [1]],
  ])('of ?%s', async (query, expected) => {
    const { ids } = shared();
    expect(await ids(`/runs?${query}`)).toEqual(expected);
  });

  it.each([
    ['project=a%20b', 'project'],
    ['pipeline=', 'pipeline'],
    ['branch=a&branch=b', 'branch'],
    ['event=%0a', 'event'],
    [`actor=${'a'.repeat(256)}`, 'actor'],
    ['state=over', 'state'],
    ['result=good', 'result'],
    ['trust=none', 'trust'],
    ['since=now', 'since'],
    ['until=1', 'until'],
    ['limit=x', 'limit'],
    ['cursor=%00', 'cursor'],
    ['verdict=ok', 'verdict'],
  ])('refuses ?%s', async (query, path) => {
    const { read } = shared();
    const { status, json } = await read(`/runs?${query}`);
    expect([status, (json as { faults: { path: string }[] }).faults.map((fault) => fault.path)]).toEqual([400, [path]]);
  });

  it('goes on where a page ended', async () => {
    const { read } = shared();
    const { next } = (await read('/runs?limit=4')).json as { next: string };
    expect((await read(`/runs?limit=4&cursor=${next}`)).json).toMatchObject({
      items: [{ id: 2 }, { id: 1 }],
      next: null,
    });
  });

  it('shows a limited token only runs of its projects', async () => {
    const { ids, token } = shared();
    expect(await ids('/runs?pipeline=ci', await token('read', { projects: [2], name: 'limited' }))).toEqual([2]);
  });
});
