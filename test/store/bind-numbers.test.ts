/** Numbers are bound and not written into the SQL: a query for another id is the same statement. */
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { nativeConnection, openDataSources } from '../../src/store/data-sources.js';
import { events, projects } from '../../src/store/schema/tables.js';
import { temporaryFolder } from './open-store.js';

async function sources() {
  const opened = await openDataSources(join(temporaryFolder(), 'store.sqlite'));
  onTestFinished(async () => {
    await opened.read.destroy();
    await opened.write.destroy();
  });
  return opened;
}

describe('a query with numbers', () => {
  it('is prepared once, whatever the numbers are', async () => {
    const { read } = await sources();
    const prepare = vi.spyOn(nativeConnection(read), 'prepare');
    for (const id of [1, 2, Number.MAX_SAFE_INTEGER]) await read.manager.findOneBy(events, { id });
    expect(prepare).toHaveBeenCalledTimes(1);
  });

  it('finds, changes and deletes the rows that it names', async () => {
    const { write } = await sources();
    const setAt = 1_764_000_000_001;
    const line = { projectId: 2, pipelineKey: 'server:ci', cron: '0 4 * * *', timezone: 'UTC', dueAt: null, setAt };
    const table = write.manager.getRepository('schedule');
    for (const projectId of [2, 3]) await table.insert({ ...line, projectId });
    expect(await table.countBy({ projectId: 2, setAt })).toBe(1);
    expect((await table.update({ projectId: 2, setAt }, { dueAt: 1.5e12 })).affected).toBe(1);
    expect(await table.findOneBy({ projectId: 2 })).toMatchObject({ setAt, dueAt: 1.5e12 });
    expect((await table.delete({ projectId: 3 })).affected).toBe(1);
    expect(await table.count()).toBe(1);
    expect(await write.manager.countBy(projects, { id: 2 })).toBe(0);
  });
});
