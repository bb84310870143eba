/** Asks the forge, without a token, whether everybody may see a project, and keeps the answer. */
import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { messageOf } from '../kernel/errors.js';
import { Forges } from '../forge/forges.js';
import type { Project } from '../model/project.js';
import { Projects } from '../store/projects.js';
import { Store } from '../store/store.js';

@Injectable()
export class RefreshVisibility {
  private readonly logger = new Logger(RefreshVisibility.name);

  constructor(
    private readonly store: Store,
    private readonly projects: Projects,
    private readonly forges: Forges,
    private readonly clock: Clock,
  ) {}

  /** Null when the forge answered; else a note for people, and what was known stays. */
  async refresh(projectId: number): Promise<string | null> {
    const project = await this.projects.byId(projectId);
    if (project === null) return null;
    const answer = await this.ask(project);
    if (typeof answer === 'string') return answer;
    if (answer !== project.public) await this.keep(project.id, answer);
    return null;
  }

  /** All enabled projects, one after the other, until something of ours breaks. Never rejects. */
  async refreshAll(): Promise<void> {
    try {
      const enabled = (await this.projects.list()).filter((project) => project.enabled);
      for (const { id, fullname } of enabled) {
        const note = await this.refresh(id);
        if (note !== null) this.logger.warn(`${fullname}: ${note}`);
      }
    } catch (thrown) {
      this.logger.warn(`Not every forge was asked who may see its projects: ${messageOf(thrown)}`);
    }
  }

  private async ask(project: Project): Promise<boolean | string> {
    try {
      return await this.forges.of(project.instance).isPublic(project);
    } catch (thrown) {
      const standing = project.public ? 'it still counts as public' : 'it counts as private';
      const why = messageOf(thrown).replace(/\.$/, '');
      return `The forge did not say whether everybody may see the project, so ${standing} until it is asked again: ${why}.`;
    }
  }

  private async keep(id: number, isPublic: boolean): Promise<void> {
    await this.store.commit(async (tx) => {
      const now = await this.projects.byId(id);
      if (now) await this.projects.update(tx, id, now.version, { public: isPublic }, this.clock.now());
    });
  }
}
