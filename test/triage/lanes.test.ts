/** The lanes of triage: a project whose forge is slow holds up no other. */
import { describe, expect, it, vi } from 'vitest';
import { StillClock } from '../kernel/still-clock.js';
import { InProcessQueue } from '../../src/queue/in-process-queue.js';
import { Events } from '../../src/store/events.js';
import { Holds } from '../../src/store/holds.js';
import type { LookAtHeld } from '../../src/triage/look-at-held.js';
import type { TriageEvent } from '../../src/triage/triage-event.js';
import { TriageModule } from '../../src/triage/triage.module.js';
import { CommentCommands } from '../../src/store/comment-commands.js';
import type { ObeyComment } from '../../src/triage/commands/obey-comment.js';
import { newDelivery, openStore, registerProject } from '../store/open-store.js';

describe('events of a project that never end', () => {
  it('do not keep those of another from being looked at', async () => {
    const house = await openStore();
    const [slow, other] = [await registerProject(house, 'slow'), await registerProject(house, 'other')];
    const errors: unknown[] = [];
    const queue = new InProcessQueue(new StillClock(0), (error) => errors.push(error));
    house.store.handDueTo((kind, id) => queue.put(kind, id));
    const looked: number[] = [];
    const events = new Events(house.store);
    const triage = async (id: number) => {
      if ((await events.byId(id))?.projectId === other) looked.push(id);
      else await new Promise(() => undefined);
    };
    new TriageModule(
      queue,
      events,
      { triage } as TriageEvent,
      new Holds(house.store),
      {} as LookAtHeld,
      new CommentCommands(house.store),
      {} as ObeyComment,
    ).onApplicationBootstrap();
    for (let at = 0; at < 20; at++) await house.deliveries.accept(newDelivery(slow, `slow ${at}`));
    const { eventId } = await house.deliveries.accept(newDelivery(other, 'other'));
    await vi.waitFor(() => expect(looked).toEqual([eventId]));
    expect(errors).toEqual([]);
  });
});
