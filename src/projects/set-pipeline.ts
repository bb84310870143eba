/** Makes, replaces and switches server-side pipelines; every text that ever stood is kept as a version. */
import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { type Problem, Refusal } from '../kernel/errors.js';
import type { Project, StoredPipeline } from '../model/project.js';
import { Pipelines } from '../store/pipelines.js';
import { Store, type Tx } from '../store/store.js';
import { demandPipeline } from './check-pipeline.js';
import { changedMeanwhile } from './change-project.js';
import { invalidInput } from './check-input.js';
import type { PipelineChangeInput, PipelineInput, PipelineReplacementInput } from './pipeline-input.js';
import type { Writer } from './writer.js';

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
  async create(project: Project, { name, text, enabled }: PipelineInput, writer: Writer): Promise<SetPipelineAnswer> {
    const warnings = demandPipeline(text, name);
    await this.store.commit(async (tx) => {
      await writer.demand();
      if (await this.pipelines.byName(project.id, name)) throw nameTaken(name);
      await this.insert(tx, project, name, { text, enabled }, writer);
    });
    return { isNew: true, warnings };
  }

  /** Makes the pipeline when there is none. Throws a Refusal when the file declares it or the text has errors. */
  async replace(
    project: Project,
    name: string,
    input: PipelineReplacementInput,
    writer: Writer,
  ): Promise<SetPipelineAnswer> {
    if (input.name !== undefined && input.name !== name)
      throw invalidInput([{ path: 'name', message: 'must be the name in the address' }]);
    refuseDeclared(project, await this.pipelines.byName(project.id, name));
    const warnings = demandPipeline(input.text, name);
    const isNew = await this.store.commit(async (tx) => {
      await writer.demand();
      const current = await this.pipelines.byName(project.id, name);
      if (current === null) await this.insert(tx, project, name, input, writer);
      else await this.write(tx, project, current, { enabled: true, ...given(input) }, writer);
      return current === null;
    });
    return { isNew, warnings };
  }

  /** Switches a pipeline on or off; an input without fields changes nothing. Throws a Refusal when the file declares it. */
  change(project: Project, name: string, input: PipelineChangeInput, writer: Writer): Promise<void> {
    return this.store.commit(async (tx) => {
      await writer.demand();
      const current = await this.pipelines.byName(project.id, name);
      if (current === null) throw new Refusal('unknown', 'no-such-pipeline', `There is no pipeline ${name}.`);
      await this.write(tx, project, current, { text: current.text, ...given(input) }, writer);
    });
  }

  private async insert(
    tx: Tx,
    { id: projectId }: Project,
    name: string,
    { text, enabled = true }: PipelineReplacementInput,
    { name: author }: Writer,
  ): Promise<void> {
    const nowMs = this.clock.now();
    const id = await this.pipelines.insert(tx, { projectId, name, text, author, declaredBy: null }, nowMs);
    if (!enabled) await this.pipelines.setStanding(tx, id, { enabled, declaredBy: null }, nowMs);
  }

  /** A text that stands already makes no version. */
  private async write(
    tx: Tx,
    project: Project,
    current: StoredPipeline,
    { text, enabled = current.enabled }: PipelineReplacementInput,
    { name: author }: Writer,
  ): Promise<void> {
    refuseDeclared(project, current);
    const nowMs = this.clock.now();
    if (current.text !== text && !(await this.pipelines.replaceText(tx, current, { text, author }, nowMs)))
      throw changedMeanwhile();
    if (current.enabled !== enabled)
      await this.pipelines.setStanding(tx, current.id, { enabled, declaredBy: null }, nowMs);
  }
}

/** Without the fields that were left out. */
function given<T extends object>(input: T): T {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as T;
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
