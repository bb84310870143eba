/** The flags of open pull-requests are looked at from time to time: what the forge lost is sent again. */
import { describe, expect, it } from 'vitest';
import { CHECK_BOUNDS, CheckDrift } from '../../src/report/check-drift.js';
import { SendFlag } from '../../src/report/send-flag.js';
import type { ForgeProject, SendFlagAnswer, ShownFlag, WantedFlag } from '../../src/forge/forge.js';
import { Forges } from '../../src/forge/forges.js';
import { Flags } from '../../src/store/flags.js';
import { PullStandings } from '../../src/store/pull-standings.js';
import { events } from '../../src/store/schema/tables.js';
import { DummyForge } from '../projects/dummy-forge.js';
import { SeededRandom } from '../kernel/seeded-random.js';
import { StillClock } from '../kernel/still-clock.js';
import { NOW, openStore, registerProject } from '../store/open-store.js';

const HEAD = 'a'.repeat(40);
const HOUR_MS = 3_600_000;

class KeepingForge extends DummyForge {
  readonly shown = new Map<string, ShownFlag>();
  sent = 0;
  read = 0;

  override async sendFlag(_project: ForgeProject, _token: string, flag: WantedFlag): Promise<SendFlagAnswer> {
    this.sent += 1;
    this.shown.set(flag.uid, flag);
    return { kind: 'sent' };
  }

  override async readFlags(): Promise<readonly ShownFlag[]> {
    this.read += 1;
    return [...this.shown.values()];
  }
}

async function openScene() {
  const house = await openStore();
  const projectId = await registerProject(house);
  await house.store.commit((tx) => house.projects.setToken(tx, projectId, 'token'));
  const { store } = house;
  const [clock, forge, random] = [new StillClock(NOW), new KeepingForge(), new SeededRandom('drift')];
  const flags = new Flags(store, random);
  const sending = new SendFlag({ ...house, flags }, new Forges(forge), clock, random);
  const pulls = new PullStandings(store);
  const drift = new CheckDrift({ store, flags, pulls }, clock, random, (error) => {
    throw error;
  });
  const sendDue = async () => {
    for (const id of await flags.dueIds({ nowMs: clock.now(), limit: 1_000 })) await sending.send(id);
  };
  const tell = (pullRequest: number, action: string, commit: string | null = HEAD) =>
    store.commit(async (tx) => {
      await tx.manager.insert(events, {
        ...{ projectId, deliveryId: null, source: 'webhook', topic: `pull-request.${action}`, kind: 'pull-request' },
        ...{ action, ref: null, before: null, after: null, forced: false, commit, pullRequest, actor: 'alice' },
        ...{ url: null, summary: '', verdict: 'ok', state: 'done', note: null, tries: 0, waits: 0, dueAt: null },
        receivedAt: NOW,
      } as never);
    });
  const want = (pullRequest: number, subject = `pull/${pullRequest}@${HEAD}`) =>
    store.commit((tx) =>
      flags.want(
        tx,
        {
          ...{ projectId, pipelineKey: 'server:ci', subject, jobKey: '', runId: pullRequest, commit: HEAD },
          ...{ username: 'ci', status: 'success', comment: 'passed: 1 job', percent: null },
          url: `https://ci.example.org/runs/${pullRequest}`,
        },
        clock.now(),
      ),
    );
  /** Half a day, minute by minute where something happens. */
  const pass = async (hours: number) => {
    for (let at = 0; at < hours * 2; at++) {
      clock.advance(HOUR_MS / 2);
      await drift.once();
      await sendDue();
      clock.advance(100_000);
      await sendDue();
    }
  };
  return { flags, clock, forge, drift, sendDue, tell, want, pass };
}

describe('the flag of an open pull-request', () => {
  it('that the forge lost is sent again within hours', async () => {
    const { forge, tell, want, sendDue, pass, flags } = await openScene();
    await tell(3, 'opened');
    await want(3);
    await sendDue();
    forge.shown.clear();
    await pass(7);
    expect([...forge.shown.values()]).toMatchObject([{ status: 'success' }]);
    expect(await flags.byId(1)).toMatchObject({ unsure: false, dueAt: null });
  });

  it('that is shown as it should be is read a few times a day, and not sent again', async () => {
    const { forge, tell, want, sendDue, pass } = await openScene();
    await tell(3, 'opened');
    await want(3);
    await sendDue();
    await pass(24);
    expect(forge.sent).toBe(1);
    expect(forge.read).toBeGreaterThanOrEqual(3);
    expect(forge.read).toBeLessThanOrEqual(8);
  });

  it.each([
    ['was closed', 'closed', HEAD],
    ['has another head', 'synchronize', 'b'.repeat(40)],
  ])('is looked at no more when that %s', async (_, action, commit) => {
    const { forge, tell, want, sendDue, pass, flags } = await openScene();
    await tell(3, 'opened');
    await want(3);
    await sendDue();
    await tell(3, action, commit);
    await pass(24);
    expect(forge.read).toBe(0);
    expect((await flags.byId(1))?.checkAt).toBeNull();
  });

  it('is looked at again after that was closed and reopened, and a flag of a branch never', async () => {
    const { forge, tell, want, sendDue, pass } = await openScene();
    for (const action of ['opened', 'closed', 'reopened']) await tell(3, action);
    await want(3);
    await want(4, `refs/heads/main@${HEAD}`);
    await sendDue();
    await pass(7);
    expect(forge.read).toBe(1);
  });

  it('waits its turn: of one project few are read at a time, and all in the end', async () => {
    const { forge, tell, want, sendDue, pass, drift, clock, flags } = await openScene();
    for (let number = 1; number <= 20; number++) {
      await tell(number, 'opened');
      await want(number);
    }
    await sendDue();
    clock.advance(6 * HOUR_MS);
    await drift.once();
    const doubted = await flags.dueIds({ nowMs: clock.now(), limit: 100 });
    expect(doubted).toHaveLength(CHECK_BOUNDS.perProject);
    await sendDue();
    forge.shown.clear();
    await pass(12);
    expect(forge.shown.size).toBe(20);
  });
});
