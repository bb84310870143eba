/** How much of what a push brought is kept with its runs. */
import { expect, it } from 'vitest';
import { keptCommits, type PushedCommit } from '../../src/model/pushed-commit.js';

const commit = (id: string, change: Partial<PushedCommit> = {}): PushedCommit => ({
  ...{ id, tree: 'b'.repeat(40), message: 'a change', committedAt: '2026-03-01T12:00:00+00:00' },
  ...{ authorName: 'Ada', authorEmail: 'ada@example.org', committerName: 'Bob', committerEmail: 'bob@example.org' },
  ...change,
});

it('all of a usual push, in its order', () => {
  const commits = ['1', '2', '3'].map((id) => commit(id));
  expect(keptCommits(commits)).toEqual(commits);
});

it('the newest of a large one', () => {
  const commits = Array.from({ length: 256 }, (_, at) => commit(String(at), { message: 'x'.repeat(1_000) }));
  const kept = keptCommits(commits);
  expect(kept.at(-1)?.id).toBe('255');
  expect(kept.length).toBeLessThan(32);
  expect(JSON.stringify(kept).length).toBeLessThan(33 * 1024);
});

it('the last one always, with its texts cut', () => {
  const long = '\u0001'.repeat(1_000_000);
  const people = { authorName: long, authorEmail: long, committerName: long, committerEmail: long };
  const kept = keptCommits([commit('1', { message: long, ...people })]);
  expect(kept.map(({ id, message, authorName }) => [id, message.length, authorName.length])).toEqual([
    ['1', 2_000, 200],
  ]);
});
