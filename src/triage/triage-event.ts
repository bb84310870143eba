/** Takes the id of a due event: hands what it starts to `runs/`, or tries again later. */
import { retryMs } from '../kernel/backoff.js';
import type { Clock } from '../kernel/clock.js';
import { isOfWorld, messageOf } from '../kernel/errors.js';
import type { Random } from '../kernel/random.js';
import { UnnotedTries } from '../kernel/unnoted-tries.js';
import type { Event } from '../model/event.js';
import type { StartRuns } from '../runs/start-runs.js';
import type { EventActions } from '../store/event-actions.js';
import type { Events } from '../store/events.js';
import type { Store } from '../store/store.js';
import type { NoteCommand } from './commands/note-command.js';
import type { ArmTriggers } from './arm-triggers.js';
import type { AnswerEvent } from './answer-event.js';
import { Turns } from './turns.js';

/** Tries of a row that breaks us before it is parked; waiting for the world does not count. */
export const MAX_TRIES = 3;

/** An event that stops the program does so at once; one that merely hangs must not hold up the others. */
const MOST_ALONE_MS = 30_000;

export interface TriageTables {
  readonly store: Store;
  readonly events: Events;
  readonly actions: EventActions;
}

export interface TriageWorld {
  readonly clock: Clock;
  readonly random: Random;
}

export class TriageEvent {
  private readonly turns: Turns;
  private readonly unnoted = new UnnotedTries();

  constructor(
    private readonly tables: TriageTables,
    private readonly world: TriageWorld,
    private readonly answering: AnswerEvent,
    private readonly runs: StartRuns,
    private readonly arming: ArmTriggers,
    private readonly commands: NoteCommand,
  ) {
    this.turns = new Turns(world.clock, MOST_ALONE_MS);
  }

  /**
   * Idempotent. Rejects only when the store itself is broken. An event of which an earlier try did not end is looked at alone:
   * if it stops the program again, no event beside it is taken for the cause and parked with it.
   */
  async triage(eventId: number): Promise<void> {
    const event = await this.tables.events.byId(eventId);
    const look = () => this.look(eventId);
    await (event !== null && event.tries > 0 ? this.turns.alone(look) : this.turns.sideBySide(look));
  }

  private async look(eventId: number): Promise<void> {
    const { store, events } = this.tables;
    const isUnnoted = this.unnoted.has(eventId);
    const event = await store.commit((tx) => events.beginTry(tx, eventId, this.world.clock.now(), isUnnoted));
    if (event === null) return;
    if (event.tries > MAX_TRIES) return this.park(event, event.note ?? 'the server stopped each time it was looked at');
    try {
      await this.triageOnce(event);
      this.unnoted.forget(eventId);
    } catch (error) {
      await this.unnoted.note(eventId, () => this.postpone(event, error));
    }
  }

  private async triageOnce(event: Event): Promise<void> {
    await this.commands.note(event);
    const { triaged, answer, fetched } = await this.answering.answer(event, await this.tables.actions.originsOf(event));
    if (fetched !== null) await this.arming.ofDefaultBranch(event.projectId, fetched.defaultBranch);
    await this.runs.start(triaged, answer);
  }

  /** A forge that is down is waited for, visibly; what breaks us is tried three times. */
  private async postpone(event: Event, error: unknown): Promise<void> {
    const isWorld = isOfWorld(error);
    const note = messageOf(error);
    if (!isWorld && event.tries >= MAX_TRIES) return this.park(event, note);
    const waits = isWorld ? event.waits + 1 : event.tries;
    const dueAt = this.world.clock.now() + retryMs(error, waits, this.world.random);
    const tries = isWorld ? event.tries - 1 : event.tries;
    await this.tables.store.commit((tx) =>
      this.tables.events.postpone(tx, event.id, { dueAt, note, tries, waits: isWorld ? waits : event.waits }),
    );
  }

  private async park(event: Event, note: string): Promise<void> {
    await this.tables.store.commit((tx) => this.tables.events.settle(tx, event.id, { state: 'parked', note }));
  }
}
