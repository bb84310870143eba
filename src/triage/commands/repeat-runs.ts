/** `/rerun`: another attempt of the runs that judge the head of a pull-request. */
import { Refusal } from '../../kernel/errors.js';
import { isJsonObject, type Json } from '../../kernel/json.js';
import type { ShownPullRequest } from '../../forge/forge.js';
import type { Run } from '../../model/run.js';
import type { RerunRun } from '../../runs/rerun-run.js';
import type { PullRuns } from '../../store/pull-runs.js';
import type { Runs } from '../../store/runs.js';
import type { CommandTables, Ordered } from './ordered.js';
import { linkTo, listOf } from '../../runs/comment-wording.js';

type RepeatTables = Pick<CommandTables, 'store' | 'commands'> & { readonly pulls: PullRuns; readonly runs: Runs };

/** A run as it stood when it was asked for: the same attempt is repeated once, however often this is done. */
interface Target {
  readonly runId: number;
  readonly attempt: number;
}

const FAILED: readonly (Run['result'] | null)[] = ['failure', 'error', 'canceled'];

export class RepeatRuns {
  constructor(
    private readonly tables: RepeatTables,
    private readonly rerunning: RerunRun,
    private readonly publicUrl: string,
  ) {}

  /** Keeps the trust of each run. Says what became of each. */
  async repeat(jobs: 'all' | 'failed', ordered: Ordered, pull: ShownPullRequest): Promise<string> {
    const targets = targetsIn(ordered.row.work) ?? (await this.choose(jobs, ordered, pull));
    if (targets.length === 0)
      return jobs === 'failed'
        ? 'No run of the head of this pull-request failed.'
        : 'No pipeline ran for the head of this pull-request.';
    const runs = await this.tables.runs.byIds(targets.map(({ runId }) => runId));
    const said: string[] = [];
    for (const run of runs) {
      const { attempt } = targets.find(({ runId }) => runId === run.id)!;
      said.push(`${linkTo(run, this.publicUrl)}: ${await this.one(run.id, { jobs, attempt, by: ordered.row.author })}`);
    }
    return listOf(said);
  }

  private async choose(
    jobs: 'all' | 'failed',
    { row, commander }: Ordered,
    { head }: ShownPullRequest,
  ): Promise<readonly Target[]> {
    const { pulls, store, commands } = this.tables;
    const runs = await pulls.newest({ projectId: commander.project.id, number: row.number, head: head ?? '' });
    const chosen = runs.filter(({ result }) => jobs === 'all' || FAILED.includes(result));
    const targets = chosen.map(({ id: runId, attempt }) => ({ runId, attempt }));
    await store.commit((tx) => commands.keepWork(tx, row.id, { targets }));
    return targets;
  }

  private async one(runId: number, asked: { jobs: 'all' | 'failed'; attempt: number; by: string }): Promise<string> {
    try {
      await this.rerunning.rerun(runId, asked);
      return asked.jobs === 'all' ? 'runs again' : 'what failed runs again';
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind === 'unavailable') throw error;
      return error.message;
    }
  }
}

function targetsIn(work: Json): readonly Target[] | null {
  const kept = isJsonObject(work) ? work['targets'] : undefined;
  if (!Array.isArray(kept)) return null;
  return (kept as readonly Json[]).flatMap((one) => {
    if (!isJsonObject(one)) return [];
    const { runId, attempt } = one;
    return typeof runId === 'number' && typeof attempt === 'number' ? [{ runId, attempt }] : [];
  });
}
