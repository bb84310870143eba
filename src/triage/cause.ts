/** The cause of an event: the one stored change that a run answers to (LANGUAGE.md, "One run per change"). */
import { type Event, NO_COMMIT } from '../model/event.js';
import type { Git } from '../git/git.js';
import type { Events, MoveEnd } from '../store/events.js';

/** Topics by which the forge says that a pull-request got other commits. */
const UPDATE_TOPICS = ['pull-request.updated', 'pull-request.rebased'];

export class FindCause {
  constructor(
    private readonly events: Events,
    private readonly git: Git,
  ) {}

  /** Of a moved ref: the commit before and after, and the how-manieth time this move was told of. */
  async ofMove(
    event: Event,
    ref: string,
    commit: string,
  ): Promise<{ readonly cause: string; readonly before: string }> {
    const before = await this.before(event);
    const generation = ref.startsWith('refs/tags/')
      ? await this.countTags(event, before, commit)
      : total(await this.events.earlierEnds(event, before, event.after));
    return { cause: `ref ${ref} ${before} ${commit} ${generation}`, before };
  }

  /** Of a pull-request that got other commits, and of the comment that tells so: one cause for both. */
  async ofUpdate(event: Event): Promise<string> {
    const topics = UPDATE_TOPICS.includes(event.topic) ? UPDATE_TOPICS : [event.topic];
    const generation = await this.events.countEarlierHeads(event, topics);
    return `pull ${event.pullRequest} ${event.commit} ${generation}`;
  }

  /** Anything else is its own cause. */
  ofEvent(event: Event): string {
    return `event ${event.id}`;
  }

  /** The `old_commit` of a forced push is the merge base (FACTS trap 3): the last known tip stands for it. */
  private async before(event: Event): Promise<string> {
    const tip = event.forced ? await this.events.lastKnownTip(event) : null;
    return tip ?? event.before ?? NO_COMMIT;
  }

  /** Tags are told of by their objects (FACTS trap 4): compared by the commits they lead to. */
  private async countTags(event: Event, before: string, commit: string): Promise<number> {
    const ends = await this.events.earlierEnds(event, before, null);
    const others = ends.map(({ after }) => after).filter((after) => after !== commit);
    const commits = await this.git.commitsOf(event.projectId, others);
    return total(ends.filter(({ after }) => after === commit || commits.get(after) === commit));
  }
}

function total(ends: readonly MoveEnd[]): number {
  return ends.reduce((sum, { times }) => sum + times, 0);
}

/** Is it a message that a pull-request got other commits? */
export function tellsOfNewCommits(event: Pick<Event, 'kind' | 'action' | 'pullRequest' | 'commit'>): boolean {
  return event.action === 'synchronize' && event.pullRequest !== null && event.commit !== null;
}
