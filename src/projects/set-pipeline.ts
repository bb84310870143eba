/** Makes and replaces server-side pipelines; every text that ever stood is kept as a version. */
import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { type Problem, Refusal } from '../kernel/errors.js';
import type { Project, StoredPipeline } from '../model/project.js';
import { Pipelines } from '../store/pipelines.js';
import { Store } from '../store/store.js';
import { demandPipeline } from './check-pipeline.js';
import { changedMeanwhile } from './change-project.js';
import { invalidInput } from './check-input.js';
import type { PipelineInput, PipelineReplacementInput } from './pipeline-input.js';

/** What became of the text. */
export interface SetPipelineAnswer {
  readonly isNew: boolean;
  /** Problems of the text that stop nothing. */
  readonly warnings: readonly Problem[];
}

@Injectable()
export class SetPipeline {
  constructor(
    private readonly store: Store,
    private readonly pipelines: Pipelines,
    private readonly clock: Clock,
  ) {}

  /** Throws a Refusal when the name is taken or the text has errors. */
  async create(project: Project, { name, text }: PipelineInput): Promise<SetPipelineAnswer> {
    const warnings = demandPipeline(text, name);
    await this.store.commit(async (tx) => {
      if (await this.pipelines.byName(project.id, name)) throw nameTaken(name);
      await this.pipelines.insert(tx, { projectId: project.id, name, text, declaredBy: null }, this.clock.now());
    });
    return { isNew: true, warnings };
  }

  /** Makes the pipeline when there is none. Throws a Refusal when the file declares it or the text has errors. */
  async replace(project: Project, name: string, input: PipelineReplacementInput): Promise<SetPipelineAnswer> {
    if (input.name !== undefined && input.name !== name)
      throw invalidInput([{ path: 'name', message: 'must be the name in the address' }]);
    refuseDeclared(project, await this.pipelines.byName(project.id, name));
    const warnings = demandPipeline(input.text, name);
    const isNew = await this.write(project.id, name, input);
    return { isNew, warnings };
  }

  /** Is it new? A text that stands already makes no version. */
  private write(projectId: number, name: string, { text, enabled = true }: PipelineReplacementInput): Promise<boolean> {
    const nowMs = this.clock.now();
    return this.store.commit(async (tx) => {
      const current = await this.pipelines.byName(projectId, name);
      const id = current?.id ?? (await this.pipelines.insert(tx, { projectId, name, text, declaredBy: null }, nowMs));
      if (current && current.text !== text && !(await this.pipelines.replaceText(tx, current, text, nowMs)))
        throw changedMeanwhile();
      if ((current?.enabled ?? true) !== enabled)
        await this.pipelines.setStanding(tx, id, { enabled, declaredBy: null }, nowMs);
      return current === null;
    });
  }
}

function refuseDeclared(project: Project, pipeline: StoredPipeline | null): void {
  if (pipeline === null || pipeline.declaredBy === null) return;
  const key = `projects: ${project.fullname}: pipelines: ${pipeline.name}`;
  const message = `${pipeline.declaredBy} declares this pipeline: change ${key} there.`;
  throw new Refusal('conflict', 'declared-in-file', message);
}

function nameTaken(name: string): Refusal {
  return new Refusal('conflict', 'pipeline-exists', `The project has a pipeline ${name} already: replace it with PUT.`);
}
