/** The runs of a pull-request: the newest of its head, and those that are not done. */
import { In, Not } from 'typeorm';
import type { Run } from '../model/run.js';
import { flags, projects, runs } from './schema/tables.js';
import type { Store, Tx } from './store.js';

export interface PullHead {
  readonly projectId: number;
  readonly number: number;
  readonly head: string;
}

/** A run with what its flag says of it. */
export interface JudgedRun {
  readonly run: Run;
  readonly says: string;
}

export class PullRuns {
  constructor(private readonly store: Store) {}

  /** Of each pipeline the newest that judges this head, oldest first. Their flags name them. */
  async newest({ projectId, number, head }: PullHead): Promise<readonly Run[]> {
    const subject = In([`pull/${number}@${head}`, `pull-target/${number}@${head}`]);
    const select = { id: true, runId: true } as const;
    const shown = await this.store.reader.find(flags, { select, where: { projectId, commit: head, subject } });
    const ids = [...new Set(shown.map(({ runId }) => runId))];
    return this.store.reader.find(runs, { where: { id: In(ids) }, order: { id: 'ASC' } });
  }

  /** The same inside a commit, each with the sentence of its own flag. */
  async judged(tx: Tx, { projectId, number, head }: PullHead): Promise<readonly JudgedRun[]> {
    const subject = In([`pull/${number}@${head}`, `pull-target/${number}@${head}`]);
    const shown = await tx.manager.findBy(flags, { projectId, commit: head, subject, jobKey: '' });
    const says = new Map(shown.map(({ runId, comment }) => [runId, comment]));
    const found = await tx.manager.find(runs, { where: { id: In([...says.keys()]) }, order: { id: 'ASC' } });
    return found.map((run) => ({ run, says: says.get(run.id) ?? '' }));
  }

  /** Does the project want one comment of each pull-request that says what its pipelines came to? */
  async wantsSummary(tx: Tx, projectId: number): Promise<boolean> {
    return tx.table(projects).one({ id: projectId })?.settings.summaryComment === true;
  }

  /** Held ones too, whatever their head; oldest first. */
  async open(projectId: number, number: number): Promise<readonly Run[]> {
    const where = { projectId, state: Not<Run['state']>('done') };
    const open = await this.store.reader.find(runs, { where, order: { id: 'ASC' } });
    return open.filter(({ resolved }) => resolved.pullRequest === number);
  }
}
