/** Sets and removes the secrets of a project. */
import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Refusal } from '../kernel/errors.js';
import type { Project } from '../model/project.js';
import { ProjectSecrets } from '../store/project-secrets.js';
import { Store } from '../store/store.js';
import type { SecretInput } from './secret-input.js';

/** No project has more; all of one that a job may have are opened for it. */
export const MOST_SECRETS = 100;

@Injectable()
export class SetSecret {
  constructor(
    private readonly store: Store,
    private readonly secrets: ProjectSecrets,
    private readonly clock: Clock,
  ) {}

  /** Is it new? Throws a Refusal for one that the configuration file declares, and for one too many. */
  async set(project: Project, name: string, { value, refs = [] }: SecretInput): Promise<'new' | 'replaced'> {
    const secret = { projectId: project.id, name: storedName(name), value, refs, declaredBy: null };
    return this.store.commit(async (tx) => {
      const standing = await this.secrets.byName(project.id, secret.name);
      refuseDeclared(project, secret.name, standing);
      if (standing === null && (await this.secrets.count(tx, project.id)) >= MOST_SECRETS) throw tooMany();
      await this.secrets.set(tx, secret, this.clock.now());
      return standing === null ? 'new' : 'replaced';
    });
  }

  /** Throws a Refusal when there is none, or the configuration file declares it. */
  async remove(project: Project, name: string): Promise<void> {
    await this.store.commit(async (tx) => {
      refuseDeclared(project, storedName(name), await this.secrets.byName(project.id, storedName(name)));
      if (!(await this.secrets.remove(tx, project.id, storedName(name)))) throw none(name);
    });
  }
}

/** Case is ignored: there is one spelling. */
export function storedName(name: string): string {
  return name.toUpperCase();
}

function refuseDeclared({ fullname }: Project, name: string, standing: { readonly declaredBy: string | null } | null) {
  if (!standing?.declaredBy) return;
  const message = `${standing.declaredBy} declares this secret: change projects: ${fullname}: secrets: ${name} there.`;
  throw new Refusal('conflict', 'declared-in-file', message);
}

function tooMany(): Refusal {
  const message = `A project has at most ${MOST_SECRETS} secrets: take one away first.`;
  return new Refusal('conflict', 'too-many-secrets', message);
}

function none(name: string): Refusal {
  return new Refusal('unknown', 'no-such-secret', `There is no secret ${storedName(name)} of this project.`);
}
