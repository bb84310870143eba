/** What a run would be if it were started now: plans and asks what may run, and writes nothing. */
import type { Problem } from '../kernel/errors.js';
import type { Json } from '../kernel/json.js';
import { isJsonObject } from '../kernel/json.js';
import type { DeclaredJob, JobChange, Plan } from '../model/plan.js';
import type { Result } from '../model/result.js';
import type { RunContexts } from '../model/run.js';
import { advance, planRun } from '../pipeline/index.js';
import type { ReadContexts } from './read-contexts.js';
import type { RunRequest, TriagedEvent } from './start-runs.js';

export interface PreviewedJob {
  /** Of a job that waits for others: its id, since its combinations are not known yet. */
  readonly key: string;
  /** As the file writes it while the job waits. */
  readonly name: string;
  readonly needs: readonly string[];
  /** Of one combination its values; of a job that waits the matrix as the file writes it. */
  readonly matrix: Json;
  /** `ready`: would start at once; `waits`: for the jobs it needs; else how it would end without running. */
  readonly state: 'ready' | 'waits' | Result;
  /** Why it would end. */
  readonly reason: string | null;
}

export interface RunPreview extends Pick<RunRequest, 'title' | 'trust' | 'trustReason'> {
  readonly ref: string;
  readonly commit: string | null;
  /** `held`: it would wait for an approval; `broken`, `superseded`: it would end at once. */
  readonly would: 'run' | 'be held' | 'be broken' | 'be superseded';
  readonly problems: readonly Problem[];
  /** In the order of the file; those of a called pipeline stand for the job that calls it. */
  readonly jobs: readonly PreviewedJob[];
}

const WOULD = { run: 'run', hold: 'be held', broken: 'be broken', superseded: 'be superseded' } as const;

export class PreviewRun {
  constructor(private readonly contexts: ReadContexts) {}

  /** Run id and number are not known before a run is made: they read 0. */
  preview({ project, message }: Pick<TriagedEvent, 'project' | 'message'>, request: RunRequest): RunPreview {
    const { title, trust, trustReason, resolved, how } = request;
    const { ref, commit } = resolved;
    const shown = { title, trust, trustReason, ref, commit };
    if (how.kind !== 'run')
      return { ...shown, would: WOULD[how.kind], problems: how.kind === 'broken' ? how.problems : [], jobs: [] };
    const contexts = this.contexts.ofMessage({ ...request, id: 0, number: 0, attempt: 1 }, project, message);
    const planned = planRun(how.pipeline, contexts, how);
    if (planned.kind === 'problems') return { ...shown, would: 'be broken', problems: planned.problems, jobs: [] };
    const { plan } = planned;
    return { ...shown, title: plan.runName ?? title, would: 'run', problems: [], jobs: previewJobs(plan, contexts) };
  }
}

function previewJobs(plan: Plan, contexts: RunContexts): readonly PreviewedJob[] {
  const { changes } = advance(plan, [], contexts, 'run');
  return plan.jobs.flatMap((job) => {
    const known = changes.flatMap((change) => previewChange(job, change));
    return known.length > 0 ? known : [waitingJob(job)];
  });
}

function previewChange(declared: DeclaredJob, change: JobChange): readonly PreviewedJob[] {
  if (change.kind === 'cancel' || !isOf(declared, change.job.id)) return [];
  const { key, name, needs, matrix } = change.job;
  if (change.kind === 'queue') return [{ key, name, needs, matrix, state: 'ready', reason: null }];
  return [{ key, name, needs, matrix, state: change.result, reason: change.reason }];
}

/** Is it the job itself, or one of the pipeline that it calls? */
function isOf(declared: DeclaredJob, id: string): boolean {
  return id === declared.id || id.startsWith(`${declared.id}/`) || id.startsWith(`${declared.id}[`);
}

function waitingJob({ id, name, needs, strategy }: DeclaredJob): PreviewedJob {
  const matrix = isJsonObject(strategy) ? (strategy['matrix'] ?? {}) : {};
  return { key: id, name: name ?? id, needs, matrix, state: 'waits', reason: null };
}
