/** Pagure as a model: people move refs and open pull-requests, and it posts each web-hook once (FACTS §2, §3). */
import type { JsonObject } from '../../src/kernel/json.js';
import type { ForgeProject, ShownPullRequest, WantedFlag } from '../../src/forge/forge.js';
import { makeWebHook } from '../../src/forge/pagure-web-hook.js';
import { flagObject, projectObject, userObject } from '../stand-in/projects.js';
import { pullRequestMsg, pushMsg, refMsg } from '../stand-in/messages.js';
import { BRANCHES, type Move, PROJECTS } from './history.js';
import { type ModelCommit, POISON, Repository } from './repository.js';
import { ForgePeople } from './forge-people.js';
import { APP_URL, INSTANCE, type Message, type ModelProject, type Pull, type Told } from './model-project.js';
import { Rights } from './rights.js';
import type { SeededRandom } from './seeded-random.js';
import { Talk } from './talk.js';
import { SCHEDULE_FILE, SCHEDULES, scheduleText, SHARED, SHARED_FILE } from './themes.js';
import type { Way } from './trust-moves.js';

const NOTHING = '0'.repeat(40);
/** Two pipelines in the repository: one in each tree, one in every second. */
const FILE = '.pagure/pipelines/build.yml';
const POISON_FILE = '.pagure/pipelines/poison.yml';
/** Commits that cannot be read stand in this branch alone, for what is read of `main` is read for everything. */
const POISONED_BRANCH = 'topic';
const BUILD = 'on: push\njobs:\n  build:\n    runs-on: host\n    steps:\n      - run: true\n';

/** A list: the lines of the schedule after it. */
type BranchMove = 'commit' | 'poison' | 'force' | 'back' | 'copy' | readonly string[];

function scheduleFile(lines: readonly string[]): Readonly<Record<string, string | null>> {
  return { [SCHEDULE_FILE]: lines.length === 0 ? null : scheduleText(lines) };
}

export class ModelPagure {
  readonly projects: readonly ModelProject[];
  /** Commits that nobody can read. */
  readonly poisoned = new Set<string>();
  private readonly people: ForgePeople;
  private posted = 0;
  private commits = 0;

  constructor(
    private readonly chance: SeededRandom,
    private readonly nowMs: () => number,
    /** Told of each message that is to be posted, once. */
    private readonly post: (message: Message) => void,
  ) {
    this.projects = PROJECTS.map((fullname, at) => this.makeProject(fullname, at + 1));
    const hands = {
      nowMs,
      say: this.say.bind(this),
      pullMsg: this.pullMsg.bind(this),
      pushToFork: this.updateFork.bind(this),
    };
    this.people = new ForgePeople(hands, chance);
  }

  find({ fullname }: Pick<ForgeProject, 'fullname'>): ModelProject | undefined {
    return this.projects.find((one) => one.fullname === fullname);
  }

  /** By the URL that git is given. */
  remote(url: string): Repository | null {
    return this.projects.find(({ fullname }) => url === `${INSTANCE}/${fullname}.git`)?.repository ?? null;
  }

  /** As it stands now. */
  pullRequest({ fullname }: ForgeProject, number: number): ShownPullRequest | null {
    const pull = this.find({ fullname })?.pulls.find((one) => one.number === number);
    if (pull === undefined) return null;
    const { branch: sourceBranch, source, head, isOpen } = pull;
    const sourceProject = source === 'own' ? fullname : `forks/bob/${fullname}`;
    const about = { number, title: `pull ${number}`, author: 'bob', targetBranch: 'main' };
    return { ...about, sourceBranch, source, sourceProject, head, isOpen };
  }

  play(move: Move): void {
    const project = this.projects[move.project]!;
    switch (move.kind) {
      case 'commit':
      case 'force':
      case 'back':
      case 'copy':
      case 'delete':
        return this.moveBranch(project, move.kind, move.branch);
      case 'burst':
        for (let time = 0; time < 4; time += 1) this.moveBranch(project, 'commit', move.branch);
        return;
      case 'reschedule':
        return this.moveBranch(project, SCHEDULES[move.nth % SCHEDULES.length]!, 'main');
      case 'poison':
        return this.moveBranch(project, 'poison', POISONED_BRANCH);
      case 'tag':
        return this.makeTag(project);
      case 'move tag':
        return this.moveTag(project);
      case 'open pull':
        return this.openPull(project, move.branch, 'own');
      case 'open fork pull':
        return this.openPull(project, 'theirs', 'fork');
      case 'update fork pull':
        return this.updateFork(project, null);
      case 'close pull':
        return this.closePull(project);
      case 'chat':
        return this.say(project, 'issue.comment.added', { issue: { id: 1, comments: [] } }, { kind: 'other' });
      case 'comment':
      case 'grant':
      case 'revoke':
      case 'change key':
      case 'forge pull':
      case 'slogan pull':
        return this.people.play(project, move);
      case 'cancel':
      case 'approve':
      case 'tell key':
      case 'set secret':
      case 'drop secret':
    }
  }

  /** Takes a comment of this program. */
  commented(project: ForgeProject, number: number, text: string): void {
    this.people.commented(this.find(project)!, number, text);
  }

  /** Every flag tells of itself twice on a pull-request's commit, once elsewhere (FACTS trap 12). */
  flagged({ fullname }: ForgeProject, { commit, username, status, comment, url, uid }: WantedFlag): void {
    const project = this.projects.find((one) => one.fullname === fullname)!;
    const shown = { commit, uid, project: fullname, username, status, comment, url, percent: null, user: 'bot' };
    const flag = flagObject(APP_URL, { ...shown, createdAt: this.nowMs(), updatedAt: this.nowMs() });
    this.say(project, 'commit.flag.added', { flag, repo: projectObject(APP_URL, project) }, { kind: 'other' });
  }

  private makeProject(fullname: string, id: number): ModelProject {
    const key = `${fullname.replace('/', '-')}-key`.padEnd(40, 'k');
    const about = { id, fullname, owner: 'ann', key, isPublic: true, hooks: [], createdAt: 0 };
    return {
      ...about,
      repository: new Repository(),
      fork: new Repository(),
      rights: new Rights(this.nowMs()),
      talk: new Talk(),
      pulls: [],
      tips: [],
      mains: [],
      left: new Map(),
      tags: 0,
    };
  }

  private moveBranch(project: ModelProject, kind: BranchMove | 'delete', branch: string): void {
    const { repository } = project;
    const ref = `refs/heads/${branch}`;
    const old = repository.refs.get(ref) ?? null;
    if (kind === 'delete') return this.deleteBranch(project, branch, old);
    const tip = this.newTip(project, kind, branch);
    if (tip === null || tip === old) return;
    const wasEmpty = repository.refs.size === 0;
    const main = repository.refs.get('refs/heads/main');
    const isKnown = main !== undefined && repository.isAncestor(tip, main);
    repository.refs.set(ref, tip);
    if (branch === 'main') project.mains.push(tip);
    if (!this.poisoned.has(tip)) project.tips.push(tip);
    if (old !== null && !this.poisoned.has(old)) project.left.set(branch, old);
    if (old === null) this.tellOfNewBranch(project, branch, tip, !wasEmpty && !isKnown);
    else this.tellOfMove(project, branch, ref, old, tip);
    for (const pull of project.pulls)
      if (pull.isOpen && pull.source === 'own' && pull.branch === branch) this.updatePull(project, pull, tip);
  }

  private newTip(project: ModelProject, kind: BranchMove, branch: string): string | null {
    const { repository } = project;
    if (kind === 'back') return this.earlierTip(project, branch);
    if (kind === 'copy') return this.otherTip(project);
    const base = repository.refs.get(`refs/heads/${branch}`) ?? repository.refs.get('refs/heads/main') ?? null;
    const parent = kind === 'force' && base !== null ? (repository.commits.get(base)?.parent ?? null) : base;
    if (kind === 'poison') return this.poison(repository, parent);
    return this.makeCommit(repository, parent, typeof kind === 'string' ? {} : scheduleFile(kind)).id;
  }

  /** Mostly the one before: branches go to and fro. */
  private earlierTip({ tips, left }: ModelProject, branch: string): string | null {
    const before = left.get(branch);
    if (before !== undefined && this.chance.happens(0.8)) return before;
    return tips.length > 0 ? this.chance.oneOf(tips) : null;
  }

  private otherTip({ repository }: ModelProject): string | null {
    const tip = repository.refs.get(`refs/heads/${this.chance.oneOf(BRANCHES)}`) ?? null;
    return tip !== null && this.poisoned.has(tip) ? null : tip;
  }

  private poison(repository: Repository, parent: string | null): string {
    const { id } = this.makeCommit(repository, parent, { [POISON_FILE]: POISON });
    this.poisoned.add(id);
    return id;
  }

  private makeCommit(
    repository: Repository,
    parent: string | null,
    more: Readonly<Record<string, string | null>> = {},
    title: string | null = null,
  ): ModelCommit {
    this.commits += 1;
    const { [POISON_FILE]: _, ...files } = parent === null ? {} : (repository.commits.get(parent)?.files ?? {});
    const build = this.chance.happens(0.5) ? BUILD : `${BUILD}      - run: false\n`;
    const tree = { ...files, ...more, [FILE]: build, [SHARED_FILE]: SHARED, now: String(this.commits) };
    const there = Object.entries(tree).filter((file): file is [string, string] => file[1] !== null);
    return repository.commit(parent, title ?? `change ${this.commits}`, Object.fromEntries(there));
  }

  private tellOfNewBranch(project: ModelProject, branch: string, tip: string, isReceived: boolean): void {
    const told = { kind: 'ref', ref: `refs/heads/${branch}`, before: NOTHING, after: tip, forced: false } as const;
    const msg = refMsg(APP_URL, { project, agent: 'ann', ref: { branch }, rev: tip });
    this.say(project, 'git.branch.creation', msg, told);
    if (!isReceived) return;
    const push = { project, agent: 'ann', branch, before: `^${NOTHING}`, after: tip };
    this.say(project, 'git.receive', pushMsg(APP_URL, push), told);
  }

  /** A move that only drops commits is told of by nothing; `old_commit` of a forced one is the merge base. */
  private tellOfMove(project: ModelProject, branch: string, ref: string, old: string, tip: string): void {
    const { repository } = project;
    if (repository.isAncestor(tip, old)) return;
    const forced = !repository.isAncestor(old, tip);
    const before = forced ? (repository.mergeBase(old, tip) ?? NOTHING) : old;
    const push = { project, agent: 'ann', branch, before, after: tip, forced };
    this.say(project, 'git.receive', pushMsg(APP_URL, push), { kind: 'ref', ref, before, after: tip, forced });
  }

  private deleteBranch(project: ModelProject, branch: string, old: string | null): void {
    if (old === null || branch === 'main') return;
    project.repository.refs.delete(`refs/heads/${branch}`);
    if (!this.poisoned.has(old)) project.left.set(branch, old);
    const msg = refMsg(APP_URL, { project, agent: 'ann', ref: { branch }, rev: old });
    this.say(project, 'git.branch.deletion', msg, { kind: 'other' });
  }

  private makeTag(project: ModelProject): void {
    const tip = project.repository.refs.get('refs/heads/main');
    if (tip === undefined) return;
    const tag = `v${(project.tags += 1)}`;
    project.repository.refs.set(`refs/tags/${tag}`, tip);
    const msg = refMsg(APP_URL, { project, agent: 'ann', ref: { tag }, rev: tip });
    const told = { kind: 'ref', ref: `refs/tags/${tag}`, before: NOTHING, after: tip, forced: false } as const;
    this.say(project, 'git.tag.creation', msg, told);
  }

  /** Told of by `git.receive` alone, with the whole ref as branch (FACTS trap 5). */
  private moveTag(project: ModelProject): void {
    const ref = `refs/tags/v${project.tags}`;
    const old = project.repository.refs.get(ref);
    const tip = project.repository.refs.get('refs/heads/main');
    if (old === undefined || tip === undefined || old === tip) return;
    project.repository.refs.set(ref, tip);
    this.tellOfMove(project, ref, ref, old, tip);
  }

  private openPull(project: ModelProject, branch: string, source: 'own' | 'fork'): void {
    const main = project.repository.refs.get('refs/heads/main');
    const own = project.repository.refs.get(`refs/heads/${branch}`);
    if (main === undefined || (source === 'own' && (own === undefined || branch === 'main'))) return;
    for (const commit of project.repository.ancestors(main)) project.fork.commits.set(commit.id, commit);
    const head = source === 'own' ? own! : this.makeCommit(project.fork, main).id;
    const about = { number: project.pulls.length + 1, branch, source, isOpen: true, closedAtMs: Infinity };
    const pull: Pull = { ...about, head, heads: [{ head, fromMs: this.nowMs() }] };
    project.pulls.push(pull);
    this.tellOfPull(project, pull, 'pull-request.new', false);
  }

  private updateFork(project: ModelProject, title: string | null): void {
    const pull = project.pulls.findLast((one) => one.source === 'fork' && one.isOpen);
    if (pull !== undefined)
      this.updatePull(project, pull, this.makeCommit(project.fork, pull.head, {}, title).id, title);
  }

  private updatePull(project: ModelProject, pull: Pull, head: string, title: string | null = null): void {
    pull.head = head;
    pull.heads.push({ head, fromMs: this.nowMs() });
    this.tellOfPull(project, pull, 'pull-request.updated', true);
    this.tellOfPull(project, pull, 'pull-request.comment.added', true, title);
  }

  private closePull(project: ModelProject): void {
    const pull = project.pulls.find((one) => one.isOpen);
    if (pull === undefined) return;
    pull.isOpen = false;
    pull.closedAtMs = this.nowMs();
    const msg = this.pullMsg(project, pull, 'ann');
    this.say(project, 'pull-request.closed', { ...msg, merged: false }, { kind: 'other' });
  }

  private tellOfPull(
    project: ModelProject,
    pull: Pull,
    topic: string,
    isUpdate: boolean,
    title: string | null = null,
  ): void {
    const msg = this.pullMsg(project, pull, isUpdate ? 'pagure' : 'ann');
    const { number, head, source } = pull;
    const told = { kind: 'pull', number, head, source, isUpdate } as const;
    if (!topic.endsWith('comment.added')) return this.say(project, topic, msg, told);
    const text = `**1 new commit added**${title === null ? '' : `\n\n * \`\`${title}\`\``}`;
    const comment = { id: 1, comment: text, notification: true, user: userObject(APP_URL, 'ann') };
    const pullrequest = { ...(msg['pullrequest'] as JsonObject), comments: [comment] };
    this.say(project, topic, { ...msg, pullrequest }, told);
  }

  private pullMsg(project: ModelProject, { number, branch, source, head }: Pull, agent: string): JsonObject {
    const fork = { ...project, fullname: `forks/bob/${project.fullname}` };
    const about = { project, number, title: `pull ${number}`, author: 'bob', branch: 'main', branchFrom: branch };
    const from = { source: source === 'own' ? project : fork, head, openedAt: 0 };
    return pullRequestMsg(APP_URL, agent, { ...about, ...from });
  }

  private say(project: ModelProject, topic: string, msg: JsonObject, told: Told, way: Way = 'once'): void {
    const id = `2026-${String((this.posted += 1)).padStart(8, '0')}`;
    const timestamp = Math.floor(this.nowMs() / 1000);
    const { fullname, key } = project;
    const sender = { instance: APP_URL, fullname, key };
    const hookOf = (i: number) => makeWebHook(sender, { topic, msg, timestamp, msgId: id, i });
    const [hook, otherHook] = [hookOf(this.posted), () => hookOf(0)];
    this.post({ id, project: fullname, topic, told, sentAtMs: timestamp * 1000, way, key, hook, otherHook });
  }
}
