/** A run with its jobs, their steps, and what these point out. */
import { Inject, Injectable } from '@nestjs/common';
import type { Run } from '../model/run.js';
import type { Asker } from '../projects/asker.js';
import { Runs } from '../store/runs.js';
import { type AnnotationRow, StepReports } from '../store/step-reports.js';
import { type RunDto, runDto } from './run.dto.js';
import { VisibleProjects } from './visible-projects.js';

@Injectable()
export class ShowRun {
  constructor(
    @Inject(VisibleProjects) private readonly visible: VisibleProjects,
    @Inject(Runs) private readonly runs: Runs,
    @Inject(StepReports) private readonly reports: StepReports,
  ) {}

  /** Of a run that the asker sees; however many jobs it has, it is read with five queries. */
  async show(asker: Asker, run: Run): Promise<RunDto> {
    const project = await this.visible.project(asker, run.projectId);
    const [jobs, steps, notes, reported] = await Promise.all([
      this.runs.jobsIn(run),
      this.runs.stepsOfRun(run.id),
      this.reports.shownOfRun(run),
      this.reports.countsOfRun(run.id),
    ]);
    const notesOf = byStep(notes);
    const parts = jobs.map((job) => ({
      job,
      steps: (steps.get(job.id) ?? []).map((step) => ({
        step,
        notes: notesOf.get(`${job.id}.${step.number}`) ?? [],
        ...reported(job.id, step.number),
      })),
    }));
    return runDto(project, run, parts);
  }
}

function byStep(notes: readonly AnnotationRow[]): ReadonlyMap<string, readonly AnnotationRow[]> {
  const found = new Map<string, AnnotationRow[]>();
  for (const note of notes) {
    const key = `${note.jobId}.${note.step}`;
    found.set(key, [...(found.get(key) ?? []), note]);
  }
  return found;
}
