/** What a run would be if it were started now: plans, asks what may run and whose turn it would be, and writes nothing. */
import type { Problem } from '../kernel/errors.js';
import type { Plan, PlannedJob } from '../model/plan.js';
import type { RunContexts } from '../model/run.js';
import { advance, type ForeseenJob, foreseeJobs, planRun } from '../pipeline/index.js';
import type { Runs } from '../store/runs.js';
import type { Turns } from '../store/turns.js';
import { type PreviewedTurn, PreviewTurns } from './preview-turns.js';
import type { ReadContexts } from './read-contexts.js';
import type { RunRequest, TriagedEvent } from './start-runs.js';

/** If each job that runs succeeds. */
export interface PreviewedJob extends ForeseenJob {
  /** Of a job that would start at once, but for its concurrency group. */
  readonly turn: PreviewedTurn | null;
}

export interface RunPreview extends Pick<RunRequest, 'title' | 'trust' | 'trustReason'> {
  readonly ref: string;
  readonly commit: string | null;
  /** `held`: it would wait for an approval; `broken`, `superseded`, `skipped`: it would end at once. */
  readonly would: 'run' | 'be held' | 'be broken' | 'be superseded' | 'be skipped';
  readonly problems: readonly Problem[];
  /** Of the whole run; null when it takes none. */
  readonly turn: PreviewedTurn | null;
  /** In the order of the file; those of a called pipeline stand for the job that calls it. */
  readonly jobs: readonly PreviewedJob[];
}

const WOULD = {
  run: 'run',
  hold: 'be held',
  broken: 'be broken',
  superseded: 'be superseded',
  skipped: 'be skipped',
} as const;

export class PreviewRun {
  constructor(
    private readonly contexts: ReadContexts,
    private readonly turns: Turns,
    private readonly runs: Runs,
  ) {}

  /** Of the runs that one event starts, in their order: each takes its turns behind those before it. */
  async ofEvent(
    triaged: Pick<TriagedEvent, 'project' | 'message'>,
    requests: readonly (RunRequest | null)[],
  ): Promise<readonly (RunPreview | null)[]> {
    const turns = new PreviewTurns(this.turns, this.runs);
    const previews: (RunPreview | null)[] = [];
    for (const request of requests) previews.push(request && (await this.preview(triaged, request, turns)));
    return previews;
  }

  /** Run id and number are not known before a run is made: they read 0. */
  private async preview(
    { project, message }: Pick<TriagedEvent, 'project' | 'message'>,
    request: RunRequest,
    turns: PreviewTurns,
  ): Promise<RunPreview> {
    const { title, trust, trustReason, resolved, how } = request;
    const { ref, commit } = resolved;
    const shown = { title, trust, trustReason, ref, commit, turn: null, jobs: [] };
    if (how.kind !== 'run')
      return { ...shown, would: WOULD[how.kind], problems: how.kind === 'broken' ? how.problems : [] };
    const contexts = this.contexts.ofMessage({ ...request, id: 0, number: 0, attempt: 1 }, project, message);
    const planned = planRun(how.pipeline, contexts, how);
    if (planned.kind === 'problems') return { ...shown, would: 'be broken', problems: planned.problems };
    const { plan } = planned;
    const id = turns.enter({ ...request, projectId: project.id });
    const turn = plan.concurrency && (await turns.take({ runId: id, jobId: null, key: null }, plan.concurrency));
    const jobs = await jobsOf(plan, contexts, { turns, id, isWaiting: turn !== null && turn.waits !== null });
    return { ...shown, title: plan.runName ?? title, would: 'run', problems: [], turn, jobs };
  }
}

interface Taking {
  readonly turns: PreviewTurns;
  readonly id: number;
  readonly isWaiting: boolean;
}

async function jobsOf(plan: Plan, contexts: RunContexts, taking: Taking): Promise<readonly PreviewedJob[]> {
  const foreseen = foreseeJobs(plan, contexts);
  if (taking.isWaiting) return foreseen.map(behindTheRun);
  const first = firstJobs(plan, contexts);
  const jobs: PreviewedJob[] = [];
  for (const [at, job] of foreseen.entries()) {
    const planned = job.state === 'ready' ? first.get(job.key) : undefined;
    jobs.push(withTurn(job, planned ? await taking.turns.takeAll(taking.id, at + 1, planned) : null));
  }
  return jobs;
}

/** By key: they take turns if they want to. */
function firstJobs(plan: Plan, contexts: RunContexts): ReadonlyMap<string, PlannedJob> {
  const { changes } = advance(plan, [], contexts, 'run');
  return new Map(changes.flatMap((change) => (change.kind === 'queue' ? [[change.job.key, change.job]] : [])));
}

function behindTheRun(job: ForeseenJob): PreviewedJob {
  const waits = { state: 'waits', reason: 'its run waits for its turn', turn: null } as const;
  return job.state === 'ready' ? { ...job, ...waits } : { ...job, turn: null };
}

function withTurn(job: ForeseenJob, turn: PreviewedTurn | null): PreviewedJob {
  const reason = turn?.waits ?? null;
  return reason === null ? { ...job, turn } : { ...job, turn, state: 'waits', reason };
}
