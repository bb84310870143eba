/** One level of a run: the jobs of one pipeline, the run's own or a called one, with what they can see. */
import type { DeclaredJob, PlannedCall, Templates } from '../../model/plan.js';
import type { RunContexts } from '../../model/run.js';

export interface Level {
  /** Before each key: `''`, or `<key of the call>/`. */
  readonly prefix: string;
  /** Before each name: `''`, or `<name of the call> / `. */
  readonly namePrefix: string;
  /** `inputs` are those of the level. */
  readonly contexts: RunContexts;
  readonly call: PlannedCall | null;
  readonly jobs: readonly DeclaredJob[];
  /** Of a called pipeline: values over `jobs`. */
  readonly outputs: Templates;
}

/** The jobs of a level by id (ids ignore case), and in an order in which needs come first. */
export class JobGraph {
  readonly inOrder: readonly DeclaredJob[];
  private readonly byId: ReadonlyMap<string, DeclaredJob>;

  constructor(jobs: readonly DeclaredJob[]) {
    this.byId = new Map(jobs.map((job) => [job.id.toLowerCase(), job]));
    this.inOrder = this.sorted(jobs);
  }

  of(id: string): DeclaredJob | undefined {
    return this.byId.get(id.toLowerCase());
  }

  /** Ids of all jobs that must be done before this one, near and far. */
  ancestors(job: DeclaredJob): ReadonlySet<string> {
    const found = new Set<string>();
    const open = [...job.needs];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const needed = this.of(next);
      if (!needed || found.has(needed.id)) continue;
      found.add(needed.id);
      open.push(...needed.needs);
    }
    return found;
  }

  /** Goes down into needs before it places a job; a stack of its own, since chains may be long. */
  private sorted(jobs: readonly DeclaredJob[]): readonly DeclaredJob[] {
    const order = new Set<DeclaredJob>();
    const entered = new Set<DeclaredJob>();
    const open = [...jobs].reverse();
    for (let job = open.at(-1); job !== undefined; job = open.at(-1)) {
      const missing = entered.has(job)
        ? []
        : job.needs.map((need) => this.of(need)).filter((need) => need !== undefined);
      entered.add(job);
      const next = missing.filter((need) => !order.has(need) && !entered.has(need));
      if (next.length > 0) open.push(...next);
      else order.add(open.pop() as DeclaredJob);
    }
    return [...order];
  }
}
