/** Reads what explains a run: where it failed, the first error, and what changed since it last passed. */
import type { Blobs } from '../blobs/blobs.js';
import type { Git } from '../git/git.js';
import { Fault } from '../kernel/errors.js';
import type { Annotation } from '../model/annotation.js';
import type { ExplainedFailure, ExplainedNote, RunExplanation, SinceGreen } from '../model/explanation.js';
import type { Project } from '../model/project.js';
import { isRed } from '../model/result.js';
import type { Job, Run } from '../model/run.js';
import type { GreenRuns } from '../store/green-runs.js';
import type { PageRows } from '../store/page-rows.js';
import type { Runs } from '../store/runs.js';
import type { StepReports } from '../store/step-reports.js';
import { fitExplanation } from './fit-explanation.js';
import { nextSteps } from './next-steps.js';
import { readError } from './read-error.js';
import { isBad, runSentence } from './run-sentence.js';

export interface ExplainTables {
  readonly runs: Runs;
  readonly reports: StepReports;
  readonly rows: PageRows;
  readonly greens: GreenRuns;
}

const MOST_NOTES = 6;
const MOST_NAMED = 20;
/** More are counted, not read. */
const MOST_COMMITS = 10;
const COUNTED_COMMITS = 1_000;

export class ExplainRun {
  constructor(
    private readonly tables: ExplainTables,
    private readonly blobs: Blobs,
    private readonly git: Git,
  ) {}

  /** Never longer than 2,000 tokens. Throws a Fault only when the store is broken: what git cannot say is left out. */
  async explain(run: Run, project: Project): Promise<RunExplanation> {
    const { runs, reports } = this.tables;
    const [jobs, errors] = await Promise.all([runs.jobsOf(run.id), reports.errorsOf(run.id)]);
    const failed = await this.failedJob(run, jobs);
    const others = jobs.filter((job) => job !== failed && isBad(job));
    const { id, number, state, result, title } = run;
    const { ref, commit } = run.resolved;
    return fitExplanation({
      says: runSentence(run, jobs, errors),
      run: { id, number, pipeline: run.pipelineName, project: project.fullname, state, result, ref, commit, title },
      failure: failed && (await this.failure(failed)),
      alsoFailed: others.slice(0, MOST_NAMED).map(({ name }) => name),
      problems: run.problems.map(({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`),
      since: isRed(run.result) ? await this.since(run) : null,
      next: nextSteps(run).map(({ what, how, who }) => `${what}${how === null ? '' : `: ${how}`} (${who})`),
      shortened: false,
    });
  }

  private async failedJob(run: Run, jobs: readonly Job[]): Promise<Job | null> {
    if (!isRed(run.result)) return null;
    const id = await this.tables.rows.failedJobId(run.id);
    return jobs.find((job) => job.id === id) ?? null;
  }

  private async failure(job: Job): Promise<ExplainedFailure> {
    const { rows } = this.tables;
    const step = await rows.tellingStep(job);
    const [excerpt, notes] =
      step === null
        ? [null, []]
        : await Promise.all([readError(this.blobs, job, step), rows.annotations(step, MOST_NOTES)]);
    const { id, name, reason } = job;
    return {
      job: { id, name, reason },
      step: step && { number: step.number, name: step.name, exitCode: step.exitCode },
      error: excerpt && { firstLine: excerpt.firstLine, errorLine: excerpt.errorLine, lines: excerpt.lines },
      annotations: notes.map(noteOf),
    };
  }

  private async since(run: Run): Promise<SinceGreen | null> {
    const { ref, commit, defaultBranch, pullRequest } = run.resolved;
    if (ref === null || commit === null) return null;
    const own = await this.tables.greens.before(run, ref);
    const other = own ?? (pullRequest === undefined ? null : await this.ofDefaultBranch(run, defaultBranch));
    const unknown = { commits: [], commitCount: 0, files: [], fileCount: 0 };
    if (other === null) return { run: null, note: 'this pipeline has not passed here yet', ...unknown };
    const note = own === null ? `this pull-request has not passed yet: since it passed on ${defaultBranch}` : null;
    if (other.commit === null || other.commit === commit)
      return { run: other, note: note ?? 'it passed at this very commit', ...unknown };
    const changes = await this.changes(run.projectId, other.commit, commit);
    return {
      run: other,
      note: changes === null ? 'the repository does not hold these commits' : note,
      ...(changes ?? unknown),
    };
  }

  private ofDefaultBranch(run: Run, branch: string | null) {
    if (branch === null) return Promise.resolve(null);
    return this.tables.greens.before(run, branch.startsWith('refs/') ? branch : `refs/heads/${branch}`);
  }

  /** Null when git does not have them, or cannot say. */
  private async changes(projectId: number, from: string, to: string) {
    try {
      const ids = await this.git.commitsSince(projectId, from, to, COUNTED_COMMITS);
      if (ids === null) return null;
      const facts = await Promise.all(ids.slice(0, MOST_COMMITS).map((id) => this.git.commitFacts(projectId, id)));
      const files = await this.git.changedPaths(projectId, from, to, 'two');
      const commits = facts.flatMap((one) =>
        one === null
          ? []
          : [{ commit: one.commit, author: one.authorName, title: one.message.split('\n', 1)[0] ?? '' }],
      );
      return { commits, commitCount: ids.length, files, fileCount: files.length };
    } catch (error) {
      if (error instanceof Fault) return null;
      throw error;
    }
  }
}

function noteOf({ level, file, line, message, title }: Annotation): ExplainedNote {
  const place = file === null ? null : `${file}${line === null ? '' : `:${line}`}`;
  return { level, place, message: title === null ? message : `${title}: ${message}` };
}
