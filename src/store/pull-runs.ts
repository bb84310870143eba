/** The runs of a pull-request: the newest of its head, and those that are not done. */
import { In, Not } from 'typeorm';
import type { Run } from '../model/run.js';
import { flags, runs } from './schema/tables.js';
import type { Store } from './store.js';

export interface PullHead {
  readonly projectId: number;
  readonly number: number;
  readonly head: string;
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

  /** Held ones too, whatever their head; oldest first. */
  async open(projectId: number, number: number): Promise<readonly Run[]> {
    const where = { projectId, state: Not<Run['state']>('done') };
    const open = await this.store.reader.find(runs, { where, order: { id: 'ASC' } });
    return open.filter(({ resolved }) => resolved.pullRequest === number);
  }
}
