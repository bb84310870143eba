/** Deliveries: accepted in groups, once each, with their events. */
import { describe, expect, it, vi } from 'vitest';
import { deliveries as deliveryTable, events } from '../../src/store/schema/tables.js';
import { newDelivery, openStore, registerProject } from './open-store.js';

describe('accepting deliveries', () => {
  it('stores delivery, body and event together and names the event as due', async () => {
    const house = await openStore();
    const projectId = await registerProject(house);
    const due: number[] = [];
    house.store.handDueTo((_, id) => due.push(id));
    const { outcome, eventId } = await house.deliveries.accept(newDelivery(projectId, 'one'));
    const event = await house.store.reader.findOneByOrFail(events, { id: eventId! });
    expect(outcome).toBe('new');
    expect(event).toMatchObject({ projectId, topic: 'git.receive', state: 'due', forced: false, deliveryId: 1 });
    expect(await house.deliveries.body(1)).toEqual(Buffer.from('{"msg_id":"one"}'));
    expect(due).toEqual([eventId]);
  });

  it('makes no event of a second delivery with the same msg_id and body', async () => {
    const house = await openStore();
    const projectId = await registerProject(house);
    const both = [newDelivery(projectId, 'one'), newDelivery(projectId, 'one')];
    const outcomes = await Promise.all(both.map((one) => house.deliveries.accept(one)));
    expect(outcomes.map((one) => one.outcome)).toEqual(['new', 'same']);
    expect(await house.store.reader.count(events)).toBe(1);
  });

  it('commits what comes alone at once', async () => {
    const house = await openStore();
    const projectId = await registerProject(house);
    const turn = vi.fn();
    setImmediate(turn);
    await house.deliveries.accept(newDelivery(projectId, 'one'));
    expect(turn).not.toHaveBeenCalled();
  });

  it('takes what comes in the same turn of the event loop into one commit while many come', async () => {
    const house = await openStore();
    const projectId = await registerProject(house);
    const accept = (msgId: string) => house.deliveries.accept(newDelivery(projectId, msgId));
    await Promise.all([accept('one'), accept('two'), accept('three')]);
    const commits = vi.spyOn(house.store, 'commitPrepared');
    const first = accept('four');
    await new Promise((resolve) => process.nextTick(resolve));
    await Promise.all([first, accept('five')]);
    expect(commits).toHaveBeenCalledTimes(1);
  });

  it('keeps a second body under the same msg_id as a conflict that starts nothing', async () => {
    const house = await openStore();
    const projectId = await registerProject(house);
    await house.deliveries.accept(newDelivery(projectId, 'one'));
    const other = await house.deliveries.accept(newDelivery(projectId, 'one', { bodyHash: 'other' }));
    const event = await house.store.reader.findOneByOrFail(events, { id: other.eventId! });
    expect(other.outcome).toBe('conflict');
    expect(event).toMatchObject({ verdict: 'conflict', state: 'idle', dueAt: null });
  });

  it('lets one id be used by two projects', async () => {
    const house = await openStore();
    const ids = [await registerProject(house, 'lab'), await registerProject(house, 'rpms/bash')];
    const outcomes = await Promise.all(ids.map((id) => house.deliveries.accept(newDelivery(id, 'one'))));
    expect(outcomes.map((one) => one.outcome)).toEqual(['new', 'new']);
  });

  it('fails one bad row of a group alone', async () => {
    const house = await openStore();
    const projectId = await registerProject(house);
    const bad = newDelivery(projectId, 'bad', { bodyHash: null as unknown as string });
    const group = [newDelivery(projectId, 'one'), bad, newDelivery(projectId, 'two')];
    const outcomes = await Promise.allSettled(group.map((one) => house.deliveries.accept(one)));
    expect(outcomes.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await house.store.reader.count(deliveryTable)).toBe(2);
  });

  it('rejects all that wait, and goes on later, when the database takes nothing', async () => {
    const house = await openStore();
    const projectId = await registerProject(house);
    house.store.native.pragma('query_only = ON');
    await expect(house.deliveries.accept(newDelivery(projectId, 'one'))).rejects.toThrow();
    house.store.native.pragma('query_only = OFF');
    expect((await house.deliveries.accept(newDelivery(projectId, 'one'))).outcome).toBe('new');
  });

  it('keeps only the newest refused POSTs', async () => {
    const house = await openStore();
    const refused = {
      receivedAt: 1,
      code: 'bad-signature',
      projectHint: null,
      sizeBytes: 2,
      remoteAddress: '127.0.0.1',
    };
    for (let round = 0; round < 3; round++) {
      await house.store.commit((tx) => house.deliveries.keepRefused(tx, Array(400).fill(refused)));
    }
    expect(await house.deliveries.refused(5_000)).toHaveLength(1_000);
  });
});
