/** GET /api/v1/flags: what is wanted, what was sent, what is paused and why; each filter, each bad value of one. */
import { describe, expect, it } from 'vitest';
import type { Flag } from '../../src/model/flag.js';
import { NOW } from '../store/open-store.js';
import { addFlags, COMMIT, sharedLists } from './lists.js';

const REASON = 'the forge refuses the token (401): give the project another';
const FLAGS: readonly Partial<Flag>[] = [
  {},
  { projectId: 2, status: 'failure', pipelineKey: 'repo:ci.yml' },
  { sentVersion: 0, sentAt: null, status: 'pending', dueAt: NOW, tries: 2, lastError: 'timed out', unsure: true },
  { sentVersion: 1, pausedReason: REASON, commit: '1234567'.padEnd(40, '0') },
];

const shared = sharedLists((lists) => addFlags(lists, FLAGS));

describe('the list of flags', () => {
  it('tells of each what is wanted, what was sent, and why it is paused', async () => {
    const { read } = shared();
    const { items } = (await read('/flags')).json as { items: Record<string, unknown>[] };
    expect(items.map(({ id, sending }) => [id, sending])).toEqual([
      [4, 'paused'],
      [3, 'waiting'],
      [2, 'sent'],
      [1, 'sent'],
    ]);
    expect(items[0]).toMatchObject({ pausedReason: REASON, wanted: { version: 2 }, sent: { version: 1 } });
    expect(items[1]).toEqual({
      ...{ id: 3, project: { id: 1, fullname: 'lab' }, pipeline: 'server:ci', subject: 'main@2', commit: COMMIT },
      ...{ runId: 3, uid: '2'.padStart(32, '0'), sending: 'waiting', pausedReason: null, lastError: 'timed out' },
      wanted: {
        status: 'pending',
        username: 'ci',
        comment: '1 job passed',
        url: 'http://localhost:8080/runs/1',
        version: 2,
      },
      sent: { version: 0, at: null, unsure: true },
      ...{ tries: 2, dueAt: '2026-11-24T12:00:00.000Z' },
    });
  });

  it.each([
    ['project=2', [2]],
    ['project=lab&sending=sent', [1]],
    ['pipeline=server:ci', [4, 3, 1]],
    [`commit=${COMMIT}`, [3, 2, 1]],
    ['commit=1234567', [4]],
    ['status=failure', [2]],
    ['sending=paused', [4]],
    ['sending=waiting', [3]],
    ['sending=waiting&status=success', []],
  ])('of ?%s', async (query, expected) => {
    const { ids } = shared();
    expect(await ids(`/flags?${query}`)).toEqual(expected);
  });

  it.each([
    ['project=-', 'project'],
    ['pipeline=', 'pipeline'],
    ['commit=12', 'commit'],
    ['status=green', 'status'],
    ['sending=never', 'sending'],
    ['limit=1.5', 'limit'],
    ['cursor=x', 'cursor'],
    ['since=2026-11-24T12:00:00Z', 'since'],
  ])('refuses ?%s', async (query, path) => {
    const { read } = shared();
    const { status, json } = await read(`/flags?${query}`);
    expect([status, (json as { faults: { path: string }[] }).faults.map((fault) => fault.path)]).toEqual([400, [path]]);
  });

  it('goes on where a page ended', async () => {
    const { read } = shared();
    const { next } = (await read('/flags?limit=3')).json as { next: string };
    expect((await read(`/flags?limit=3&cursor=${next}`)).json).toMatchObject({ items: [{ id: 1 }], next: null });
  });

  it('shows a limited token only flags of its projects', async () => {
    const { ids, token } = shared();
    expect(await ids('/flags', await token('read', { projects: [2], name: 'limited' }))).toEqual([2]);
  });
});
