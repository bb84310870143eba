/** Flags on their way to the forge: sent until taken, the newest state wins, read back after a time-out. */
import { describe, expect, it } from 'vitest';
import type { ForgeProject, SendFlagAnswer, ShownFlag, WantedFlag } from '../../src/forge/forge.js';
import { Forges } from '../../src/forge/forges.js';
import { Fault } from '../../src/kernel/errors.js';
import { READ_BACK_AFTER_MS, SendFlag } from '../../src/report/send-flag.js';
import { Flags, type Wish } from '../../src/store/flags.js';
import { DummyForge } from '../projects/dummy-forge.js';
import { SeededRandom } from '../kernel/seeded-random.js';
import { StillClock } from '../kernel/still-clock.js';
import { NOW, openStore, registerProject } from '../store/open-store.js';

type Answer = SendFlagAnswer | Fault;
const SENT: SendFlagAnswer = { kind: 'sent' };
const SILENCE = new Fault('no answer in 30 s', { retryable: true });
const BROKEN = new Fault('no such case', { retryable: false });

/** A forge that takes flags, and answers the next sendings as it is told. */
class ScriptedForge extends DummyForge {
  readonly sent: WantedFlag[] = [];
  shown: ShownFlag[] = [];
  readonly answers: Answer[] = [];
  onSend: () => Promise<void> = async () => undefined;

  override async sendFlag(_project: ForgeProject, _token: string, flag: WantedFlag): Promise<SendFlagAnswer> {
    this.sent.push(flag);
    await this.onSend();
    const answer = this.answers.shift() ?? SENT;
    if (answer instanceof Fault) throw answer;
    if (answer.kind === 'sent') this.shown = [flag];
    return answer;
  }

  override async readFlags(): Promise<readonly ShownFlag[]> {
    return this.shown;
  }
}

async function openReport() {
  const house = await openStore();
  const projectId = await registerProject(house);
  await house.store.commit((tx) => house.projects.setToken(tx, projectId, 'token'));
  const [clock, forge] = [new StillClock(NOW), new ScriptedForge()];
  const flags = new Flags(house.store, new SeededRandom('uid'));
  const random = new SeededRandom('jitter');
  const report = new SendFlag({ ...house, flags }, new Forges(forge), clock, random);
  const want = (status: Wish['status'], runId = 1) =>
    house.store.commit((tx) => flags.want(tx, wish({ projectId, status, runId }), clock.now()));
  const row = async () => (await flags.byId(1))!;
  return { ...house, projectId, clock, forge, flags, report, want, row };
}

function wish(change: Pick<Wish, 'projectId' | 'status' | 'runId'>): Wish {
  return {
    pipelineKey: 'server:ci',
    subject: 'refs/heads/main@c',
    jobKey: '',
    percent: null,
    commit: 'c'.repeat(40),
    username: 'ci',
    comment: change.status,
    url: `https://ci.example.org/runs/${change.runId}`,
    ...change,
  };
}

describe('a flag', () => {
  it('is sent once and is due no more', async () => {
    const { report, forge, want, row } = await openReport();
    await want('pending');
    await report.send(1);
    await report.send(1);
    expect(forge.sent).toMatchObject([{ status: 'pending', uid: expect.stringMatching(/^[0-9a-f]{32}$/) }]);
    expect(await row()).toMatchObject({ sentVersion: 1, dueAt: null, tries: 0, begun: 0 });
  });

  it('keeps its uid over all states', async () => {
    const { report, forge, want } = await openReport();
    for (const status of ['pending', 'success'] as const) {
      await want(status);
      await report.send(1);
    }
    expect(new Set(forge.sent.map((flag) => flag.uid)).size).toBe(1);
  });

  it('is tried again with back-off, at most half an hour apart, until it is taken', async () => {
    const { report, forge, want, row, clock } = await openReport();
    await want('success');
    for (let tries = 1; tries <= 20; tries++) {
      forge.answers.push(SILENCE);
      await report.send(1);
      const waitMs = (await row()).dueAt! - clock.now();
      expect(waitMs).toBeGreaterThan(0);
      expect(waitMs).toBeLessThanOrEqual(30 * 60_000);
      clock.advance(waitMs);
    }
    await report.send(1);
    expect(await row()).toMatchObject({ sentVersion: 1, tries: 0 });
  });

  it('is tried again when the forge wants to be asked again, and not before', async () => {
    const { report, forge, want, row, clock } = await openReport();
    await want('success');
    forge.answers.push(new Fault('too many', { retryable: true, retryAfterMs: 600_000 }));
    await report.send(1);
    expect(await row()).toMatchObject({ dueAt: clock.now() + 600_000, pausedReason: null });
  });

  it('is sent in its newest state when that changed while an older one was under way', async () => {
    const { report, forge, want, row } = await openReport();
    await want('pending');
    forge.onSend = () => (forge.sent.length === 1 ? want('success') : Promise.resolve());
    await report.send(1);
    expect(await row()).toMatchObject({ sentVersion: 1, version: 2 });
    await report.send(1);
    expect(forge.shown).toMatchObject([{ status: 'success' }]);
    expect(await row()).toMatchObject({ sentVersion: 2, dueAt: null });
  });

  it('is read back after a time-out, and mended when an older state arrived late', async () => {
    const { report, forge, want, row, clock } = await openReport();
    await want('pending');
    forge.answers.push(SILENCE);
    await report.send(1);
    await want('success');
    await report.send(1);
    forge.shown = [{ ...forge.shown[0]!, status: 'pending', comment: 'pending' }];
    clock.advance(READ_BACK_AFTER_MS);
    expect((await row()).dueAt).toBeLessThanOrEqual(clock.now());
    await report.send(1);
    expect(forge.shown).toMatchObject([{ status: 'success' }]);
    clock.advance(READ_BACK_AFTER_MS);
    await report.send(1);
    expect(await row()).toMatchObject({ unsure: false, dueAt: null });
  });

  it.each(['back', 'forward'])('is not read back too early by a clock that was set %s', async (way) => {
    const { report, forge, want, row, clock } = await openReport();
    await want('pending');
    forge.answers.push(SILENCE);
    await report.send(1);
    await want('success');
    await report.send(1);
    clock.jump(way === 'back' ? -86_400_000 : 86_400_000);
    await report.send(1);
    expect(await row()).toMatchObject({ unsure: true, dueAt: clock.now() + READ_BACK_AFTER_MS });
    forge.shown = [{ ...forge.shown[0]!, status: 'pending', comment: 'pending' }];
    clock.advance(READ_BACK_AFTER_MS);
    await report.send(1);
    expect(forge.shown).toMatchObject([{ status: 'success' }]);
  });

  it('is neither sent nor read back before it is due', async () => {
    const { report, forge, want, row } = await openReport();
    await want('pending');
    forge.answers.push(SILENCE);
    await report.send(1);
    await want('success');
    await report.send(1);
    await report.send(1);
    expect(forge.sent).toHaveLength(2);
    expect(await row()).toMatchObject({ unsure: true });
  });

  it('is paused with the reason when the forge refuses it, and goes on after a new token', async () => {
    const { report, forge, want, row, store, flags, projectId, clock } = await openReport();
    await want('success');
    forge.answers.push({ kind: 'refused', reason: 'Expired token' });
    await report.send(1);
    expect(await row()).toMatchObject({ pausedReason: 'Expired token', dueAt: null });
    await store.commit((tx) => flags.resume(tx, projectId, clock.now()));
    await report.send(1);
    expect(await row()).toMatchObject({ pausedReason: null, dueAt: null });
    expect(forge.shown).toMatchObject([{ status: 'success' }]);
  });

  it('is shown in its newest state after three days without an answer and restarts in between', async () => {
    const { report, forge, want, row, clock } = await openReport();
    await want('pending');
    const endMs = clock.now() + 72 * 3_600_000;
    for (let at = 0; clock.now() < endMs; at++) {
      forge.answers.splice(0, 1, SILENCE);
      if (at % 50 === 10) await report.takeOver();
      clock.advance(Math.max(1, (await row()).dueAt! - clock.now()));
      await report.send(1);
    }
    await want('success', 2);
    forge.answers.length = 0;
    await report.send(1);
    expect(forge.shown).toMatchObject([{ status: 'success' }]);
    expect(await row()).toMatchObject({ pausedReason: null, sentVersion: 2 });
  });

  it('tells how far a run is at most once in 15 seconds, and its end at once', async () => {
    const { report, forge, store, flags, projectId, row, clock } = await openReport();
    const progress = (percent: number | null, status: Wish['status'] = 'pending') =>
      store.commit((tx) =>
        flags.want(tx, { ...wish({ projectId, status, runId: 1 }), comment: `${percent}`, percent }, clock.now()),
      );
    await progress(0);
    await report.send(1);
    for (let percent = 1; percent <= 90; percent++) {
      clock.advance(1_000);
      await progress(percent);
      await report.send(1);
    }
    expect(forge.sent.map(({ percent }) => percent)).toEqual([0, 15, 30, 45, 60, 75, 90]);
    await progress(95);
    expect((await row()).dueAt).toBe(clock.now() + 15_000);
    await progress(null, 'success');
    expect((await row()).dueAt).toBe(clock.now());
    await report.send(1);
    expect(forge.shown).toMatchObject([{ status: 'success', percent: null }]);
  });

  it('that the forge shows otherwise for good is sent again three times, and then left alone', async () => {
    const { report, forge, want, row, clock } = await openReport();
    await want('pending');
    forge.answers.push(SILENCE);
    await report.send(1);
    await want('success');
    for (let at = 0; at < 10 && (await row()).dueAt !== null; at++) {
      clock.advance(READ_BACK_AFTER_MS);
      await report.send(1);
      forge.shown = forge.shown.map((one) => ({ ...one, comment: 'in other words' }));
    }
    expect(forge.sent).toHaveLength(5);
    expect(await row()).toMatchObject({ unsure: false, dueAt: null, lastError: expect.stringContaining('otherwise') });
  });

  it('of an older run never replaces that of a newer one', async () => {
    const { want, row } = await openReport();
    await want('success', 2);
    await want('failure', 1);
    expect(await row()).toMatchObject({ runId: 2, status: 'success', version: 1 });
  });

  it('in whose sending the server was killed five times waits longer each time, and is sent all the same', async () => {
    const { store, flags, report, want, row, forge, clock } = await openReport();
    await want('success');
    for (let kills = 1; kills <= 5; kills++) {
      await store.commit((tx) => flags.beginTry(tx, 1, clock.now()));
      await report.takeOver();
      const waitMs = (await row()).dueAt! - clock.now();
      expect(waitMs).toBeGreaterThanOrEqual(kills < 3 ? 500 * kills : 30 * 60_000);
      clock.advance(waitMs);
    }
    await report.send(1);
    expect(forge.shown).toMatchObject([{ status: 'success' }]);
    expect(await row()).toMatchObject({ pausedReason: null, lastError: null, begun: 0 });
  });

  it('in whose sending the server was killed each time is parked, and sent again when somebody says so', async () => {
    const { store, flags, report, want, row, forge, clock } = await openReport();
    await want('success');
    for (let kills = 1; kills <= 6; kills++) {
      await store.commit((tx) => flags.beginTry(tx, 1, clock.now()));
      await report.takeOver();
      clock.advance(31 * 60_000);
    }
    const reason = 'the server stopped each time it was sent';
    expect(await row()).toMatchObject({ pausedReason: reason, dueAt: null, begun: 0 });
    await report.send(1);
    expect(forge.shown).toEqual([]);
    await store.commit((tx) => flags.resume(tx, 1, clock.now()));
    await report.send(1);
    expect(forge.shown).toMatchObject([{ status: 'success' }]);
  });

  it('that breaks us three times is paused', async () => {
    const { report, forge, want, row, clock } = await openReport();
    await want('success');
    for (let failures = 1; failures <= 3; failures++) {
      expect(await row()).toMatchObject({ failures: failures - 1, pausedReason: null });
      forge.answers.push(BROKEN);
      clock.advance((await row()).dueAt! - clock.now());
      await report.send(1);
    }
    expect(await row()).toMatchObject({ pausedReason: 'no such case', dueAt: null });
  });

  it('is not paused when it breaks us once after a forge that did not answer', async () => {
    const { report, forge, want, row, clock } = await openReport();
    await want('success');
    forge.answers.push(SILENCE, SILENCE, SILENCE, BROKEN);
    for (let tries = 1; tries <= 4; tries++) {
      clock.advance((await row()).dueAt! - clock.now());
      await report.send(1);
    }
    expect(await row()).toMatchObject({ tries: 4, failures: 1, pausedReason: null });
  });

  it('that was under way when the server died is sent again with back-off, and read back for what may still arrive', async () => {
    const { store, flags, report, want, row, forge, clock } = await openReport();
    await want('pending');
    await store.commit((tx) => flags.beginTry(tx, 1, NOW));
    await report.takeOver();
    expect((await row()).dueAt).toBeGreaterThan(clock.now());
    await want('success');
    await report.send(1);
    forge.shown = [{ ...forge.shown[0]!, status: 'pending', comment: 'pending' }];
    expect(await row()).toMatchObject({ sentVersion: 2, dueAt: clock.now() + READ_BACK_AFTER_MS });
    clock.advance(READ_BACK_AFTER_MS);
    await report.send(1);
    expect(forge.shown).toMatchObject([{ status: 'success' }]);
  });

  it('whose try could not be noted (a full disk) is read back as well', async () => {
    const { store, flags, report, want, row, forge, clock } = await openReport();
    await want('pending');
    await store.commit((tx) => flags.beginTry(tx, 1, NOW));
    await want('success');
    await report.send(1);
    forge.shown = [{ ...forge.shown[0]!, status: 'pending', comment: 'pending' }];
    expect(await row()).toMatchObject({ sentVersion: 2, dueAt: clock.now() + READ_BACK_AFTER_MS });
    clock.advance(READ_BACK_AFTER_MS);
    await report.send(1);
    expect(forge.shown).toMatchObject([{ status: 'success' }]);
  });
});
