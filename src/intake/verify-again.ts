/** Takes the id of a quarantined POST: one that fits a key by now goes the way of every delivery (TRUST.md §1). */
import { Logger } from '@nestjs/common';
import type { PagureWebHook } from '../forge/pagure-web-hook.js';
import type { Clock } from '../kernel/clock.js';
import { messageOf, Refusal } from '../kernel/errors.js';
import type { HookProject, Projects } from '../store/projects.js';
import { type Quarantine, QUARANTINE_MS, type QuarantinedPost } from '../store/quarantine.js';
import type { Store } from '../store/store.js';
import type { AcceptDelivery } from './accept-delivery.js';
import type { DoorCounts } from './door-counts.js';
import { presented } from './presented.js';
import type { ReadKey } from './read-key.js';

/** A project that was disabled may be enabled, and one that was damaged mended: all are looked at so often. */
const AGAIN_MS = 30 * 60_000;

export interface DoorTables {
  readonly store: Store;
  readonly projects: Projects;
  readonly quarantine: Quarantine;
}

export class VerifyAgain {
  private readonly logger = new Logger(VerifyAgain.name);

  constructor(
    private readonly tables: DoorTables,
    private readonly webHook: PagureWebHook,
    private readonly door: { readonly accepting: AcceptDelivery; readonly counts: DoorCounts },
    private readonly key: ReadKey,
    private readonly clock: Clock,
  ) {}

  /** Idempotent: what entered before is known by its id. Rejects only when the store is broken. */
  async look(id: number): Promise<void> {
    const { quarantine, store } = this.tables;
    try {
      const post = await quarantine.byId(id);
      const dueAt = post === null ? null : await this.nextLook(post);
      await store.commit((tx) => (dueAt === null ? quarantine.remove(tx, id) : quarantine.postpone(tx, id, dueAt)));
    } catch (error) {
      this.logger.error(`a quarantined body could not be looked at: ${messageOf(error)}`);
      await store.commit((tx) => quarantine.postpone(tx, id, this.clock.now() + AGAIN_MS));
    }
  }

  /** Null when nothing is left to be done. */
  private async nextLook(post: QuarantinedPost): Promise<number | null> {
    const nowMs = this.clock.now();
    if (nowMs - post.receivedAt >= QUARANTINE_MS) return null;
    const project = await this.projectOf(post);
    if (project === null) return nowMs + AGAIN_MS;
    if (!this.fits(project, post)) return (await this.key.read(project, post.receivedAt)) ?? nowMs + AGAIN_MS;
    await this.enter(project, post);
    return null;
  }

  private async projectOf({ projectId }: QuarantinedPost): Promise<HookProject | null> {
    const enabled = await this.tables.projects.openHookKeys();
    return enabled.find((project) => project.projectId === projectId) ?? null;
  }

  private fits({ keys, allowSha1 }: HookProject, { body, headers }: QuarantinedPost): boolean {
    return this.webHook.isSignedBy({ keys, allowSha1 }, body, presented(headers));
  }

  /** With the checks of the door: what is refused there is refused here. */
  private async enter(project: HookProject, { body, headers, receivedAt }: QuarantinedPost): Promise<void> {
    const { accepting, counts } = this.door;
    try {
      const { verdict, stored } = accepting.accept({ project, body, headers, receivedAt });
      const { outcome } = await stored;
      counts.took(outcome === 'new' ? verdict : outcome);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      counts.refusedAs(error.code);
    }
  }
}
