/** Takes the id of a due hold: asks the forge again, finds out what is to be approved, or starts what is decided. */
import type { Forges } from '../forge/forges.js';
import type { Git } from '../git/git.js';
import { backoffMs } from '../kernel/backoff.js';
import type { Clock } from '../kernel/clock.js';
import { Fault, isOfWorld, messageOf, Refusal } from '../kernel/errors.js';
import type { Random } from '../kernel/random.js';
import { approvalReason, type Hold } from '../model/hold.js';
import type { PullRequestFacts } from '../model/event.js';
import type { Project } from '../model/project.js';
import type { Run } from '../model/run.js';
import type { ReadContexts } from '../runs/read-contexts.js';
import type { HowToStart, StartHeld } from '../runs/start-held.js';
import type { Events } from '../store/events.js';
import type { Holds } from '../store/holds.js';
import type { Projects } from '../store/projects.js';
import type { Runs } from '../store/runs.js';
import type { Store } from '../store/store.js';
import type { FetchProject } from './fetch-project.js';
import { readHeldChanges } from './held-changes.js';
import type { JudgePull } from './judge-pull.js';
import { howItRuns } from './link-found.js';
import { pullSource } from './pull-source.js';
import type { ReadPipelines } from './read-pipelines.js';

/** Tries of a row that breaks us before it is left; waiting for the world does not count. */
const MAX_TRIES = 3;
const LONGEST_RACE_MS = 24 * 3_600_000;

export interface HeldTables {
  readonly store: Store;
  readonly events: Events;
  readonly holds: Holds;
  readonly projects: Projects;
  readonly runs: Runs;
}

export interface HeldWorld {
  readonly clock: Clock;
  readonly random: Random;
  readonly forges: Forges;
  readonly git: Git;
}

export interface HeldVerbs {
  readonly judging: JudgePull;
  readonly fetching: FetchProject;
  readonly pipelines: ReadPipelines;
  readonly contexts: ReadContexts;
  readonly starting: StartHeld;
}

interface HeldRun {
  readonly hold: Hold;
  readonly run: Run;
  readonly project: Project;
}

export class LookAtHeld {
  constructor(
    private readonly tables: HeldTables,
    private readonly world: HeldWorld,
    private readonly verbs: HeldVerbs,
  ) {}

  /** Idempotent: a hold of which nothing is due is left alone. Rejects only when the store itself is broken. */
  async look(holdId: number): Promise<void> {
    const { store, holds, runs, projects } = this.tables;
    const hold = await store.commit((tx) => holds.beginTry(tx, holdId, this.world.clock.now()));
    if (hold === null) return;
    const run = await runs.byId(hold.runId);
    const project = run && (await projects.byId(run.projectId));
    if (run === null || project === null || run.state === 'done') return this.verbs.starting.forget(hold);
    try {
      if (hold.tries > MAX_TRIES)
        throw new Fault('the server stopped each time it was looked at', { retryable: false });
      await this.further({ hold, run, project });
    } catch (error) {
      await this.postpone({ hold, run, project }, error);
    }
  }

  private further(held: HeldRun): Promise<void> {
    switch (held.hold.waitsFor) {
      case 'forge':
        return this.askForge(held);
      case 'approval':
        return this.readChanges(held);
      case 'start':
        return this.start(held);
    }
  }

  /** What a judge of now says counts. Until the forge answers it stays held, and says why. */
  private async askForge({ hold, run, project }: HeldRun): Promise<void> {
    const pull = await this.pullOf(run, project);
    const judged = await this.verbs.judging.judge(project, pull);
    const { trust, trustReason } = judged;
    const nowMs = this.world.clock.now();
    const { starting } = this.verbs;
    if (trust === 'trusted')
      return void (await starting.note(hold, { waitsFor: 'start', dueAt: nowMs, tries: 0 }, { trust, trustReason }));
    const said = { trustReason, reason: trustReason };
    if (judged.waitsFor === 'forge') {
      const waits = hold.waits + 1;
      const dueAt = nowMs + backoffMs(waits, this.world.random);
      return void (await starting.note(hold, { dueAt, waits, tries: 0 }, said));
    }
    const { before: target } = run.resolved;
    await starting.note(
      hold,
      { waitsFor: 'approval', dueAt: nowMs, waits: 0, tries: 0 },
      { ...said, pipelineCommit: target },
    );
  }

  private async readChanges({ hold, run, project }: HeldRun): Promise<void> {
    const { commit: head, before: target, pullRequest: number } = run.resolved;
    if (hold.changes !== null || head === null || target === null || number === undefined)
      return this.verbs.starting.forget(hold);
    const store = { projectId: project.id, number };
    const from = pullSource(this.world.forges.of(project.instance), project, await this.pullOf(run, project));
    const source = { ...(await this.verbs.fetching.sourceOf(project)), ...from };
    const isThere = await this.world.git.fetchPullRequest(source, store, head);
    const changes = isThere ? await readHeldChanges(this.world.git, store, { target, head }) : null;
    if (changes === null) return this.waitForCommit(hold, run, head);
    await this.verbs.starting.note(hold, { changes, dueAt: null, tries: 0 }, { reason: approvalReason(changes) });
  }

  /** A ref follows its web-hook by seconds: what is not there after a day was forced away, and nobody waits for it any more. */
  private async waitForCommit(hold: Hold, run: Run, head: string): Promise<void> {
    const commit = `commit ${head.slice(0, 12)}`;
    if (this.world.clock.now() - run.createdAt < LONGEST_RACE_MS)
      throw new Fault(`the forge does not show ${commit} yet`, { retryable: true });
    const reason = `held: the forge has not shown ${commit} in a day: it was forced away`;
    await this.verbs.starting.note(hold, { dueAt: null, tries: 0 }, { reason });
  }

  /** The text is that of the bound commit, whatever has come since. */
  private async start({ hold, run, project }: HeldRun): Promise<void> {
    await this.verbs.starting.start(hold, await this.howToStart(run, project));
  }

  private async howToStart(run: Run, { id: projectId, settings }: Project): Promise<HowToStart> {
    const { pipelines } = this.verbs;
    const found = (await pipelines.of(projectId, run.pipelineCommit)).find(({ key }) => key === run.pipelineKey);
    if (found === undefined) return { kind: 'superseded', reason: 'its pipeline is not there any more' };
    return howItRuns(pipelines, found, { projectId, commit: run.pipelineCommit, checkout: settings.checkout });
  }

  private async pullOf(run: Run, project: Project): Promise<PullRequestFacts> {
    const event = await this.tables.events.byId(run.eventId);
    const message = event && (await this.verbs.contexts.message(event));
    const pull = message && this.world.forges.of(project.instance).facts(message, project).pullRequest;
    if (!pull) throw new Fault('its message names no pull-request', { retryable: false });
    return pull;
  }

  /** What the world keeps from us is tried again, visibly; what breaks us three times stays held, and says so. */
  private async postpone({ hold, run }: HeldRun, error: unknown): Promise<void> {
    const isWorld = error instanceof Refusal || isOfWorld(error);
    const waits = isWorld ? hold.waits + 1 : hold.waits;
    const isLeft = !isWorld && hold.tries >= MAX_TRIES;
    const dueAt = isLeft ? null : this.world.clock.now() + backoffMs(isWorld ? waits : hold.tries, this.world.random);
    const change = { dueAt, waits, tries: isWorld ? 0 : hold.tries };
    const reason = `${run.trust === 'held' ? 'held' : 'waits'}: ${messageOf(error).replace(/^held: /, '')}`.slice(
      0,
      500,
    );
    if (await this.verbs.starting.note(hold, change, { reason })) return;
    await this.tables.store.commit(async (tx) => void (await this.tables.holds.change(tx, hold, change)));
  }
}
