/** Asks the forge which web-hook key a project has now, when what comes fits none of those that are known (TRUST.md §1). */
import { Logger } from '@nestjs/common';
import type { Forges } from '../forge/forges.js';
import type { Clock } from '../kernel/clock.js';
import { messageOf, Refusal } from '../kernel/errors.js';
import type { ProjectKeys } from '../store/project-keys.js';
import type { HookProject, Projects } from '../store/projects.js';
import type { Store } from '../store/store.js';

/** Anybody can send what fits no key: of one project the forge is not asked more often. */
const ASKED_EVERY_MS = 60_000;

const NEVER = { atMs: Number.NEGATIVE_INFINITY, answeredAtMs: Number.NEGATIVE_INFINITY };

export interface KeyTables {
  readonly store: Store;
  readonly projects: Projects;
  readonly keys: ProjectKeys;
}

export class ReadKey {
  private readonly logger = new Logger(ReadKey.name);
  /** By project, when the forge was last asked and when it last answered. */
  private readonly asked = new Map<number, { readonly atMs: number; readonly answeredAtMs: number }>();

  constructor(
    private readonly tables: KeyTables,
    private readonly forges: Forges,
    private readonly clock: Clock,
  ) {}

  /**
   * A key that the forge has and we have not becomes the current one. When to look again at what came at `receivedAt`; null
   * when the forge has answered since then, or cannot be asked. Never rejects for what the forge says.
   */
  async read(project: HookProject, receivedAt: number): Promise<number | null> {
    const nowMs = this.clock.now();
    const { atMs, answeredAtMs } = this.asked.get(project.projectId) ?? NEVER;
    if (answeredAtMs > receivedAt) return null;
    if (nowMs - atMs < ASKED_EVERY_MS) return atMs + ASKED_EVERY_MS;
    const token = await this.tables.projects.openToken(project.projectId);
    if (token === null) return null;
    this.asked.set(project.projectId, { atMs: nowMs, answeredAtMs });
    if (!(await this.ask(project, token))) return nowMs + ASKED_EVERY_MS;
    // What came while it was asked may be signed with a key that is younger than the answer.
    this.asked.set(project.projectId, { atMs: nowMs, answeredAtMs: nowMs });
    return nowMs;
  }

  /** Did it answer? */
  private async ask({ projectId, instance, fullname, keys }: HookProject, token: string): Promise<boolean> {
    try {
      const key = await this.forges.of(instance).readHookKey({ instance, fullname }, token);
      if (key !== null && !keys.includes(key)) await this.renew(projectId, key);
      return true;
    } catch (error) {
      this.logger.warn(`the web-hook key of ${fullname} could not be read: ${messageOf(error)}`);
      return error instanceof Refusal;
    }
  }

  private async renew(projectId: number, key: string): Promise<void> {
    await this.tables.store.commit((tx) => this.tables.keys.renew(tx, projectId, key, this.clock.now()));
    this.logger.log(`project ${projectId} has another web-hook key on its forge: it was read and is the current one`);
  }
}
