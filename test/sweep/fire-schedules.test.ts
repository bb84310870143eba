/** Schedules: their times are kept in the store, and each time is one event, whatever happens. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { join } from 'node:path';
import { nextTime } from '../../src/pipeline/index.js';
import { ArmedTables } from '../../src/store/armed-tables.js';
import { Deliveries } from '../../src/store/deliveries.js';
import { Events } from '../../src/store/events.js';
import { Pipelines } from '../../src/store/pipelines.js';
import type { Projects } from '../../src/store/projects.js';
import { Store } from '../../src/store/store.js';
import { ArmServerPipelines } from '../../src/sweep/arm-server-pipelines.js';
import { FireSchedules } from '../../src/sweep/fire-schedules.js';
import { SystemClock } from '../../src/kernel/clock.js';
import { NOW, openStore, registerProject } from '../store/open-store.js';

const HOUR = 3_600_000;

class StillClock extends SystemClock {
  at = NOW;
  override now(): number {
    return this.at;
  }
}

async function scene(schedules: readonly { cron: string; timezone: string }[]) {
  const opened = await openStore();
  const { store, projects } = opened;
  const projectId = await registerProject(opened);
  const [armed, events, clock] = [new ArmedTables(store), new Events(store), new StillClock()];
  const arm = (armedNow: typeof schedules) =>
    store.commit((tx) =>
      armed.arm(
        tx,
        { projectId, pipelineKey: 'repo:ci.yml', armed: { schedules: armedNow, follows: null } },
        nextTime,
        clock.at,
      ),
    );
  await arm(schedules);
  const sweep = () => new FireSchedules(store, armed, projects, clock).due(100, fail);
  const made = async () => (await Promise.all([1, 2, 3, 4].map((id) => events.byId(id)))).filter((one) => one !== null);
  return { ...opened, projectId, armed, events, clock, arm, sweep, made };
}

function fail(error: unknown): never {
  throw error;
}

const NIGHTLY = { cron: '0 4 * * *', timezone: 'UTC' };

describe('a schedule', () => {
  it('makes an event when its time has come, and not before', async () => {
    const { sweep, made, clock, armed, projectId, store } = await scene([NIGHTLY]);
    clock.at = NOW + 15 * HOUR;
    await sweep();
    expect(await made()).toEqual([]);
    clock.at = NOW + 16 * HOUR;
    await sweep();
    await sweep();
    const [event, ...more] = await made();
    expect(more).toEqual([]);
    expect(event).toMatchObject({ source: 'schedule', kind: 'schedule', topic: 'schedule', state: 'due', projectId });
    const body = await new Deliveries(store, clock).body(event!.deliveryId!);
    expect(JSON.parse(body!.toString())).toMatchObject({
      topic: 'schedule',
      msg: { schedule: '0 4 * * *', timezone: 'UTC', pipeline: 'repo:ci.yml', due_at: '2026-11-25T04:00:00.000Z' },
    });
    expect((await armed.schedulesOf(projectId))[0]!.dueAt).toBe(NOW + 40 * HOUR);
  });

  it('makes one event for all times that passed while the server was down', async () => {
    const { sweep, made, clock, armed, projectId } = await scene([{ cron: '*/5 * * * *', timezone: 'UTC' }]);
    clock.at = NOW + 100 * HOUR + 1;
    await sweep();
    expect(await made()).toHaveLength(1);
    expect((await armed.schedulesOf(projectId))[0]!.dueAt).toBe(NOW + 100 * HOUR + 300_000);
  });

  it('goes on after a clock that was a day ahead has told of its time too early', async () => {
    const { sweep, made, clock, armed, projectId } = await scene([NIGHTLY]);
    clock.at = NOW + 24 * HOUR;
    await sweep();
    clock.at = NOW;
    await sweep();
    clock.at = NOW + 16 * HOUR;
    await sweep();
    expect(await made()).toHaveLength(1);
    expect((await armed.schedulesOf(projectId))[0]!.dueAt).toBe(NOW + 40 * HOUR);
  });

  it('keeps its time in the store through a restart', async () => {
    const { clock, folder, store } = await scene([NIGHTLY]);
    await store.close();
    const again = await Store.open(join(folder, 'store.sqlite'));
    onTestFinished(() => again.close());
    clock.at = NOW + 16 * HOUR;
    const projectsAgain = { byId: async () => ({ enabled: true }) } as unknown as Projects;
    await new FireSchedules(again, new ArmedTables(again), projectsAgain, clock).due(100, fail);
    expect(await new Events(again).byId(1)).toMatchObject({ source: 'schedule' });
  });

  it('is neither lost nor doubled when two look at it at once', async () => {
    const { sweep, made, clock } = await scene([NIGHTLY]);
    clock.at = NOW + 16 * HOUR;
    await Promise.all([sweep(), sweep(), sweep()]);
    expect(await made()).toHaveLength(1);
  });

  it('stays due when the commit of its event fails', async () => {
    const { sweep, made, clock, armed, projectId, store } = await scene([NIGHTLY]);
    clock.at = NOW + 16 * HOUR;
    store.native.exec(`CREATE TRIGGER "full" BEFORE INSERT ON "event" BEGIN SELECT RAISE(ABORT, 'disk'); END`);
    await expect(sweep()).rejects.toThrow('disk');
    expect((await armed.schedulesOf(projectId))[0]!.dueAt).toBe(NOW + 16 * HOUR);
    store.native.exec('DROP TRIGGER "full"');
    await sweep();
    expect(await made()).toHaveLength(1);
  });

  it('keeps its time when its text is read again, and is gone with its line', async () => {
    const { arm, armed, projectId, clock } = await scene([NIGHTLY]);
    clock.at = NOW + HOUR;
    await arm([NIGHTLY, { cron: '0 5 * * *', timezone: 'Europe/Berlin' }]);
    expect((await armed.schedulesOf(projectId)).map(({ dueAt, setAt }) => [dueAt, setAt])).toEqual([
      [NOW + 16 * HOUR, NOW],
      [NOW + 16 * HOUR, NOW + HOUR],
    ]);
    await arm([]);
    expect(await armed.schedulesOf(projectId)).toEqual([]);
  });

  it('of a project that is disabled moves on without an event', async () => {
    const { sweep, made, clock, armed, projectId, store, projects } = await scene([NIGHTLY]);
    await store.commit((tx) => projects.update(tx, projectId, 1, { enabled: false }, NOW));
    clock.at = NOW + 16 * HOUR;
    await sweep();
    expect(await made()).toEqual([]);
    expect((await armed.schedulesOf(projectId))[0]!.dueAt).toBe(NOW + 40 * HOUR);
  });

  it('whose time a clock that was ahead computed is set right, without an event', async () => {
    const { sweep, made, clock, armed, projectId, arm } = await scene([]);
    clock.at = NOW + 1_000 * HOUR;
    await arm([NIGHTLY]);
    clock.at = NOW;
    await sweep();
    expect(await made()).toEqual([]);
    expect((await armed.schedulesOf(projectId))[0]!.dueAt).toBe(NOW + 16 * HOUR);
  });
});

describe('a server-side pipeline', () => {
  const text = (cron: string) => `on: {schedule: [{cron: '${cron}'}]}\njobs: {a: {runs-on: host, steps: [{run: x}]}}\n`;

  it('is read once for each change of it, and waits for nothing when it is switched off', async () => {
    const { armed, store, projectId, clock } = await scene([]);
    const pipelines = new Pipelines(store);
    const read = () => new ArmServerPipelines(store, armed, clock).unread(100, fail);
    const lines = async () => (await armed.schedulesOf(projectId)).map(({ pipelineKey, cron }) => [pipelineKey, cron]);
    const stored = { projectId, name: 'nightly', text: text('0  4 * * *'), declaredBy: null };
    const id = await store.commit((tx) => pipelines.insert(tx, stored, NOW));
    await read();
    expect(await lines()).toEqual([['server:nightly', '0 4 * * *']]);
    expect(await armed.unreadPipelines(10)).toEqual([]);
    await store.commit((tx) =>
      pipelines.replaceText(tx, { id, version: 1 }, { text: text('1 4 * * *'), author: 'a' }, NOW),
    );
    await read();
    expect(await lines()).toEqual([['server:nightly', '1 4 * * *']]);
    await store.commit((tx) => pipelines.setStanding(tx, id, { enabled: false, declaredBy: null }, NOW));
    await read();
    expect(await lines()).toEqual([]);
  });
});
