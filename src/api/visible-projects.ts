/** Projects, events and runs as a token sees them: what it does not see is answered as what is not there. */
import { Inject, Injectable } from '@nestjs/common';
import { Refusal } from '../kernel/errors.js';
import type { Event } from '../model/event.js';
import type { Project } from '../model/project.js';
import type { Run } from '../model/run.js';
import { type Asker, seesProject } from '../projects/asker.js';
import { Events } from '../store/events.js';
import { Projects } from '../store/projects.js';
import { Runs } from '../store/runs.js';

@Injectable()
export class VisibleProjects {
  constructor(
    @Inject(Projects) private readonly projects: Projects,
    @Inject(Events) private readonly events: Events,
    @Inject(Runs) private readonly runs: Runs,
  ) {}

  /** Throws a Refusal `unknown`, as the functions below. */
  async project(asker: Asker, id: number): Promise<Project> {
    const project = seesProject(asker, id) ? await this.projects.byId(id) : null;
    if (project === null) throw notThere('project', id);
    return project;
  }

  async event(asker: Asker, id: number): Promise<Event> {
    const event = await this.events.byId(id);
    if (event === null || !seesProject(asker, event.projectId)) throw notThere('event', id);
    return event;
  }

  async run(asker: Asker, id: number): Promise<Run> {
    const run = await this.runs.byId(id);
    if (run === null || !seesProject(asker, run.projectId)) throw notThere('run', id);
    return run;
  }
}

/** The same for what is not there and for what is not shown. */
export function notThere(noun: string, name: number | string): Refusal {
  return new Refusal('unknown', `no-such-${noun}`, `There is no ${noun} ${name}, or this token does not see it.`);
}
