/** Makes the forge show what is wanted of one flag: sent until it is taken, newest state first, read back after a time-out. */
import { backoffMs, retryMs } from '../kernel/backoff.js';
import type { Clock } from '../kernel/clock.js';
import { isOfWorld, messageOf } from '../kernel/errors.js';
import type { Random } from '../kernel/random.js';
import type { Forge, ForgeProject, ShownFlag, WantedFlag } from '../forge/forge.js';
import type { Forges } from '../forge/forges.js';
import type { Flag } from '../model/flag.js';
import type { Flags, TryOutcome } from '../store/flags.js';
import type { Projects } from '../store/projects.js';
import type { Store } from '../store/store.js';
import { isOfPull, nextCheck } from './check-drift.js';
import { LastSent } from './last-sent.js';

/** A POST that timed out may still arrive for this long; then what is shown is read back. */
export const READ_BACK_AFTER_MS = 90_000;

/** Tries in which the row itself failed, before it is parked; tries in which the server stopped, before it is put off. */
const MAX_TRIES = 3;

/** For so long the server is left in peace by a row that may be what stops it; it may also be none of the row's doing. */
const PUT_OFF_MS = 30 * 60_000;

/** When the server stopped in so many tries, the last ones far from each other, the row is what stops it: it is parked. */
const MOST_STOPPED = 6;

/** When one that was sent again is still shown otherwise, the forge shows it so for good: it is left alone. */
const MOST_REPAIRS = 3;
const SHOWN_OTHERWISE = 'the forge shows it otherwise than it was sent';

/** Of a row about which nothing more is to be done for now. */
const SETTLED = { tries: 0, failures: 0, dueAt: null } as const;

export interface ReportTables {
  readonly store: Store;
  readonly flags: Flags;
  readonly projects: Projects;
}

export class SendFlag {
  /** Flags that are to be read back. */
  private readonly lastSent: LastSent;
  /** How often in a row each flag was sent again because something else was shown. */
  private readonly repairs = new Map<number, number>();

  constructor(
    private readonly tables: ReportTables,
    private readonly forges: Forges,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {
    this.lastSent = new LastSent(clock, READ_BACK_AFTER_MS);
  }

  /** At start, before the first `send`: what an earlier boot was sending is sent again with back-off and read back later. */
  async takeOver(): Promise<void> {
    const nowMs = this.clock.now();
    const { store, flags } = this.tables;
    const waitMs = (begun: number) => (begun < MAX_TRIES ? backoffMs(begun, this.random) : PUT_OFF_MS);
    const dueAtOf = (begun: number) => (begun < MOST_STOPPED ? nowMs + waitMs(begun) : null);
    await store.commit((tx) => flags.doubtBegun(tx, dueAtOf));
  }

  /** Idempotent. Rejects only when the store itself is broken. */
  async send(flagId: number): Promise<void> {
    const { store, flags } = this.tables;
    const flag = await store.commit((tx) => flags.beginTry(tx, flagId, this.clock.now()));
    if (flag === null) return;
    const outcome = await this.tryOnce(flag);
    await store.commit((tx) => flags.endTry(tx, flag, outcome));
  }

  private async tryOnce(flag: Flag): Promise<TryOutcome> {
    try {
      const project = await this.tables.projects.byId(flag.projectId);
      const token = await this.tables.projects.openToken(flag.projectId);
      if (project === null || !project.enabled) return paused('the project is disabled');
      if (token === null) return paused('the project has no API token: store one with the ACL commit_flag');
      const forge = this.forges.of(project.instance);
      if (flag.unsure && flag.sentVersion === flag.version)
        return await this.readBackInTime(forge, project, token, flag);
      return await this.sendNow(forge, project, token, flag);
    } catch (error) {
      return this.postponed(flag, error);
    }
  }

  private async sendNow(forge: Forge, project: ForgeProject, token: string, flag: Flag): Promise<TryOutcome> {
    const answer = await forge.sendFlag(project, token, wantedOf(flag));
    if (answer.kind === 'refused') return paused(answer.reason);
    const nowMs = this.clock.now();
    if (flag.unsure) this.lastSent.note(flag.id);
    // After a time-out an older POST may still be on its way: what is shown is looked at once more.
    const dueAt = flag.unsure ? nowMs + READ_BACK_AFTER_MS : null;
    const checkAt = isOfPull(flag) ? nextCheck(nowMs, this.random) : null;
    return { ...SETTLED, sentVersion: flag.version, dueAt, lastError: null, sentAt: nowMs, checkAt };
  }

  /** Never while a late POST may still be on its way. */
  private async readBackInTime(forge: Forge, project: ForgeProject, token: string, flag: Flag): Promise<TryOutcome> {
    const { id, tries, failures } = flag;
    const waitMs = this.lastSent.waitMs(id);
    if (waitMs > 0) return { tries, failures, dueAt: this.clock.now() + waitMs };
    return this.readBack(forge, project, token, flag);
  }

  private async readBack(forge: Forge, project: ForgeProject, token: string, flag: Flag): Promise<TryOutcome> {
    const shown = await forge.readFlags(project, token, flag.commit);
    const repairs = this.repairs.get(flag.id) ?? 0;
    const isShown = shown.some((one) => isSame(one, flag));
    if (!isShown && repairs < MOST_REPAIRS) {
      this.repairs.set(flag.id, repairs + 1);
      return this.sendNow(forge, project, token, flag);
    }
    this.lastSent.forget(flag.id);
    this.repairs.delete(flag.id);
    return { ...SETTLED, unsure: false, ...(isShown ? {} : { lastError: SHOWN_OTHERWISE }) };
  }

  private postponed(flag: Flag, error: unknown): TryOutcome {
    const lastError = messageOf(error);
    const isWorld = isOfWorld(error);
    const tries = flag.tries + 1;
    const failures = isWorld ? flag.failures : flag.failures + 1;
    if (failures >= MAX_TRIES) return { ...paused(lastError), tries, failures };
    const dueAt = this.clock.now() + retryMs(error, tries, this.random);
    return { tries, failures, dueAt, lastError, unsure: true };
  }
}

function paused(reason: string): TryOutcome {
  return { ...SETTLED, pausedReason: reason, lastError: reason };
}

function wantedOf({ commit, uid, username, status, comment, percent, url }: Flag): WantedFlag {
  return { commit, uid, username, status, comment, percent, url };
}

/** Pagure gives no uid. How much is done does not count: it is told again anyway. */
function isSame(shown: ShownFlag, { username, status, comment, url }: Flag): boolean {
  return shown.username === username && shown.url === url && shown.status === status && shown.comment === comment;
}
