/** Makes the order of a claimed job: everything that the runner needs, in one value. */
import { Fault } from '../kernel/errors.js';
import type { Forges } from '../forge/forges.js';
import type { Git } from '../git/git.js';
import type { JobOrder } from '../model/job-order.js';
import type { PlannedJob } from '../model/plan.js';
import type { Job, Run } from '../model/run.js';
import { needsContext } from '../pipeline/index.js';
import type { HiddenJobs } from '../store/hidden-jobs.js';
import type { ProjectSecrets } from '../store/project-secrets.js';
import type { Projects } from '../store/projects.js';
import type { Runs } from '../store/runs.js';
import { HideMasked } from './hide-masked.js';
import type { ReadContexts } from './read-contexts.js';
import { secretsOfRun } from './secrets-of-run.js';
import { standingOf } from './settle-run.js';

export interface OrderLimits {
  readonly logBytes: number;
}

export class MakeOrder {
  constructor(
    private readonly tables: {
      readonly runs: Runs;
      readonly projects: Projects;
      readonly hidden: HiddenJobs;
      readonly secrets: ProjectSecrets;
    },
    private readonly contexts: ReadContexts,
    private readonly forges: Forges,
    private readonly git: Git,
    private readonly limits: OrderLimits,
  ) {}

  /** Throws a Fault when the run cannot be run as it stands. */
  async make(job: Job): Promise<JobOrder> {
    const run = await this.tables.runs.byId(job.runId);
    const project = run && (await this.tables.projects.byId(run.projectId));
    if (!run?.plan || !project || run.resolved.commit === null)
      throw new Fault(`job ${job.id} has nothing to run`, { retryable: false });
    const jobs = isByItself(job.planned) ? [] : await this.tables.runs.jobsOf(run.id);
    const [planned, hidden] = await Promise.all([
      this.tables.hidden.openPlan(job),
      this.tables.hidden.openOutputs(jobs),
    ]);
    const contexts = await this.contexts.of(run);
    const standings = jobs.map((one) => standingOf(one, hidden));
    const needs = needsContext(run.plan, planned.id, standings, contexts);
    return {
      projectId: project.id,
      runId: run.id,
      jobId: job.id,
      attempt: job.attempt,
      trust: run.trust,
      job: planned,
      env: run.plan.env,
      contexts,
      needs,
      secrets: await this.secretsOf(run),
      masks: new HideMasked(hidden).masksIn({ needs, planned }),
      source: {
        ...(await this.mirrorsOf(run)),
        commit: run.resolved.commit,
        ref: run.resolved.ref,
        url: this.forges.of(project.instance).cloneUrl(project),
      },
      limits: this.limits,
    };
  }

  private async secretsOf(run: Run): Promise<JobOrder['secrets']> {
    const { secrets } = this.tables;
    if (run.trust !== 'trusted') return {};
    return secrets.open(run.projectId, (shown) => secretsOfRun(run, shown));
  }

  /** The commits of strangers are checked out of a store of their own. */
  private async mirrorsOf({ projectId, resolved }: Run): Promise<Pick<JobOrder['source'], 'mirror' | 'project'>> {
    const { isForeign, pullRequest: number } = resolved;
    const project = this.git.mirrorPath(projectId);
    if (!isForeign || number === undefined) return { mirror: project };
    return { mirror: await this.git.pullRequestPath({ projectId, number }), project };
  }
}

/** It sees nothing of other jobs: of a run with many they are not read for each. */
function isByItself({ needs, call }: PlannedJob): boolean {
  return needs.length === 0 && call === null;
}
