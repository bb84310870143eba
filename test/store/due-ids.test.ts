/** What is due, found without looking at what is not. */
import { describe, expect, it } from 'vitest';
import { SystemClock } from '../../src/kernel/clock.js';
import { dueIdsSql } from '../../src/store/due-ids.js';
import { Events } from '../../src/store/events.js';
import { Deliveries } from '../../src/store/deliveries.js';
import { newDelivery, NOW, openStore, registerProject } from '../store/open-store.js';

describe('rows that are due', () => {
  it('are all come to, a page at a time, however many there are', async () => {
    const opened = await openStore();
    const projectId = await registerProject(opened);
    const [deliveries, events] = [new Deliveries(opened.store, new SystemClock()), new Events(opened.store)];
    for (const id of ['a', 'b', 'c', 'd', 'e']) await deliveries.accept(newDelivery(projectId, id));
    const page = (afterId: number) => events.dueIds({ nowMs: NOW, limit: 2, afterId });
    expect([await page(0), await page(2), await page(4), await page(5)]).toEqual([[1, 2], [3, 4], [5], []]);
  });

  it.each(['event', 'job', 'flag', 'turn', 'command', 'comment'])(
    'of the table %s are read out of the index of what is due',
    async (table) => {
      const { store } = await openStore();
      const { sql, values } = dueIdsSql(table, { nowMs: NOW, limit: 10 });
      const plan = await store.reader.query<{ detail: string }[]>(`EXPLAIN QUERY PLAN ${sql}`, values);
      const steps = plan.map(({ detail }) => detail).filter((detail) => /SCAN|SEARCH/.test(detail));
      expect(steps.length).toBeGreaterThan(0);
      for (const step of steps)
        expect(step).toMatch(new RegExp(`^SEARCH ${table} USING (COVERING )?INDEX ${table}_due `));
    },
  );
});
