/** What the sweep asks before it looks: which parts of the house have something that is due. */
import { expect, it } from 'vitest';
import { Backlog, WATCHED_PARTS } from '../../src/store/backlog.js';
import { Pipelines } from '../../src/store/pipelines.js';
import type { Store } from '../../src/store/store.js';
import { newDelivery, NOW, openStore, registerProject } from './open-store.js';

async function scene() {
  const opened = await openStore();
  const projectId = await registerProject(opened);
  const backlog = new Backlog(opened.store);
  const parts = async (nowMs: number) => [...(await backlog.dueParts(nowMs))].sort();
  return { ...opened, projectId, parts };
}

it('nothing is due in a house in which nothing happened', async () => {
  const { parts } = await scene();
  expect(await parts(NOW)).toEqual([]);
});

it('an event that came is due from then on, and a server-side pipeline until it was read', async () => {
  const { store, deliveries, projectId, parts } = await scene();
  await deliveries.accept(newDelivery(projectId, '1'));
  const pipeline = { projectId, name: 'ci', text: 'on: push', declaredBy: null };
  await store.commit((tx) => new Pipelines(store).insert(tx, pipeline, NOW));
  expect(await parts(NOW - 1)).toEqual(['pipeline']);
  expect(await parts(NOW)).toEqual(['event', 'pipeline']);
});

it.each(WATCHED_PARTS)('a part %s is due by a row of its own, and no other part is', async (part) => {
  const { store, parts } = await scene();
  const [table, column] = part === 'lease' ? (['job', 'leaseUntil'] as const) : ([part, 'dueAt'] as const);
  insert(store, table, part === 'pipeline' ? {} : { [column]: NOW });
  expect(await parts(NOW)).toEqual([part]);
  expect(await parts(NOW - 1)).toEqual(part === 'pipeline' ? [part] : []);
});

/** A row with nothing else in it than it must have. */
function insert({ native }: Store, table: string, values: Readonly<Record<string, unknown>>): void {
  const columns = native.pragma(`table_info("${table}")`) as { name: string; notnull: number; pk: number }[];
  const needed = columns.filter(({ notnull, pk }) => notnull === 1 && pk === 0).map(({ name }) => [name, 0] as const);
  const row = { ...Object.fromEntries(needed), ...values };
  const names = Object.keys(row).map((name) => `"${name}"`);
  native
    .prepare(`INSERT INTO "${table}" (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
    .run(...Object.values(row));
}
