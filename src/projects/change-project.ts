/** Changes a registered project; whatever is changed, paused flags are tried again. */
import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Refusal } from '../kernel/errors.js';
import type { Project } from '../model/project.js';
import { Flags } from '../store/flags.js';
import { type ProjectChange, Projects } from '../store/projects.js';
import { Store, type Tx } from '../store/store.js';
import { invalidInput } from './check-input.js';
import { HostRule } from './host-rule.js';
import type { ProjectChangeInput } from './project-input.js';
import { storedRepository } from './repository-input.js';
import { tellRegistered } from './tell-registered.js';
import type { Writer } from './writer.js';
import { mergeSettings, storedAliases } from './register-project.js';

@Injectable()
export class ChangeProject {
  constructor(
    private readonly store: Store,
    private readonly projects: Projects,
    private readonly flags: Flags,
    private readonly hostRule: HostRule,
    private readonly clock: Clock,
  ) {}

  /**
   * An input without fields changes nothing and resumes paused flags (a mended right on the forge's side). Throws a Refusal
   * when the configuration file declares the project, and those of registering.
   */
  change(project: Project, input: ProjectChangeInput, writer: Writer): Promise<void> {
    const fields = givenFields(input);
    refuseDeclared(project, fields);
    return this.store.commit(async (tx) => {
      await writer.demand();
      if (fields.length > 0) await this.write(tx, project, input);
      await this.flags.resume(tx, project.id, this.clock.now());
    });
  }

  private async write(tx: Tx, project: Project, input: ProjectChangeInput): Promise<void> {
    const nowMs = this.clock.now();
    const isEnabled = input.enabled === true && !project.enabled;
    if (isEnabled) await this.checkEnabling(project, input);
    const isChanged = await this.projects.update(tx, project.id, project.version, changeOf(project, input), nowMs);
    if (!isChanged) throw changedMeanwhile();
    if (isEnabled) await tellRegistered(tx, { ...project, version: project.version + 1 }, nowMs);
    if (input.keys !== undefined) await this.projects.replaceKeys(tx, project.id, input.keys, nowMs);
    if (input.token !== undefined) await this.projects.setToken(tx, project.id, input.token);
    if (input.repository !== undefined)
      await this.projects.repositories.set(tx, project.id, input.repository && storedRepository(input.repository));
  }

  /** A project that left the configuration file has no keys any more. */
  private async checkEnabling(project: Project, input: ProjectChangeInput): Promise<void> {
    await this.hostRule.refuseSecond(project.id);
    const hasKeys = input.keys !== undefined || (await this.projects.countKeys(project.id)) > 0;
    if (!hasKeys) throw invalidInput([{ path: 'keys', message: 'must be given: the project has none' }]);
  }
}

function givenFields(input: ProjectChangeInput): readonly string[] {
  return Object.entries(input).flatMap(([name, value]) => (value === undefined ? [] : [name]));
}

/** Throws a Refusal for fields of a project that the configuration file declares. */
export function refuseDeclared({ declaredBy, fullname }: Project, fields: readonly string[]): void {
  if (declaredBy === null || fields.length === 0) return;
  const keys = fields.map((field) => `projects: ${fullname}: ${field}`).join(', ');
  throw new Refusal('conflict', 'declared-in-file', `${declaredBy} declares this project: change ${keys} there.`);
}

function changeOf(project: Project, input: ProjectChangeInput): ProjectChange {
  return {
    instanceAliases: storedAliases(input.instanceAliases ?? project.instanceAliases, project.instance),
    settings: mergeSettings(project.settings, input.settings),
    enabled: input.enabled ?? project.enabled,
    ...(input.identity === null && { identity: null, suspended: null }),
  };
}

/** Who else changed the row is not known: what stands must be read again. */
export function changedMeanwhile(): Refusal {
  return new Refusal('conflict', 'changed-meanwhile', 'Somebody else changed this at the same time: read it again.');
}
