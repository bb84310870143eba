/** Keeps what waits for the clock or for other pipelines in line with the default branch of a project. */
import type { Git } from '../git/git.js';
import type { Clock } from '../kernel/clock.js';
import { armedTriggers, nextTime } from '../pipeline/index.js';
import type { ArmedPipeline, ArmedTables } from '../store/armed-tables.js';
import type { Store } from '../store/store.js';
import type { ReadPipelines } from './read-pipelines.js';

export class ArmTriggers {
  /** Where the default branch of each project stood when this process last looked: nothing else changes what is read here. */
  private readonly heads = new Map<number, string>();
  /** Of one project one look at a time, so that an older one never has the last word. */
  private readonly turns = new Map<number, Promise<unknown>>();

  constructor(
    private readonly store: Store,
    private readonly armed: ArmedTables,
    private readonly git: Git,
    private readonly pipelines: ReadPipelines,
    private readonly clock: Clock,
  ) {}

  /** Asked after a fetch. Safe to call twice; a default branch that stands where it stood costs one question. */
  ofDefaultBranch(projectId: number, branch: string | null): Promise<void> {
    const turn = (this.turns.get(projectId) ?? Promise.resolve()).then(() => this.look(projectId, branch));
    this.turns.set(
      projectId,
      turn.catch(() => undefined),
    );
    return turn;
  }

  /** What seems to have moved is asked for again: the answer of the caller's fetch may be older than what was read here last. */
  private async look(projectId: number, branch: string | null): Promise<void> {
    const known = this.heads.get(projectId);
    if ((await this.head(projectId, branch)).name === known) return;
    const { name, commit } = await this.head(projectId, await this.git.defaultBranch(projectId));
    if (name === known) return;
    await this.write(projectId, await this.found(projectId, commit));
    this.heads.set(projectId, name);
  }

  private async head(projectId: number, branch: string | null) {
    const commit = branch === null ? null : await this.git.commitOf(projectId, branch);
    return { name: `${branch} ${commit}`, commit };
  }

  /** Those of the server are read by the sweep when they change. */
  private async found(projectId: number, commit: string | null): Promise<readonly ArmedPipeline[]> {
    const found = await this.pipelines.of(projectId, commit);
    return found.flatMap(({ key, pipeline, commit: source }) =>
      pipeline === null || source === null ? [] : [{ projectId, pipelineKey: key, armed: armedTriggers(pipeline) }],
    );
  }

  private async write(projectId: number, pipelines: readonly ArmedPipeline[]): Promise<void> {
    const keys = pipelines.map(({ pipelineKey }) => pipelineKey);
    await this.store.commit(async (tx) => {
      await this.armed.disarmRepository(tx, projectId, keys);
      for (const pipeline of pipelines) await this.armed.arm(tx, pipeline, nextTime, this.clock.now());
    });
  }
}
