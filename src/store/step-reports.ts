/** What steps report beside their result: annotations, outputs, a summary. Written by `runs/` with the end of the step. */
import { LessThan, MoreThan } from 'typeorm';
import { type Annotation, MOST_ANNOTATIONS } from '../model/annotation.js';
import type { Job, Run } from '../model/run.js';
import { annotations, type AnnotationRow, jobs, stepReports } from './schema/tables.js';
import type { Store, Tx } from './store.js';

/** So many of each level and step are shown with their run. */
export const SHOWN_OF_LEVEL = 10;
/** A run shows no more of them at once, however many jobs it has. */
const MOST_SHOWN = 1_000;

/** Characters; longer texts are cut visibly. */
const LONGEST_MESSAGE = 64 * 1024;
const LONGEST_NAME = 4 * 1024;

export type { AnnotationRow };

export interface StepReport {
  readonly annotations: readonly Annotation[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string | null;
}

/** A step of one attempt. */
export interface StepName extends Pick<Job, 'id' | 'runId' | 'attempt'> {
  readonly number: number;
}

export type KeptReport = Omit<StepReport, 'annotations'>;

/** How many annotations a step has in all, and whether it wrote a summary. */
export interface ReportCount {
  readonly annotations: number;
  readonly hasSummary: boolean;
}

/** What is looked for in the newest attempts of a run's jobs. */
export interface AskedAnnotations {
  readonly runId: number;
  readonly jobId?: number;
  readonly level?: Annotation['level'];
}

export class StepReports {
  constructor(private readonly store: Store) {}

  /** Takes the place of what the same step reported before. Of one attempt at most `MOST_ANNOTATIONS` are kept. */
  async save(tx: Tx, step: StepName, report: StepReport): Promise<void> {
    const { id: jobId, attempt, number } = step;
    await this.saveAnnotations(tx, step, report.annotations);
    if (report.summary === null && Object.keys(report.outputs).length === 0) return;
    const { outputs, summary } = report;
    tx.table(stepReports).upsert({ jobId, attempt, number, outputs, summary }, ['jobId', 'attempt', 'number']);
  }

  /** Outputs and summary of one step; empty when it gave none. */
  async of({ id, attempt }: Pick<Job, 'id' | 'attempt'>, number: number): Promise<KeptReport> {
    const row = this.store.table(stepReports).one({ jobId: id, attempt, number });
    return { outputs: row?.outputs ?? {}, summary: row?.summary ?? null };
  }

  /** The first of each level and step of the newest attempts of the jobs that count, oldest first. */
  shownOfRun({ id: runId, attempt }: Pick<Run, 'id' | 'attempt'>): Promise<readonly AnnotationRow[]> {
    const query = this.newest(runId, attempt).andWhere(`"note"."place" <= ${SHOWN_OF_LEVEL}`);
    return query.orderBy('note.id').limit(MOST_SHOWN).getMany();
  }

  /** So many before the one with the id `before`, newest first. */
  page(
    { runId, jobId, level }: AskedAnnotations,
    { before, limit }: { readonly before: number | null; readonly limit: number },
  ): Promise<readonly AnnotationRow[]> {
    const query = this.newest(runId);
    if (jobId !== undefined) query.andWhere({ jobId });
    if (level !== undefined) query.andWhere({ level });
    if (before !== null) query.andWhere({ id: LessThan(before) });
    return query.orderBy('note.id', 'DESC').limit(limit).getMany();
  }

  /** Of the newest attempts, by job and step. */
  async countsOfRun(runId: number): Promise<(jobId: number, step: number) => ReportCount> {
    const [noted, summed] = await Promise.all([this.annotationCounts(runId), this.summaries(runId)]);
    return (jobId, step) => {
      const key = `${jobId}.${step}`;
      return { annotations: noted.get(key) ?? 0, hasSummary: summed.has(key) };
    };
  }

  /** How many errors each job's newest attempt pointed out, by key of the job; of those that did. Within a commit by its `manager`. */
  async errorsOf(runId: number, manager = this.store.reader): Promise<ReadonlyMap<string, number>> {
    const rows = await manager.query<{ key: string; count: number }[]>(
      `SELECT "job"."key", count(*) AS "count" FROM "annotation" AS "note"
         JOIN "job" ON "job"."id" = "note"."jobId" AND "job"."attempt" = "note"."attempt"
       WHERE "note"."runId" = ? AND "note"."level" = 'error' AND "job"."replacedIn" IS NULL GROUP BY "job"."key"`,
      [runId],
    );
    return new Map(rows.map(({ key, count }) => [key, count]));
  }

  private async saveAnnotations(tx: Tx, step: StepName, notes: readonly Annotation[]): Promise<void> {
    const { id: jobId, attempt, number, runId } = step;
    if (notes.length === 0) return;
    await tx.manager.delete(annotations, { jobId, attempt, step: number });
    const room = MOST_ANNOTATIONS - (await tx.manager.countBy(annotations, { jobId, attempt }));
    const places = new Map<string, number>();
    const rows = notes.slice(0, Math.max(0, room)).map((note) => {
      const place = (places.get(note.level) ?? 0) + 1;
      places.set(note.level, place);
      return { ...cutNote(note), runId, jobId, attempt, step: number, place };
    });
    for (let at = 0; at < rows.length; at += 100) await tx.manager.insert(annotations, rows.slice(at, at + 100));
  }

  /** Of the jobs that counted in an attempt of the run. */
  private newest(runId: number, attempt = Number.MAX_SAFE_INTEGER) {
    return this.store.reader
      .createQueryBuilder(annotations, 'note')
      .innerJoin(jobs.options.name, 'job', '"job"."id" = "note"."jobId" AND "job"."attempt" = "note"."attempt"')
      .where({ runId })
      .andWhere('"job"."runAttempt" <= :counted', { counted: attempt })
      .andWhere('("job"."replacedIn" IS NULL OR "job"."replacedIn" > :counted)');
  }

  private async annotationCounts(runId: number): Promise<ReadonlyMap<string, number>> {
    const rows = await this.store.reader
      .createQueryBuilder(jobs, 'job')
      .innerJoin(annotations.options.name, 'note', '"note"."jobId" = "job"."id" AND "note"."attempt" = "job"."attempt"')
      .select('"note"."jobId"', 'jobId')
      .addSelect('"note"."step"', 'step')
      .addSelect('CAST(COUNT(*) AS INTEGER)', 'count')
      .where({ runId })
      .groupBy('"note"."jobId"')
      .addGroupBy('"note"."step"')
      .getRawMany<{ jobId: number; step: number; count: number }>();
    return new Map(rows.map(({ jobId, step, count }) => [`${jobId}.${step}`, count]));
  }

  private async summaries(runId: number): Promise<ReadonlySet<string>> {
    const rows = await this.store.reader
      .createQueryBuilder(jobs, 'job')
      .innerJoin(stepReports.options.name, 'told', '"told"."jobId" = "job"."id" AND "told"."attempt" = "job"."attempt"')
      .select('"told"."jobId"', 'jobId')
      .addSelect('"told"."number"', 'step')
      .where({ runId, attempt: MoreThan(0) })
      .andWhere('"told"."summary" IS NOT NULL')
      .getRawMany<{ jobId: number; step: number }>();
    return new Set(rows.map(({ jobId, step }) => `${jobId}.${step}`));
  }
}

function cutNote({ level, message, title, file, line, endLine, column, endColumn }: Annotation): Annotation {
  const name = (text: string | null) => (text === null ? null : cutText(text, LONGEST_NAME));
  const place = { line, endLine, column, endColumn };
  return { level, message: cutText(message, LONGEST_MESSAGE), title: name(title), file: name(file), ...place };
}

function cutText(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
