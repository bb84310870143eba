/** When a pipeline last passed. */
import type { Run } from '../model/run.js';
import type { Store } from './store.js';

export interface GreenRun {
  readonly id: number;
  readonly number: number;
  readonly commit: string | null;
}

/** Further back nobody looks for what changed. */
const MOST_LOOKED_AT = 500;

export class GreenRuns {
  constructor(private readonly store: Store) {}

  /** The newest run of the pipeline before this one that passed on `ref`; null when the last `MOST_LOOKED_AT` hold none. */
  async before(run: Pick<Run, 'projectId' | 'pipelineKey' | 'number'>, ref: string): Promise<GreenRun | null> {
    const { projectId, pipelineKey, number } = run;
    const rows = await this.store.reader.query<GreenRun[]>(
      `SELECT "id", "number", json_extract("resolved", '$.commit') AS "commit" FROM (
         SELECT "id", "number", "result", "resolved" FROM "run"
         WHERE "projectId" = ? AND "pipelineKey" = ? AND "number" < ? ORDER BY "number" DESC LIMIT ${MOST_LOOKED_AT})
       WHERE "result" = 'success' AND json_extract("resolved", '$.ref') = ? ORDER BY "number" DESC LIMIT 1`,
      [projectId, pipelineKey, number, ref],
    );
    return rows[0] ?? null;
  }
}
