/** Reads what a page shows, for whoever may see it: few queries, however large a run is. */
import { Inject, Injectable } from '@nestjs/common';
import { Blobs } from '../../blobs/blobs.js';
import type { Project } from '../../model/project.js';
import { isRed } from '../../model/result.js';
import { type Asker, seesProject } from '../../projects/asker.js';
import { readError } from '../../runs/read-error.js';
import { Events } from '../../store/events.js';
import { type PageJob, type PageRun, PageRows } from '../../store/page-rows.js';
import { Projects } from '../../store/projects.js';
import type { EventView } from './event-page.js';
import { MOST_STEPS } from './job-list.js';
import { lastLines } from './last-lines.js';
import { MOST_NOTES } from './note-list.js';
import { type Focus, focusJob, type RunView } from './run-view.js';
import { Surroundings } from './surroundings.js';

/** More do not fit into a page, whatever they are called. */
const MOST_JOBS = 90;
/** Of so many jobs the steps are read. */
const JOBS_WITH_STEPS = 16;
const MOST_DECISIONS = 60;

@Injectable()
export class ReadPages {
  constructor(
    @Inject(PageRows) private readonly rows: PageRows,
    @Inject(Events) private readonly events: Events,
    @Inject(Projects) private readonly projects: Projects,
    @Inject(Blobs) private readonly blobs: Blobs,
    @Inject(Surroundings) private readonly around: Surroundings,
  ) {}

  /** Null for a run that is not there, and for one that the asker may not see. */
  async run(asker: Asker | null, id: number): Promise<RunView | null> {
    const run = await this.rows.run(id);
    const project = run && (await this.seen(asker, run.projectId));
    return run && project && this.runView(project, run);
  }

  /** Null likewise. */
  async event(asker: Asker | null, id: number): Promise<EventView | null> {
    const event = await this.events.byId(id);
    const project = event && (await this.seen(asker, event.projectId));
    if (!event || !project) return null;
    const [decisions, decisionCount] = await Promise.all([
      this.rows.decisions(id, MOST_DECISIONS),
      this.rows.decisionCount(id),
    ]);
    return { project, event, decisions, decisionCount, pages: this.around.pages(project, event.commit, event) };
  }

  private async seen(asker: Asker | null, projectId: number): Promise<Project | null> {
    const project = await this.projects.byId(projectId);
    const isSeen = project !== null && (project.public || (asker !== null && seesProject(asker, project.id)));
    return isSeen ? project : null;
  }

  private async runView(project: Project, run: PageRun): Promise<RunView> {
    const [event, found, counts, sentence] = await Promise.all([
      this.events.byId(run.eventId),
      this.rows.jobs(run.id, MOST_JOBS),
      this.rows.jobCounts(run.id),
      this.rows.sentence(run),
    ]);
    const focus = await this.focus(run, found);
    const jobs = focus === null ? found : [focus.job, ...found.filter((job) => job !== focus.job)];
    return {
      ...{ project, run, event, sentence, counts, jobs, focus },
      steps: await this.rows.steps(jobs.slice(0, JOBS_WITH_STEPS), MOST_STEPS + 1),
      environments: await this.rows.environments(jobs.map(({ id }) => id)),
      toCome: await this.toCome(run, jobs),
      ...(await this.decisions(run)),
      pages: this.around.pages(project, run.resolved.commit, event),
      nowMs: this.around.nowMs,
    };
  }

  private async focus(run: PageRun, jobs: readonly PageJob[]): Promise<Focus | null> {
    const isFailure = run.result === 'failure';
    const job = focusJob(run, jobs, isFailure ? await this.rows.failedJobId(run.id) : null);
    if (job === null) return null;
    const step = await this.rows.tellingStep(job);
    const log = await lastLines(this.blobs, job, job.state === 'done' ? step : null);
    const notes = step === null ? [] : await this.rows.annotations(step, MOST_NOTES + 1);
    const excerpt = step !== null && isRed(job.result) ? await readError(this.blobs, job, step) : null;
    return { job, step, notes, excerpt, log };
  }

  /** A plan can be large: it is read only while something of it is still to come, and all jobs are known here. */
  private async toCome(run: PageRun, jobs: readonly PageJob[]): Promise<readonly string[]> {
    if (run.state === 'done' || jobs.length === MOST_JOBS) return [];
    const planned = await this.rows.plannedJobs(run.id);
    return planned
      .filter(({ id }) => !jobs.some(({ key }) => key === id || key.startsWith(`${id}[`) || key.startsWith(`${id}/`)))
      .map(({ id, name }) => (name === null || name.includes('${{') ? id : name));
  }

  private async decisions(run: PageRun) {
    const { eventId, pipelineKey } = run;
    const [own, some, decisionCount] = await Promise.all([
      this.rows.decision(eventId, pipelineKey),
      this.rows.decisions(eventId, MOST_DECISIONS),
      this.rows.decisionCount(eventId),
    ]);
    return {
      ownDecision: own && { ...own, run },
      otherDecisions: some.filter((one) => one.pipelineKey !== pipelineKey),
      decisionCount,
    };
  }
}
