/** Makes the bundle of a run: what it takes to repeat it elsewhere, without a secret. */
import type { Forges } from '../forge/forges.js';
import { Refusal } from '../kernel/errors.js';
import { isJsonObject } from '../kernel/json.js';
import type { Project } from '../model/project.js';
import { BUNDLE_VERSION, type BundledJob, type BundledRun, type RunBundle } from '../model/run-bundle.js';
import type { Run } from '../model/run.js';
import { needsContext } from '../pipeline/index.js';
import type { HiddenJobs } from '../store/hidden-jobs.js';
import type { Runs } from '../store/runs.js';
import { HideMasked } from './hide-masked.js';
import type { ReadContexts } from './read-contexts.js';
import { standingOf } from './settle-run.js';

export class MakeBundle {
  constructor(
    private readonly tables: { readonly runs: Runs; readonly hidden: HiddenJobs },
    private readonly contexts: ReadContexts,
    private readonly forges: Forges,
  ) {}

  /** Throws a Refusal for a run that was never planned, and a Fault when a row that it rests on is gone. */
  async make(run: Run, project: Project): Promise<RunBundle> {
    const { plan } = run;
    const { commit } = run.resolved;
    if (plan === null || commit === null) throw unplanned(run);
    const jobs = await this.tables.runs.jobsOf(run.id);
    const hidden = await this.tables.hidden.openOutputs(jobs);
    const contexts = await this.contexts.of(run);
    const hiding = new HideMasked(hidden);
    const standings = jobs.map((job) => standingOf(job, hidden));
    const bundled = jobs.map(({ id, attempt, planned }): BundledJob => {
      const needs = hiding.json(needsContext(plan, planned.id, standings, contexts));
      const job = { ...planned, runsOn: planned.runsOn.map((label) => hiding.text(label)) };
      return { jobId: id, attempt, job, env: plan.env, needs: isJsonObject(needs) ? needs : {} };
    });
    return { version: BUNDLE_VERSION, run: this.head({ run, project, commit }), plan, contexts, jobs: bundled };
  }

  private head({ run, project, commit }: { run: Run; project: Project; commit: string }): BundledRun {
    const { id, number, attempt, trust, pipelineKey, pipelineName } = run;
    const { eventName, ref } = run.resolved;
    return {
      ...{ id, number, attempt, trust, eventName, ref, commit },
      project: project.fullname,
      pipeline: { key: pipelineKey, name: pipelineName },
      url: this.forges.of(project.instance).cloneUrl(project),
    };
  }
}

function unplanned({ id }: Run): Refusal {
  return new Refusal('conflict', 'run-unplanned', `Run ${id} was never planned: there is nothing to repeat.`);
}
