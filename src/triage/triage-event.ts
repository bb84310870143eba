/** Takes the id of a due event: fetches, decides, and hands the answer to `runs/`. */
import { backoffMs } from '../kernel/backoff.js';
import type { Clock } from '../kernel/clock.js';
import { Fault, messageOf } from '../kernel/errors.js';
import type { Random } from '../kernel/random.js';
import type { Forges } from '../forge/forges.js';
import type { FetchSource, Git } from '../git/git.js';
import type { Event } from '../model/event.js';
import type { ReadContexts } from '../runs/read-contexts.js';
import type { StartRuns, TriageAnswer, TriagedEvent } from '../runs/start-runs.js';
import { runOfUrl } from '../runs/wanted-flag.js';
import type { Events } from '../store/events.js';
import type { Flags } from '../store/flags.js';
import type { Projects } from '../store/projects.js';
import type { Store } from '../store/store.js';
import type { Decide, EventToDecide } from './decide.js';
import { Turns } from './turns.js';

/** Tries of a row that breaks us before it is parked; waiting for the world does not count. */
export const MAX_TRIES = 3;

/** An event that stops the program does so at once; one that merely hangs must not hold up the others. */
const MOST_ALONE_MS = 30_000;

export interface TriageTables {
  readonly store: Store;
  readonly events: Events;
  readonly projects: Projects;
  readonly flags: Flags;
}

export interface TriageWorld {
  readonly forges: Forges;
  readonly git: Git;
  readonly clock: Clock;
  readonly random: Random;
  readonly publicUrl: string;
}

export class TriageEvent {
  private readonly turns: Turns;

  constructor(
    private readonly tables: TriageTables,
    private readonly world: TriageWorld,
    private readonly decide: Decide,
    private readonly contexts: ReadContexts,
    private readonly runs: StartRuns,
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
    const event = await store.commit((tx) => events.beginTry(tx, eventId, this.world.clock.now()));
    if (event === null) return;
    if (event.tries > MAX_TRIES) return this.park(event, event.note ?? 'the server stopped each time it was looked at');
    try {
      await this.triageOnce(event);
    } catch (error) {
      await this.postpone(event, error);
    }
  }

  private async triageOnce(event: Event): Promise<void> {
    const project = await this.tables.projects.byId(event.projectId);
    if (project === null) throw new Fault('its project is gone', { retryable: false });
    const message = await this.contexts.message(event);
    const triaged = { event, project, message };
    const facts = this.world.forges.of(project.instance).facts(message, project);
    await this.runs.start(
      triaged,
      (await this.dropped({ event, facts, project })) ?? (await this.answer(triaged, { event, facts, project })),
    );
  }

  /** What starts nothing, whatever the pipelines say: it is not even fetched for. */
  private async dropped({ event, facts, project }: EventToDecide): Promise<TriageAnswer | null> {
    if (!project.enabled) return { decided: [], note: 'the project is disabled' };
    const url = event.kind === 'flag' ? (facts.flag?.url ?? '') : '';
    const isOwn = runOfUrl(this.world.publicUrl, url) !== null && facts.flag !== null;
    if (isOwn && (await this.tables.flags.isOwn(project.id, facts.flag.commit)))
      return { decided: [], note: 'it reports a flag of ours' };
    return null;
  }

  private async answer({ project }: TriagedEvent, asked: EventToDecide): Promise<TriageAnswer> {
    const forge = this.world.forges.of(project.instance);
    const token = project.public ? null : await this.tables.projects.openToken(project.id);
    const source = {
      projectId: project.id,
      url: forge.cloneUrl(project),
      authorization: forge.gitAuthorization(token),
    };
    await this.fetch(source);
    return this.decide.decide(asked);
  }

  /** Whatever stands between us and the repository (a 404, a refused address, a bad object) may be mended: it is waited for. */
  private async fetch(source: FetchSource): Promise<void> {
    try {
      await this.world.git.fetch(source);
    } catch (cause) {
      throw new Fault(messageOf(cause), { cause, retryable: true });
    }
  }

  /** A forge that is down is waited for, visibly; what breaks us is tried three times. */
  private async postpone(event: Event, error: unknown): Promise<void> {
    const isWorld = error instanceof Fault && error.retryable;
    const note = messageOf(error);
    if (!isWorld && event.tries >= MAX_TRIES) return this.park(event, note);
    const waits = isWorld ? event.waits + 1 : event.tries;
    const dueAt = this.world.clock.now() + backoffMs(waits, this.world.random);
    const tries = isWorld ? event.tries - 1 : event.tries;
    await this.tables.store.commit((tx) =>
      this.tables.events.postpone(tx, event.id, { dueAt, note, tries, waits: isWorld ? waits : event.waits }),
    );
  }

  private async park(event: Event, note: string): Promise<void> {
    await this.tables.store.commit((tx) => this.tables.events.settle(tx, event.id, { state: 'parked', note }));
  }
}
