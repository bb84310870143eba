/** The tries of an event: a disk that says no is waited for, also where it takes no note of that. */
import { describe, expect, it } from 'vitest';
import { Fault } from '../../src/kernel/errors.js';
import type { StartRuns } from '../../src/runs/start-runs.js';
import type { EventActions } from '../../src/store/event-actions.js';
import { Events } from '../../src/store/events.js';
import type { AnswerEvent } from '../../src/triage/answer-event.js';
import type { ArmTriggers } from '../../src/triage/arm-triggers.js';
import { TriageEvent } from '../../src/triage/triage-event.js';
import { SeededRandom } from '../kernel/seeded-random.js';
import { StillClock } from '../kernel/still-clock.js';
import { NoteCommand } from '../../src/triage/commands/note-command.js';
import { newDelivery, NOW, openStore, registerProject } from '../store/open-store.js';

/** No event of theirs is a comment. */
class NoCommands extends NoteCommand {
  constructor() {
    super({} as never, {} as never, {} as never, {} as never);
  }
}

const DISK_FULL = new Fault('the disk is full', { retryable: true });

describe('an event', () => {
  it('is not taken for what stopped the server where the disk took no note of its tries', async () => {
    const opened = await openStore();
    await opened.deliveries.accept(newDelivery(await registerProject(opened), 'a'));
    const events = new Events(opened.store);
    const actions = { originsOf: () => Promise.reject(DISK_FULL) } as unknown as EventActions;
    const rooms = [{} as AnswerEvent, {} as StartRuns, {} as ArmTriggers, new NoCommands()] as const;
    const world = { clock: new StillClock(NOW), random: new SeededRandom('triage') };
    const triage = new TriageEvent({ store: opened.store, events, actions }, world, ...rooms);
    const { postpone } = events;
    events.postpone = () => Promise.reject(DISK_FULL);
    for (let time = 0; time < 6; time++) await expect(triage.triage(1)).rejects.toThrow('the disk is full');
    expect(await events.byId(1)).toMatchObject({ state: 'due', tries: 1 });
    events.postpone = postpone;
    await triage.triage(1);
    expect(await events.byId(1)).toMatchObject({ state: 'due', tries: 0, note: 'the disk is full' });
  });
});
