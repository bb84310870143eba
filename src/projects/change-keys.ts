/** Rotates the web-hook keys of a project: with two of them at once no delivery is lost while the forge gets the new one. */
import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Refusal } from '../kernel/errors.js';
import type { Project } from '../model/project.js';
import { ProjectKeys } from '../store/project-keys.js';
import { Projects } from '../store/projects.js';
import { Store, type Tx } from '../store/store.js';
import { changedMeanwhile, refuseDeclared } from './change-project.js';

@Injectable()
export class ChangeKeys {
  constructor(
    private readonly store: Store,
    private readonly projects: Projects,
    private readonly keys: ProjectKeys,
    private readonly clock: Clock,
  ) {}

  /** The new id; it stands behind the others. Throws a Refusal for a fourth key, and for one that is used already. */
  add(project: Project, key: string): Promise<number> {
    return this.change(project, (tx) => this.keys.add(tx, project.id, key, this.clock.now()));
  }

  /** The one that counts as current. */
  makeFirst(project: Project, keyId: number): Promise<void> {
    return this.change(project, async (tx) => demand(keyId, await this.keys.makeFirst(tx, project.id, keyId)));
  }

  /** Throws a Refusal for the last key: nothing could be delivered any more. */
  remove(project: Project, keyId: number): Promise<void> {
    return this.change(project, async (tx) => demand(keyId, await this.keys.remove(tx, project.id, keyId)));
  }

  /** Keys are part of the project: its version counts their changes too. */
  private change<T>(project: Project, work: (tx: Tx) => Promise<T>): Promise<T> {
    refuseDeclared(project, ['keys']);
    return this.store.commit(async (tx) => {
      const now = await this.projects.byId(project.id);
      const isChanged = now && (await this.projects.update(tx, project.id, now.version, {}, this.clock.now()));
      if (!isChanged) throw changedMeanwhile();
      return work(tx);
    });
  }
}

function demand(keyId: number, isThere: boolean): void {
  if (!isThere) throw new Refusal('unknown', 'no-such-key', `There is no key ${keyId} of this project.`);
}
