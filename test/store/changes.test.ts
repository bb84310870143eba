/** The log of changes: what is a change, in which order all of them are read, and how long they are kept. */
import { describe, expect, it } from 'vitest';
import type { Change } from '../../src/model/change.js';
import { KEPT_CHANGES } from '../../src/store/change-triggers.js';
import { openChanging } from './changing.js';
import { NOW } from './open-store.js';

const START = { change: 0, event: 0 };

async function opened() {
  const house = await openChanging();
  const all = async (place = START) => {
    const found = await house.changes.after(place, 1_000);
    if (found === 'gap') throw new Error('a gap');
    return found;
  };
  const since = async (act: () => Promise<unknown>) => {
    const before = await house.changes.latest();
    await act();
    return all(before);
  };
  return { ...house, all, since };
}

const shortly = ({ kind, what, id, state }: Change) => `${kind} ${id} ${what} ${String(state['state'] ?? '')}`.trim();

describe('a change', () => {
  it('of a run is told with the run as it was after it', async () => {
    const { run, runs, store, since, projectId } = await opened();
    const id = await run('one');
    const [change] = await since(() =>
      store.commit((tx) => runs.update(tx, { id, version: 1 }, { state: 'running', startedAt: NOW })),
    );
    expect(change).toMatchObject({ kind: 'run', what: 'changed', id, projectId, runId: id });
    expect(change?.state).toMatchObject({ state: 'running', startedAt: NOW, number: 1, cancelRequested: false });
    expect(change?.state).not.toHaveProperty('plan');
  });

  it('of a job is told when it is queued, claimed and done', async () => {
    const { run, job, runs, store, since } = await opened();
    const runId = await run('one');
    const changes = await since(async () => {
      const jobId = await job(runId);
      const claim = { jobId, owner: 'boot', leaseUntil: NOW + 1, nowMs: NOW };
      const claimed = (await store.commit((tx) => runs.claim(tx, claim)))!;
      await store.commit((tx) =>
        runs.updateJob(tx, claimed, { state: 'done', result: 'success', outputs: { a: 'b' } }),
      );
    });
    expect(changes.map(shortly)).toEqual(['job 1 new queued', 'job 1 changed running', 'job 1 changed done']);
    expect(changes.map(({ runId: of }) => of)).toEqual([runId, runId, runId]);
    expect(changes[2]?.state).not.toHaveProperty('outputs');
  });

  it('of a flag is told when something else is wanted, sent or paused', async () => {
    const { run, want, flags, store, since } = await opened();
    const runId = await run('one');
    const fine = { tries: 0, failures: 0, dueAt: null, sentVersion: 1, sentAt: NOW };
    const changes = await since(async () => {
      await want(runId, 'pending');
      await want(runId, 'pending');
      await store.commit((tx) => flags.endTry(tx, { id: 1, version: 1 }, fine));
      await want(runId, 'success');
      await store.commit((tx) => flags.endTry(tx, { id: 1, version: 2 }, { ...fine, pausedReason: '403' }));
    });
    expect(
      changes.map(({ what, state }) => [what, state['status'], state['sentVersion'], state['pausedReason']]),
    ).toEqual([
      ['new', 'pending', 0, null],
      ['changed', 'pending', 1, null],
      ['changed', 'success', 1, null],
      ['changed', 'success', 1, '403'],
    ]);
  });

  it('of an event is told as it came and as it was settled', async () => {
    const { event, events, store, since } = await opened();
    const changes = await since(async () => {
      const id = await event('one');
      await event('old', { verdict: 'stale', note: 'signed last year' });
      await store.commit((tx) => events.settle(tx, id, { state: 'done', note: null }));
    });
    expect(changes.map(shortly)).toEqual(['event 1 new due', 'event 2 new idle', 'event 1 changed done']);
    expect(changes[0]?.state).toMatchObject({ topic: 'git.receive', verdict: 'ok', receivedAt: NOW });
    expect(Object.keys(changes[2]!.state).sort()).toEqual(Object.keys(changes[0]!.state).sort());
  });

  it('is no renewed lease, no counted try and no use of a token', async () => {
    const { run, job, want, runs, flags, event, events, store, since } = await opened();
    const jobId = await job(await run('one'));
    await want(1, 'pending');
    const eventId = await event('one');
    const claim = { jobId, owner: 'boot', leaseUntil: NOW + 1, nowMs: NOW };
    const claimed = (await store.commit((tx) => runs.claim(tx, claim)))!;
    const changes = await since(async () => {
      await store.commit((tx) => runs.renewLease(tx, claimed, 'boot', NOW + 60_000));
      await store.commit((tx) => flags.beginTry(tx, 1, NOW));
      await store.commit((tx) => events.beginTry(tx, eventId, NOW));
      await store.commit((tx) => tx.manager.query('UPDATE "api_token" SET "lastUsedAt" = 1'));
    });
    expect(changes).toEqual([]);
  });

  it('costs a delivery no row of the log', async () => {
    const { event, store } = await opened();
    await event('one');
    expect(await store.reader.query('SELECT count(*) AS "n" FROM "change"')).toEqual([{ n: 0 }]);
  });

  it('that is rolled back is told to nobody and leaves no hole', async () => {
    const { run, store, all } = await opened();
    await store
      .commit(async (tx) => {
        await tx.manager.query(`UPDATE "run" SET "state" = 'done'`);
        await tx.manager.query(
          `INSERT INTO "change" ("kind", "what", "rowId", "projectId", "afterEvent", "state") VALUES ('run', 'new', 9, 1, 0, '{}')`,
        );
        throw new Error('no');
      })
      .catch(() => undefined);
    await run('one');
    expect((await all()).map(({ at }) => at.number)).toEqual([1]);
  });

  it('is told although a migration has made its table anew, and so dropped the triggers', async () => {
    const { store, folder } = await opened();
    const triggers = `SELECT "name" FROM "sqlite_master" WHERE "type" = 'trigger' ORDER BY "name"`;
    const before = await store.reader.query<{ name: string }[]>(triggers);
    await store.commit((tx) => tx.manager.query('DROP TRIGGER "change_of_run"'));
    await store.close();
    const again = await openChanging(folder);
    expect(await again.store.reader.query(triggers)).toEqual(before);
  });
});

describe('the order', () => {
  it('is that of the commits, over events and the log', async () => {
    const { event, run, job, all } = await opened();
    await event('one');
    const first = await run('one');
    await event('two');
    await event('three');
    await job(first);
    await run('two');
    await event('four');
    expect((await all()).map(shortly)).toEqual([
      ...['event 1 new due', 'run 1 new queued', 'event 2 new due', 'event 3 new due'],
      ...['job 1 new queued', 'run 2 new queued', 'event 4 new due'],
    ]);
  });

  it('is the same from every place on the way, in parts of any size', async () => {
    const { event, run, changes, all } = await opened();
    for (const n of [1, 2, 3, 4, 5, 6]) await (n % 3 === 0 ? event(`${n}`) : run(`${n}`));
    const whole = await all();
    for (const size of [1, 2, 4]) {
      const seen: Change[] = [];
      let place = START;
      for (;;) {
        const part = (await changes.after(place, size)) as readonly Change[];
        if (part.length === 0) break;
        seen.push(...part);
        for (const { at } of part) place = { ...place, [at.sequence]: at.number };
      }
      expect(seen).toEqual(whole);
    }
  });
});

describe('what is kept', () => {
  it('are the newest changes; whoever comes from before them is told of the gap', async () => {
    const { store, changes, all } = await opened();
    await store.commit((tx) =>
      tx.manager.query(
        `WITH RECURSIVE "n" AS (SELECT 1 AS "i" UNION ALL SELECT "i" + 1 FROM "n" WHERE "i" < ${KEPT_CHANGES + 128})
         INSERT INTO "change" ("kind", "what", "rowId", "projectId", "afterEvent", "state")
         SELECT 'run', 'new', "i", 1, 0, '{}' FROM "n"`,
      ),
    );
    const oldest = (await all({ change: 128, event: 0 }))[0];
    expect(oldest?.at.number).toBe(129);
    expect(await changes.after({ change: 127, event: 0 }, 1)).toBe('gap');
    expect(await store.reader.query('SELECT count(*) AS "n" FROM "change"')).toEqual([{ n: KEPT_CHANGES }]);
  });

  it('does not reach into the future: a place of another store is a gap', async () => {
    const { changes, run, event } = await opened();
    await run('one');
    await event('one');
    expect(await changes.after({ change: 2, event: 0 }, 1)).toBe('gap');
    expect(await changes.after({ change: 0, event: 2 }, 1)).toBe('gap');
    expect(await changes.after({ change: 1, event: 1 }, 1)).toEqual([]);
  });
});
