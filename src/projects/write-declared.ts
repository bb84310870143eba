/** Brings the store in line with one declared project, in one commit; what stands already is left alone. */
import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import type { Project, StoredPipeline } from '../model/project.js';
import { Flags } from '../store/flags.js';
import { Pipelines } from '../store/pipelines.js';
import { type NewProject, Projects } from '../store/projects.js';
import { ProjectSecrets } from '../store/project-secrets.js';
import { Store, type Tx } from '../store/store.js';
import type { DeclaredPipelineInput, DeclaredProjectInput } from './declared-input.js';
import { newProject, storedInstance } from './register-project.js';
import { storedRepository } from './repository-input.js';
import type { DeclaredSecretInput } from './secret-input.js';
import { storedName } from './set-secret.js';
import { tellRegistered } from './tell-registered.js';

@Injectable()
export class WriteDeclared {
  constructor(
    private readonly store: Store,
    private readonly projects: Projects,
    private readonly pipelines: Pipelines,
    private readonly flags: Flags,
    private readonly secrets: ProjectSecrets,
    private readonly clock: Clock,
  ) {}

  /** Safe to call twice. Throws a Refusal when another project uses one of the keys. */
  async write(file: string, declared: DeclaredProjectInput): Promise<void> {
    await this.store.commit(async (tx) => {
      const standing = await this.projects.byName(storedInstance(declared.instance), declared.fullname);
      const id = await this.writeProject(tx, standing, file, declared);
      await this.writeKeys(tx, id, declared);
      await this.writeRepository(tx, id, declared);
      await this.writePipelines(tx, id, file, declared.pipelines ?? []);
      await this.writeProjectSecrets(tx, id, { file, declared: declared.secrets ?? [] });
    });
  }

  /**
   * Disables what the file no longer declares: it may be taken over by the API. Its keys are dropped, so that they may serve
   * the same project under a corrected name; its token stays, for the flags of runs under way.
   */
  async leave(project: Project): Promise<void> {
    await this.store.commit(async (tx) => {
      const nowMs = this.clock.now();
      await this.projects.update(tx, project.id, project.version, { enabled: false, declaredBy: null }, nowMs);
      await this.projects.replaceKeys(tx, project.id, [], nowMs);
      await this.leavePipelines(tx, await this.pipelines.ofProject(project.id));
      for (const { name, declaredBy } of await this.secrets.ofProject(project.id))
        if (declaredBy !== null) await this.secrets.remove(tx, project.id, name);
    });
  }

  private async writeProject(
    tx: Tx,
    standing: Project | null,
    file: string,
    declared: DeclaredProjectInput,
  ): Promise<number> {
    const wanted = newProject(declared, file);
    const nowMs = this.clock.now();
    if (standing === null) return this.insertProject(tx, wanted, nowMs);
    const { id, version, fullname } = standing;
    const { instanceAliases, settings, enabled, declaredBy } = wanted;
    const change = { instanceAliases, settings, enabled, declaredBy };
    if (isDeepStrictEqual({ ...standing, ...change }, { ...standing })) return id;
    await this.projects.update(tx, id, version, change, nowMs);
    if (!standing.enabled) await tellRegistered(tx, { id, fullname, version: version + 1 }, nowMs);
    return id;
  }

  private async insertProject(tx: Tx, project: NewProject, nowMs: number): Promise<number> {
    const id = await this.projects.insert(tx, project, nowMs);
    await tellRegistered(tx, { id, fullname: project.fullname, version: 1 }, nowMs);
    return id;
  }

  /** New keys or another token may have mended what paused flags wait for. */
  private async writeKeys(tx: Tx, id: number, { keys, token = null }: DeclaredProjectInput): Promise<void> {
    const isMended = [await this.projects.hasKeys(id, keys), await this.projects.holdsToken(id, token)].includes(false);
    if (!isMended) return;
    await this.projects.replaceKeys(tx, id, keys, this.clock.now());
    await this.projects.setToken(tx, id, token);
    await this.flags.resume(tx, id, this.clock.now());
  }

  private async writeRepository(tx: Tx, id: number, { repository }: DeclaredProjectInput): Promise<void> {
    const wanted = repository ? storedRepository(repository) : null;
    if (await this.projects.repositories.holds(id, wanted)) return;
    await this.projects.repositories.set(tx, id, wanted);
  }

  /** What the file says no more is gone with it; those set by the API stay, unless the file names them. */
  private async writeProjectSecrets(
    tx: Tx,
    projectId: number,
    { file, declared }: { readonly file: string; readonly declared: readonly DeclaredSecretInput[] },
  ): Promise<void> {
    const standing = await this.secrets.ofProject(projectId);
    for (const { name: said, value, refs = [] } of declared) {
      const name = storedName(said);
      const known = standing.find((one) => one.name === name);
      const isSame = known?.declaredBy === file && isDeepStrictEqual(known.refs, refs);
      if (isSame && (await this.secrets.holds(projectId, name, value))) continue;
      await this.secrets.set(tx, { projectId, name, value, refs, declaredBy: file }, this.clock.now());
    }
    const names = new Set(declared.map(({ name }) => storedName(name)));
    for (const { name, declaredBy } of standing)
      if (declaredBy !== null && !names.has(name)) await this.secrets.remove(tx, projectId, name);
  }

  private async writePipelines(
    tx: Tx,
    projectId: number,
    file: string,
    declared: readonly DeclaredPipelineInput[],
  ): Promise<void> {
    const standing = await this.pipelines.ofProject(projectId);
    for (const { name, text } of declared) {
      const current = standing.find((one) => one.name === name);
      if (current) await this.writePipeline(tx, current, file, text);
      else await this.pipelines.insert(tx, { projectId, name, text, declaredBy: file }, this.clock.now());
    }
    const left = standing.filter((one) => !declared.some(({ name }) => name === one.name));
    await this.leavePipelines(tx, left);
  }

  private async writePipeline(tx: Tx, current: StoredPipeline, file: string, text: string): Promise<void> {
    const nowMs = this.clock.now();
    if (current.text !== text) await this.pipelines.replaceText(tx, current, { text, author: file }, nowMs);
    if (!current.enabled || current.declaredBy !== file)
      await this.pipelines.setStanding(tx, current.id, { enabled: true, declaredBy: file }, nowMs);
  }

  private async leavePipelines(tx: Tx, pipelines: readonly StoredPipeline[]): Promise<void> {
    for (const { id, declaredBy } of pipelines) {
      if (declaredBy === null) continue;
      await this.pipelines.setStanding(tx, id, { enabled: false, declaredBy: null }, this.clock.now());
    }
  }
}
