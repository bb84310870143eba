/** Approval of a held run: of one commit, by its whole id, as the forge shows the pull-request at that moment (TRUST.md §2). */
import type { Forges } from '../forge/forges.js';
import { Fault, messageOf, Refusal } from '../kernel/errors.js';
import { oneLine } from '../kernel/one-line.js';
import { approvalLine, type Hold } from '../model/hold.js';
import type { Run } from '../model/run.js';
import type { Clock } from '../kernel/clock.js';
import type { Holds } from '../store/holds.js';
import type { Projects } from '../store/projects.js';
import type { Runs } from '../store/runs.js';
import type { RunChanges } from './run-changes.js';

export interface Approval {
  readonly runId: number;
  /** As it was given; anything but the 40 digits of the held commit is refused. */
  readonly sha: string;
  /** Who approves, for people. */
  readonly by: string;
}

export interface ApprovalTables {
  readonly runs: Runs;
  readonly holds: Holds;
  readonly projects: Projects;
}

export class ApproveRun {
  constructor(
    private readonly tables: ApprovalTables,
    private readonly forges: Forges,
    private readonly changes: RunChanges,
    private readonly clock: Clock,
  ) {}

  /**
   * Starts the run, restricted: an approval gives no secret and no token. Safe to call twice. Whoever calls it has checked that
   * `by` may approve. Throws a Refusal for any other commit, for a run that waits for no approval, and while the forge does not
   * say where the pull-request stands.
   */
  async approve({ runId, sha, by }: Approval): Promise<'approved' | 'approved already'> {
    const { run, hold } = await this.read(runId);
    const head = run.resolved.commit;
    if (head === null || !/^[0-9a-f]{40}$/.test(sha)) throw notWhole(head);
    if (sha !== head) throw otherCommit(head);
    if (hold.approvedAt !== null) return 'approved already';
    if (run.state === 'done') throw done(run);
    if (run.trust !== 'held') throw notHeld(runId);
    if (hold.waitsFor !== 'approval' || hold.changes?.head !== head) throw notReady();
    await this.demandHead(run, sha);
    return this.commit(hold, { sha, by });
  }

  private async read(runId: number): Promise<{ readonly run: Run; readonly hold: Hold }> {
    const run = await this.tables.runs.byId(runId);
    if (run === null) throw new Refusal('unknown', 'no-such-run', `There is no run ${runId}.`);
    const hold = await this.tables.holds.ofRun(runId);
    if (hold === null) throw notHeld(runId);
    return { run, hold };
  }

  /** What was looked at is what stands there now: a push since then voids the approval. */
  private async demandHead({ projectId, resolved }: Run, sha: string): Promise<void> {
    const project = await this.tables.projects.byId(projectId);
    const { pullRequest } = resolved;
    if (project === null || pullRequest === undefined) throw moved();
    const token = await this.tables.projects.readToken(project);
    const shown = await this.forges.of(project.instance).readPullRequest(project, token, pullRequest).catch(silent);
    if (shown === null || !shown.isOpen || shown.head !== sha) throw moved();
  }

  /** One commit: the trust of the run, who approved, and that it is to be started. */
  private async commit(
    hold: Hold,
    { sha, by }: Pick<Approval, 'sha' | 'by'>,
  ): Promise<'approved' | 'approved already'> {
    const trustReason = `approved by ${by}`;
    const changed = await this.changes.change(
      hold.runId,
      ({ run }) =>
        run.state === 'waiting' && run.trust === 'held' && run.resolved.commit === sha && !run.cancelRequested
          ? { run: { trust: 'restricted', trustReason, reason: trustReason } }
          : null,
      async (tx) => {
        const nowMs = this.clock.now();
        const approved = { waitsFor: 'start', approvedBy: by, approvedAt: nowMs, dueAt: nowMs, tries: 0 } as const;
        if (!(await this.tables.holds.change(tx, hold, approved)))
          throw new Fault(`run ${hold.runId} was approved at the same time`, { retryable: true });
      },
    );
    if (changed) return 'approved';
    const now = await this.read(hold.runId);
    if (now.hold.approvedAt !== null) return 'approved already';
    throw now.run.state === 'done' ? done(now.run) : notHeld(hold.runId);
  }
}

function notWhole(head: string | null): Refusal {
  const message = `An approval names the commit with all its 40 digits: ${head === null ? 'this run has none' : approvalLine(head)}`;
  return new Refusal('invalid', 'commit-not-whole', message);
}

function otherCommit(head: string): Refusal {
  const message = `The run waits with another commit: look at what it changes, then approve it by ${approvalLine(head)}`;
  return new Refusal('conflict', 'other-commit', message);
}

function notHeld(runId: number): Refusal {
  return new Refusal('conflict', 'run-not-held', `Run ${runId} waits for no approval.`);
}

function done({ id, reason }: Run): Refusal {
  return new Refusal(
    'conflict',
    'run-done',
    `Run ${id} is done already${reason === null ? '' : `: ${oneLine(reason, 200)}`}.`,
  );
}

function notReady(): Refusal {
  const message = 'What the run changes is not known yet, so nobody can have looked at it: try again in a while.';
  return new Refusal('conflict', 'approval-not-ready', message);
}

function moved(): Refusal {
  const message = 'The pull-request has other commits now, or is closed: nothing is approved.';
  return new Refusal('conflict', 'pull-request-moved', message);
}

function silent(cause: unknown): never {
  if (!(cause instanceof Fault) && !(cause instanceof Refusal)) throw cause;
  const message = `The forge does not say where the pull-request stands: ${oneLine(messageOf(cause), 200)}`;
  throw new Refusal('unavailable', 'forge-silent', message);
}
