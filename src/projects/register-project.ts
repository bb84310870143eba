/** Registers a project: its name, keys and token in one commit. */
import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { DEFAULT_PROJECT_SETTINGS, normaliseInstance, type ProjectSettings } from '../model/project.js';
import { type NewProject, Projects } from '../store/projects.js';
import { Store } from '../store/store.js';
import { HostRule } from './host-rule.js';
import type { ProjectInput, ProjectSettingsInput } from './project-input.js';
import { storedRepository } from './repository-input.js';
import { tellRegistered } from './tell-registered.js';

@Injectable()
export class RegisterProject {
  constructor(
    private readonly store: Store,
    private readonly projects: Projects,
    private readonly hostRule: HostRule,
    private readonly clock: Clock,
  ) {}

  /** The new id. Throws a Refusal for a second project, a name that is taken, a key that another project uses. */
  register(input: ProjectInput): Promise<number> {
    const nowMs = this.clock.now();
    return this.store.commit(async (tx) => {
      await this.hostRule.refuseSecond(null);
      const id = await this.projects.insert(tx, newProject(input, null), nowMs);
      await this.projects.replaceKeys(tx, id, input.keys, nowMs);
      await this.projects.setToken(tx, id, input.token ?? null);
      if (input.repository) await this.projects.repositories.set(tx, id, storedRepository(input.repository));
      await tellRegistered(tx, { id, fullname: input.fullname, version: 1 }, nowMs);
      return id;
    });
  }
}

/** Private until the forge says otherwise. */
export function newProject(input: ProjectInput, declaredBy: string | null): NewProject {
  const instance = storedInstance(input.instance);
  return {
    instance,
    instanceAliases: storedAliases(input.instanceAliases ?? [], instance),
    fullname: input.fullname,
    public: false,
    enabled: true,
    declaredBy,
    settings: mergeSettings(DEFAULT_PROJECT_SETTINGS, input.settings),
  };
}

/** The one spelling of a checked instance URL. */
export function storedInstance(checked: string): string {
  return normaliseInstance(checked) ?? checked;
}

/** Each once, normalised, without the instance itself. */
export function storedAliases(checked: readonly string[], instance: string): readonly string[] {
  return [...new Set(checked.map(storedInstance))].filter((alias) => alias !== instance);
}

/** What the input leaves out stays as it is. */
export function mergeSettings(current: ProjectSettings, input: ProjectSettingsInput = {}): ProjectSettings {
  const given = Object.entries(input).filter(([, value]) => value !== undefined);
  return { ...current, ...Object.fromEntries(given) };
}
