/** Sends a comment of ours until the forge has it, once: after a time-out it is looked for by its marker (TRUST.md §5). */
import { retryMs } from '../kernel/backoff.js';
import type { Clock } from '../kernel/clock.js';
import { isOfWorld, messageOf } from '../kernel/errors.js';
import { oneLine } from '../kernel/one-line.js';
import type { Random } from '../kernel/random.js';
import type { Forges } from '../forge/forges.js';
import { type OwnComment, withMarker } from '../model/comment-command.js';
import type { CommentOutcome, OwnComments } from '../store/own-comments.js';
import type { Projects } from '../store/projects.js';
import type { Store } from '../store/store.js';
import { LastSent } from './last-sent.js';

/** A POST that timed out may still arrive for this long: then it is looked for. */
export const LOOK_AFTER_MS = 90_000;
const MAX_FAILURES = 3;
/** What the forge refuses is tried again so rarely, since somebody may have mended a right, and not for ever. */
const REFUSED_AGAIN_MS = 6 * 3_600_000;
const LONGEST_MS = 7 * 24 * 3_600_000;

export interface CommentTables {
  readonly store: Store;
  readonly comments: OwnComments;
  readonly projects: Projects;
}

export class SendComment {
  /** Comments of which nobody knows whether they arrived. */
  private readonly lastSent: LastSent;

  constructor(
    private readonly tables: CommentTables,
    private readonly forges: Forges,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {
    this.lastSent = new LastSent(clock, LOOK_AFTER_MS);
  }

  /** Idempotent. Rejects only when the store itself is broken. */
  async send(id: number): Promise<void> {
    const { store, comments } = this.tables;
    const nowMs = this.clock.now();
    const row = await store.commit((tx) => comments.beginTry(tx, id, { nowMs, lookAt: nowMs + LOOK_AFTER_MS }));
    if (row === null) return;
    const outcome = await this.tryOnce(row).catch((error: unknown) => this.postponed(row, error));
    if (outcome.unsure !== true) this.lastSent.forget(id);
    await store.commit((tx) => comments.endTry(tx, id, outcome));
  }

  /** Looks first whether an earlier try arrived. */
  private async tryOnce(row: OwnComment): Promise<CommentOutcome> {
    const { id, projectId, thread, number } = row;
    const project = await this.tables.projects.byId(projectId);
    const token = await this.tables.projects.openToken(projectId);
    if (project === null || !project.enabled) return this.parked(row, 'the project is disabled');
    if (token === null) return this.parked(row, 'the project has no API token: store one that may comment');
    const forge = this.forges.of(project.instance);
    if (row.unsure) {
      const waitMs = this.lastSent.waitMs(id);
      if (waitMs > 0) return this.later(row, waitMs);
      const shown = (await forge.readComments(project, token, row)) ?? [];
      if (shown.some(({ text }) => text.includes(row.marker))) return this.sent();
    }
    this.lastSent.note(id);
    const answer = await forge.sendComment(project, token, { thread, number, text: withMarker(row) });
    return answer.kind === 'sent' ? this.sent() : this.parked(row, answer.reason);
  }

  private later({ tries, failures }: OwnComment, waitMs: number): CommentOutcome {
    return { tries, failures, dueAt: this.clock.now() + waitMs, unsure: true };
  }

  private sent(): CommentOutcome {
    return { ...DONE, unsure: false, pausedReason: null, lastError: null, sentAt: this.clock.now() };
  }

  private parked({ createdAt, tries, unsure }: OwnComment, reason: string): CommentOutcome {
    const dueAt = this.clock.now() + REFUSED_AGAIN_MS;
    const isOver = dueAt - createdAt > LONGEST_MS;
    const said = oneLine(reason, 300);
    return { tries, failures: 0, dueAt: isOver ? null : dueAt, unsure, pausedReason: said, lastError: said };
  }

  /** Whether it arrived is not known: it is never sent again before a late one would be seen. */
  private postponed(row: OwnComment, error: unknown): CommentOutcome {
    const isWorld = isOfWorld(error);
    const failures = row.failures + (isWorld ? 0 : 1);
    const lastError = oneLine(messageOf(error), 300);
    const tries = row.tries + 1;
    const isOver = failures >= MAX_FAILURES || this.clock.now() - row.createdAt > LONGEST_MS;
    if (isOver) return { tries, failures, dueAt: null, unsure: true, pausedReason: lastError, lastError };
    const dueAt = this.clock.now() + Math.max(LOOK_AFTER_MS, retryMs(error, tries, this.random));
    return { tries, failures, dueAt, unsure: true, lastError };
  }
}

const DONE = { tries: 0, failures: 0, dueAt: null } as const;
