/** Finds out what one event starts: reads its message, fetches its project, decides. Writes nothing but the mirror. */
import type { Forges } from '../forge/forges.js';
import { Fault } from '../kernel/errors.js';
import { MOST_CHAINED } from '../model/armed.js';
import { markersIn } from '../model/comment-command.js';
import type { Event } from '../model/event.js';
import { isRegistration } from '../model/registration.js';
import type { ReadContexts } from '../runs/read-contexts.js';
import type { TriageAnswer, TriagedEvent } from '../runs/start-runs.js';
import { runOfUrl } from '../runs/wanted-flag.js';
import type { ArmedTables } from '../store/armed-tables.js';
import type { OwnComments } from '../store/own-comments.js';
import type { Events } from '../store/events.js';
import type { Flags } from '../store/flags.js';
import type { Projects } from '../store/projects.js';
import type { Runs } from '../store/runs.js';
import type { Decide } from './decide.js';
import type { FetchedProject, FetchProject } from './fetch-project.js';
import type { Replayed } from './replayed.js';
import type { Chained, EventToDecide } from './scene.js';

export interface AnswerTables {
  readonly armed: ArmedTables;
  readonly comments: OwnComments;
  readonly events: Events;
  readonly flags: Flags;
  readonly projects: Projects;
  readonly runs: Runs;
}

export interface AnswerWorld {
  readonly forges: Forges;
  readonly fetching: FetchProject;
  readonly publicUrl: string;
}

/** An event as it was looked at, and what came out. */
export interface AnsweredEvent {
  readonly triaged: TriagedEvent;
  readonly answer: TriageAnswer;
  /** How the repository was found for it; null when it was not even fetched. */
  readonly fetched: FetchedProject | null;
}

type Undecided = Omit<EventToDecide, 'defaultBranch'>;

/** It is there to be fetched for: schedules, and what follows other pipelines, are read out of every fetch. */
const READ: TriageAnswer = { decided: [], note: 'the pipelines of the default branch were read' };

export class AnswerEvent {
  constructor(
    private readonly tables: AnswerTables,
    private readonly world: AnswerWorld,
    private readonly decide: Decide,
    private readonly contexts: ReadContexts,
  ) {}

  /** `origins`: what a replay repeats, from the event that it was asked of to the one that came from outside. */
  async answer(event: Event, origins: readonly Event[]): Promise<AnsweredEvent> {
    const project = await this.tables.projects.byId(event.projectId);
    if (project === null) throw new Fault('its project is gone', { retryable: false });
    const message = await this.contexts.message(event);
    const facts = this.world.forges.of(project.instance).facts(message, project);
    const asked = {
      event,
      message,
      facts,
      project,
      replayed: await this.replayed(origins),
      chained: await this.chained(origins.at(-1) ?? event),
    };
    const triaged = { event, project, message };
    const dropped = await this.dropped(asked);
    if (dropped !== null) return { triaged, answer: dropped, fetched: null };
    const fetched = await this.world.fetching.fetchFor(project, event);
    if (isRegistration(origins.at(-1) ?? event)) return { triaged, answer: READ, fetched };
    return { triaged, answer: await this.decide.decide({ ...asked, ...fetched }), fetched };
  }

  private async replayed(origins: readonly Event[]): Promise<Replayed | null> {
    const first = origins.at(-1);
    if (first === undefined) return null;
    const decisions = await Promise.all(origins.toReversed().map(({ id }) => this.tables.events.decisionsOf(id)));
    const made = await Promise.all(origins.map(({ id }) => this.tables.runs.ofEvent(id)));
    const joined = decisions.flat().flatMap(({ runId }) => (runId === null ? [] : [runId]));
    const ids = [...joined, ...made.flat().map(({ id }) => id)];
    return { first, runs: await this.tables.runs.byIds(ids) };
  }

  /** Which run it tells of, by our own row: what a message says of itself counts for nothing. */
  private async chained({ id }: Event): Promise<Chained | null> {
    const link = await this.tables.armed.linkOf(id);
    const run = link && (await this.tables.runs.byId(link.runId));
    return link && run ? { run, depth: link.depth } : null;
  }

  /** What starts nothing, whatever the pipelines say: it is not even fetched for. */
  private async dropped({ event, message, facts, project, chained }: Undecided): Promise<TriageAnswer | null> {
    if (!project.enabled) return { decided: [], note: 'the project is disabled' };
    if (project.suspended !== null) return { decided: [], note: `the project is suspended: ${project.suspended}` };
    if (chained !== null && chained.depth > MOST_CHAINED)
      return { decided: [], note: `${MOST_CHAINED} runs follow each other already: the chain ends here` };
    const url = event.kind === 'flag' ? (facts.flag?.url ?? '') : '';
    const isOwn = runOfUrl(this.world.publicUrl, url) !== null && facts.flag !== null;
    if (isOwn && (await this.tables.flags.isOwn(project.id, facts.flag.commit)))
      return { decided: [], note: 'it reports a flag of ours' };
    const markers = markersIn(this.world.forges.of(project.instance).toldComment(message)?.text ?? '');
    if (markers.length > 0 && (await this.tables.comments.isOwn(project.id, markers)))
      return { decided: [], note: 'it is a comment of ours' };
    return null;
  }
}
