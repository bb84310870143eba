/** Finds out what one event starts: reads its message, fetches its project, decides. Writes nothing but the mirror. */
import type { Forges } from '../forge/forges.js';
import type { FetchSource, Git } from '../git/git.js';
import { Fault, messageOf } from '../kernel/errors.js';
import { MOST_CHAINED } from '../model/armed.js';
import type { Event } from '../model/event.js';
import type { Project } from '../model/project.js';
import type { ReadContexts } from '../runs/read-contexts.js';
import type { TriageAnswer, TriagedEvent } from '../runs/start-runs.js';
import { runOfUrl } from '../runs/wanted-flag.js';
import type { ArmedTables } from '../store/armed-tables.js';
import type { Events } from '../store/events.js';
import type { Flags } from '../store/flags.js';
import type { Projects } from '../store/projects.js';
import type { Runs } from '../store/runs.js';
import type { Chained, Decide, EventToDecide } from './decide.js';
import type { Replayed } from './replayed.js';

export interface AnswerTables {
  readonly armed: ArmedTables;
  readonly events: Events;
  readonly flags: Flags;
  readonly projects: Projects;
  readonly runs: Runs;
}

export interface AnswerWorld {
  readonly forges: Forges;
  readonly git: Git;
  readonly publicUrl: string;
}

/** An event as it was looked at, and what came out. */
export interface AnsweredEvent {
  readonly triaged: TriagedEvent;
  readonly answer: TriageAnswer;
}

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
    const answer = (await this.dropped(asked)) ?? (await this.fetched(asked));
    return { triaged: { event, project, message }, answer };
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
  private async dropped({ event, facts, project, chained }: EventToDecide): Promise<TriageAnswer | null> {
    if (!project.enabled) return { decided: [], note: 'the project is disabled' };
    if (chained !== null && chained.depth > MOST_CHAINED)
      return { decided: [], note: `${MOST_CHAINED} runs follow each other already: the chain ends here` };
    const url = event.kind === 'flag' ? (facts.flag?.url ?? '') : '';
    const isOwn = runOfUrl(this.world.publicUrl, url) !== null && facts.flag !== null;
    if (isOwn && (await this.tables.flags.isOwn(project.id, facts.flag.commit)))
      return { decided: [], note: 'it reports a flag of ours' };
    return null;
  }

  private async fetched(asked: EventToDecide): Promise<TriageAnswer> {
    await this.fetch(await this.sourceOf(asked.project));
    return this.decide.decide(asked);
  }

  private async sourceOf(project: Project): Promise<FetchSource> {
    const forge = this.world.forges.of(project.instance);
    const token = project.public ? null : await this.tables.projects.openToken(project.id);
    return { projectId: project.id, url: forge.cloneUrl(project), authorization: forge.gitAuthorization(token) };
  }

  /** Whatever stands between us and the repository (a 404, a refused address, a bad object) may be mended: it is waited for. */
  private async fetch(source: FetchSource): Promise<void> {
    try {
      await this.world.git.fetch(source);
    } catch (cause) {
      throw new Fault(messageOf(cause), { cause, retryable: true });
    }
  }
}
