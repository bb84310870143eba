/** A comment of ours is sent until the forge has it, and stands there once. */
import { describe, expect, it } from 'vitest';
import type { ForgeProject, ShownComment } from '../../src/forge/forge.js';
import { Forges } from '../../src/forge/forges.js';
import { Fault } from '../../src/kernel/errors.js';
import type { Thread } from '../../src/model/comment-command.js';
import { LOOK_AFTER_MS, SendComment } from '../../src/report/send-comment.js';
import { OwnComments } from '../../src/store/own-comments.js';
import { SeededRandom } from '../kernel/seeded-random.js';
import { StillClock } from '../kernel/still-clock.js';
import { DummyForge } from '../projects/dummy-forge.js';
import { NOW, openStore, registerProject } from '../store/open-store.js';

type Next = 'takes it' | 'takes it and is silent' | 'is silent' | 'breaks' | 'refuses it';

class CommentedForge extends DummyForge {
  readonly taken: string[] = [];
  readonly next: Next[] = [];

  override readComments(): Promise<never> {
    const shown = this.taken.map((text, id): ShownComment => ({ id, author: 'ci', text, isNotification: false }));
    return Promise.resolve(shown as never);
  }

  override sendComment(_: ForgeProject, __: string, { text }: Thread & { readonly text: string }) {
    const next = this.next.shift() ?? 'takes it';
    if (next.startsWith('takes it')) this.taken.push(text);
    if (next === 'breaks') return Promise.reject(new Error('a bug'));
    if (next.endsWith('silent')) return Promise.reject(new Fault('no answer in 30 s', { retryable: true }));
    return Promise.resolve(
      next === 'refuses it' ? ({ kind: 'refused', reason: 'missing ACL' } as const) : ({ kind: 'sent' } as const),
    );
  }
}

async function opened(...next: readonly Next[]) {
  const house = await openStore();
  const projectId = await registerProject(house);
  await house.store.commit((tx) => house.projects.setToken(tx, projectId, 'TOKEN'.padEnd(40, '0')));
  const clock = new StillClock(NOW);
  const random = new SeededRandom('comment');
  const comments = new OwnComments(house.store, random);
  const forge = new CommentedForge();
  forge.next.push(...next);
  const sending = new SendComment({ ...house, comments }, new Forges(forge), clock, random);
  const wanted = { projectId, thread: 'pull-request', number: 1, cause: 'command 1', text: 'Done.' } as const;
  const want = () => house.store.commit((tx) => comments.want(tx, wanted, clock.now()));
  await want();
  const { store } = house;
  return { store, clock, comments, forge, projectId, want, send: () => sending.send(1), row: () => comments.byId(1) };
}

describe('a comment of ours', () => {
  it('carries a marker that is stored, and is sent once however often it is wanted', async () => {
    const { forge, send, want, row, comments, projectId } = await opened();
    await want();
    await send();
    await send();
    const { marker } = (await row())!;
    expect(forge.taken).toEqual([`Done.\n\n[//]: # (pagure-actions:${marker})`]);
    expect(marker).toMatch(/^[0-9a-f]{32}$/);
    expect([await comments.isOwn(projectId, [marker]), await comments.isOwn(projectId + 1, [marker])]).toEqual([
      true,
      false,
    ]);
    expect(await row()).toMatchObject({ dueAt: null, sentAt: NOW, unsure: false });
  });

  it('TRUST §5: after a time-out it is looked for by its marker before it is sent again', async () => {
    const { clock, forge, send, row } = await opened('takes it and is silent');
    await send();
    expect(await row()).toMatchObject({ unsure: true, lastError: 'no answer in 30 s' });
    await send();
    expect(forge.taken).toHaveLength(1);
    clock.advance(10 * LOOK_AFTER_MS);
    await send();
    expect(forge.taken).toHaveLength(1);
    expect(await row()).toMatchObject({ dueAt: null, unsure: false, lastError: null });
  });

  it('that did not arrive is sent again, not before a late one would be seen', async () => {
    const { clock, forge, send, row } = await opened('is silent');
    await send();
    expect((await row())!.dueAt).toBeGreaterThanOrEqual(NOW + LOOK_AFTER_MS);
    clock.advance((await row())!.dueAt! - clock.now());
    await send();
    expect(forge.taken).toHaveLength(1);
  });

  it('is not looked for too early by a clock that was set forward: a late one may still be on its way', async () => {
    const { clock, forge, send, row } = await opened('is silent');
    await send();
    clock.jump(24 * 3_600_000);
    await send();
    expect(forge.taken).toHaveLength(0);
    expect(await row()).toMatchObject({ unsure: true, dueAt: clock.now() + LOOK_AFTER_MS });
  });

  it('of which a try never ended is looked for first', async () => {
    const { store, clock, comments, forge, send } = await opened();
    const row = (await comments.byId(1))!;
    forge.taken.push(`Done. pagure-actions:${row.marker})`);
    await store.commit((tx) => comments.beginTry(tx, 1, { nowMs: NOW, lookAt: NOW + LOOK_AFTER_MS }));
    await send();
    clock.advance(LOOK_AFTER_MS);
    await send();
    expect(forge.taken).toHaveLength(1);
  });

  it('that the forge refuses is tried again rarely, since somebody may mend it, and not for ever', async () => {
    const refusals = Array.from({ length: 100 }, () => 'refuses it' as const);
    const { clock, send, row } = await opened(...refusals);
    let tries = 0;
    for (; (await row())!.dueAt !== null; tries++) {
      clock.advance((await row())!.dueAt! - clock.now());
      await send();
    }
    expect(tries).toBe(29);
    expect(await row()).toMatchObject({ pausedReason: 'missing ACL', sentAt: null });
  });

  it('that breaks us is parked after three tries', async () => {
    const { clock, send, row } = await opened('breaks', 'breaks', 'breaks');
    for (let time = 0; time < 3; time++) {
      clock.advance((await row())!.dueAt! - clock.now());
      await send();
    }
    expect(await row()).toMatchObject({ dueAt: null, pausedReason: 'a bug' });
  });
});
