/** Ids of one kind in memory: those that wait, those under way, and whose they are. */
import type { Lanes, TakeId } from './job-queue.js';
import { type Owner, ProjectLines, type Waiting } from './project-lines.js';

/** So many ids are asked about at once. */
const ASKED = 500;

/** Told of what happens in a channel. */
export interface ChannelEvents {
  /** Something ended: it may be idle now. */
  readonly onEnd: () => void;
  readonly report: (error: unknown) => void;
  /** Resolves when the process has read its input. */
  readonly nextTurn: () => Promise<void>;
}

export class Channel {
  /** Of which it is not known yet whose they are. */
  private readonly came = new Set<number>();
  private readonly waiting = new ProjectLines();
  private readonly underWay = new Map<number, Owner>();
  /** Came again while they were under way. */
  private readonly again = new Set<number>();
  private taker: { readonly lanes: Lanes; readonly take: TakeId } | null = null;
  private isSorting = false;

  constructor(private readonly events: ChannelEvents) {}

  put(id: number): void {
    if (this.underWay.has(id)) this.again.add(id);
    else if (!this.waiting.has(id)) this.came.add(id);
    void this.sort();
  }

  takeWith(lanes: Lanes, take: TakeId): void {
    this.taker = { lanes, take };
    void this.sort();
  }

  get isTaken(): boolean {
    return this.taker !== null;
  }

  stop(): void {
    this.taker = null;
    for (const ids of [this.came, this.waiting, this.again]) ids.clear();
  }

  get isIdle(): boolean {
    if (this.underWay.size > 0 || this.isSorting) return false;
    return this.taker === null || (this.came.size === 0 && this.waiting.isEmpty);
  }

  /** Lets what came join the line of its project; what comes at once is asked about at once. Never rejects. */
  private async sort(): Promise<void> {
    if (this.isSorting) return;
    this.isSorting = true;
    await Promise.resolve();
    while (this.taker && this.came.size > 0) {
      const ids = [...this.came].slice(0, ASKED);
      const projects = await this.projectsOf(ids, this.taker.lanes);
      for (const id of ids) this.join(id, projects);
      this.startNext();
    }
    this.isSorting = false;
    this.events.onEnd();
  }

  /** What nothing is known of is left to the sweep when the store is broken. */
  private async projectsOf(ids: readonly number[], { projectsOf }: Lanes): Promise<ReadonlyMap<number, Owner>> {
    if (!projectsOf) return new Map(ids.map((id) => [id, null]));
    try {
      return await projectsOf(ids);
    } catch (error) {
      this.events.report(error);
      return new Map();
    }
  }

  /** Only what still waits for it: the channel may have been stopped meanwhile. */
  private join(id: number, projects: ReadonlyMap<number, Owner>): void {
    const project = projects.get(id);
    if (this.came.delete(id) && project !== undefined) this.waiting.add({ id, project });
  }

  /**
   * A take may end without a single turn of the loop, since the store answers at once: so that the door is never kept waiting
   * by a backlog, its lane is free only after one.
   */
  private startNext(): void {
    while (this.taker && this.underWay.size < this.taker.lanes.parallel) {
      const { lanes, take } = this.taker;
      const next = this.waiting.shift((project) => this.lanesOf(project) < mostLanes(lanes));
      if (next === null) return;
      this.underWay.set(next.id, next.project);
      void take(next.id)
        .catch(this.events.report)
        .then(this.events.nextTurn)
        .then(() => this.ended(next));
    }
  }

  private lanesOf(project: Owner): number {
    return [...this.underWay.values()].filter((one) => one === project).length;
  }

  private ended(one: Waiting): void {
    this.underWay.delete(one.id);
    if (this.again.delete(one.id)) this.waiting.add(one);
    this.startNext();
    this.events.onEnd();
  }
}

/** The last lane is for another project. */
function mostLanes({ parallel, projectsOf }: Lanes): number {
  return projectsOf ? Math.max(1, parallel - 1) : parallel;
}
