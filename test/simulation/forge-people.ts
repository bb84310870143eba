/** What people do at the model forge in histories about trust: they comment, get and lose rights, change keys, and lie in messages. */
import type { JsonObject } from '../../src/kernel/json.js';
import { APP_URL, type ModelProject, type Pull, type Told } from './model-project.js';
import { BOT } from './rights.js';
import type { SeededRandom } from './seeded-random.js';
import { commentObject, type SaidComment } from './talk.js';
import { newestOr, type Saying, type TrustMove, type Way } from './trust-moves.js';

/** How the forge does what follows. */
export interface ForgeHands {
  readonly nowMs: () => number;
  readonly say: (project: ModelProject, topic: string, msg: JsonObject, told: Told, way: Way) => void;
  readonly pullMsg: (project: ModelProject, pull: Pull, agent: string) => JsonObject;
  /** Pushes a commit to the newest open pull-request of a fork. */
  readonly pushToFork: (project: ModelProject, title: string | null) => void;
}

type ForgeMove = Exclude<TrustMove, { readonly kind: 'approve' | 'tell key' | 'set secret' | 'drop secret' }>;
type Commenting = Extract<TrustMove, { readonly kind: 'comment' }>;

const COMMENT = 'pull-request.comment.added';
const WORDS: Readonly<Record<Exclude<Saying, 'approve' | 'approve old'>, string>> = {
  'approve bare': '/approve',
  rerun: '/rerun',
  'rerun failed': '/rerun failed',
  cancel: '/cancel',
  run: '/run hand',
  explain: '/explain',
  talk: 'Looks good, somebody may /approve it',
};

export class ForgePeople {
  private keys = 0;

  constructor(
    private readonly hands: ForgeHands,
    private readonly chance: SeededRandom,
  ) {}

  play(project: ModelProject, move: ForgeMove): void {
    const nowMs = this.hands.nowMs();
    switch (move.kind) {
      case 'comment':
        return this.comment(project, move);
      case 'grant':
        return project.rights.give(move.user, nowMs);
      case 'revoke':
        return project.rights.take(move.user, nowMs);
      case 'change key':
        project.key = `${project.fullname.replace('/', '-')}-key-${(this.keys += 1)}-`.padEnd(40, 'k');
        return;
      case 'forge pull':
        return this.forgePull(project);
      case 'slogan pull':
        return this.hands.pushToFork(project, `/approve ${newestFork(project)?.head}`);
    }
  }

  /** A comment of this program was taken: the forge tells of it as of any other. */
  commented(project: ModelProject, number: number, text: string): void {
    const pull = project.pulls.find((one) => one.number === number);
    if (pull === undefined) return;
    this.tell(project, pull, project.talk.say({ number, author: BOT, text, atMs: this.hands.nowMs() }), 'once');
  }

  private comment(project: ModelProject, { by, says, way, nth }: Commenting): void {
    const pull = newestOr(project.pulls, nth);
    if (pull === undefined) return;
    const { number } = pull;
    const told = { number, author: by, text: textOf(pull, says), atMs: this.hands.nowMs() };
    if (way === 'forged') return this.forge(project, pull, { ...told, author: 'ann' });
    const said = project.talk.say(told);
    this.tell(project, pull, said, way);
    if (way === 'retold') this.tell(project, pull, said, 'once');
  }

  /** Under an id of its own, or of a comment that is there. */
  private forge(project: ModelProject, pull: Pull, told: Omit<SaidComment, 'id'>): void {
    const { talk } = project;
    const last = talk.on(pull.number).at(-1);
    const id = last !== undefined && this.chance.happens(0.5) ? last.id : talk.newId();
    talk.forged.add(id);
    this.tell(project, pull, { id, ...told }, 'forged');
  }

  private tell(project: ModelProject, pull: Pull, comment: SaidComment, way: Way): void {
    const msg = this.hands.pullMsg(project, pull, comment.author);
    const before = project.talk.on(pull.number).filter(({ id }) => id !== comment.id);
    const comments = [...before, comment].map((one) => commentObject(APP_URL, one));
    const pullrequest = { ...(msg['pullrequest'] as JsonObject), comments };
    const told = { kind: 'comment', comment, isTrue: way !== 'forged' } as const;
    this.hands.say(project, COMMENT, { ...msg, pullrequest }, told, way);
  }

  private forgePull(project: ModelProject): void {
    const pull = newestFork(project);
    const head = project.repository.refs.get('refs/heads/topic') ?? project.repository.refs.get('refs/heads/main');
    if (pull === undefined || head === undefined) return;
    const lie: Pull = { ...pull, source: 'own', branch: 'topic', head };
    const msg = this.hands.pullMsg(project, lie, 'pagure');
    const told = { kind: 'pull', number: pull.number, head, source: 'own', isUpdate: true } as const;
    this.hands.say(project, 'pull-request.updated', msg, told, 'forged');
  }
}

function newestFork({ pulls }: ModelProject): Pull | undefined {
  return pulls.findLast((one) => one.source === 'fork' && one.isOpen);
}

function textOf({ head, heads }: Pull, says: Saying): string {
  if (says === 'approve') return `/approve ${head}`;
  if (says === 'approve old') return `/approve ${heads.at(-2)?.head ?? '0'.repeat(40)}`;
  return WORDS[says];
}
