/** The forge's network as a model: it takes flags, or says 429, 500 or nothing, and what it was told may arrive late. */
import type {
  ForgeProject,
  SendFlagAnswer,
  ShownComment,
  ShownFlag,
  ShownPullRequest,
  WantedFlag,
} from '../../src/forge/forge.js';
import type { Thread } from '../../src/model/comment-command.js';
import { PagureForge } from '../../src/forge/pagure/pagure-forge.js';
import type { PagureHttp } from '../../src/forge/pagure/http.js';
import { Fault } from '../../src/kernel/errors.js';
import type { Life } from './life.js';
import type { ModelPagure } from './model-pagure.js';
import { BOT } from './rights.js';
import type { Trouble } from './trouble.js';

/** What the forge shows, by `<commit> <uid>` over the whole instance (FACTS §4). */
export type FlagBoard = Map<string, WantedFlag>;

const TIME_LIMIT_MS = 30_000;
/** A POST that nobody answered may still arrive so much later. */
const LATEST_MS = 85_000;

/** What a message means is read by the real code; only the network is the model's. */
export class ModelForge extends PagureForge {
  constructor(
    private readonly life: Life,
    private readonly trouble: Trouble,
    private readonly board: FlagBoard,
    /** Told of each flag and comment that was taken: the forge posts a web-hook about it. */
    private readonly pagure: ModelPagure,
  ) {
    super(null as unknown as PagureHttp);
  }

  override isPublic(): Promise<boolean> {
    return this.life.call(20, () => true);
  }

  override sendFlag(project: ForgeProject, _token: string, flag: WantedFlag): Promise<SendFlagAnswer> {
    return this.post(() => this.take(project, flag));
  }

  override readFlags(_project: ForgeProject, _token: string | null, commit: string): Promise<readonly ShownFlag[]> {
    return this.life.call(50, () => {
      this.refuseInTrouble();
      if (this.trouble.is('forge is silent')) throw new Fault('no answer', { retryable: true });
      return [...this.board.values()].filter((flag) => flag.commit === commit);
    });
  }

  override mayCommit(project: ForgeProject, _: string | null, { user }: { readonly user: string }): Promise<boolean> {
    return this.ask(() => this.pagure.find(project)!.rights.may(user));
  }

  override readHookKey(project: ForgeProject): Promise<string | null> {
    return this.ask(() => (this.trouble.is('token expired') ? null : this.pagure.find(project)!.key));
  }

  override readPullRequest(project: ForgeProject, _: string | null, number: number): Promise<ShownPullRequest | null> {
    return this.ask(() => this.pagure.pullRequest(project, number));
  }

  override readComments(project: ForgeProject, _: string | null, { thread, number }: Thread) {
    return this.ask((): readonly ShownComment[] | null =>
      thread === 'issue' ? null : this.pagure.find(project)!.talk.shown(number),
    );
  }

  override sendComment(
    project: ForgeProject,
    _token: string,
    { number, text }: Thread & { readonly text: string },
  ): Promise<SendFlagAnswer> {
    return this.post(() => this.pagure.commented(project, number, text));
  }

  override userOf(): Promise<string | null> {
    return this.ask(() => (this.trouble.is('token expired') ? null : BOT));
  }

  /** `take`: what the forge does with what was sent, once it has arrived. */
  private post(take: () => void): Promise<SendFlagAnswer> {
    const { chance } = this.life;
    if (this.isSilent()) return this.silence(take);
    const takesMs = chance.happens(0.1) ? chance.below(TIME_LIMIT_MS) : chance.between(20, 900);
    this.outlive(take, takesMs);
    return this.life.call(takesMs, () => {
      if (this.trouble.is('token expired')) return { kind: 'refused' as const, reason: '401: Expired token' };
      this.refuseInTrouble();
      take();
      return { kind: 'sent' as const };
    });
  }

  private ask<T>(answer: () => T): Promise<T> {
    return this.life.call(50, () => {
      this.refuseInTrouble();
      if (this.trouble.is('forge is silent')) throw new Fault('no answer', { retryable: true });
      return answer();
    });
  }

  /** Now and then one answer is lost. */
  private isSilent(): boolean {
    return this.trouble.is('forge is silent') || (!this.trouble.isOver && this.life.chance.happens(0.05));
  }

  /** Half of what got no answer arrives all the same, some of it much later. */
  private async silence(take: () => void): Promise<SendFlagAnswer> {
    const { chance, timeline } = this.life;
    if (chance.happens(0.5)) timeline.after(chance.below(LATEST_MS), take);
    return this.life.call(TIME_LIMIT_MS, () => {
      throw new Fault('the forge did not answer in time', { retryable: true });
    });
  }

  /** What was on its way when the server died may still arrive. */
  private outlive(take: () => void, takesMs: number): void {
    const { chance, timeline } = this.life;
    const lateMs = takesMs + chance.below(LATEST_MS - takesMs);
    const arrives = chance.happens(0.5);
    const lookMs = takesMs - 1;
    timeline.after(lookMs, () => {
      if (!this.life.isAlive && arrives) timeline.after(lateMs - lookMs, take);
    });
  }

  private refuseInTrouble(): void {
    if (this.trouble.is('forge says 429')) throw new Fault('429', { retryable: true });
    if (this.trouble.is('forge says 500')) throw new Fault('500', { retryable: true });
  }

  private take(project: ForgeProject, flag: WantedFlag): void {
    this.board.set(`${flag.commit} ${flag.uid}`, flag);
    this.pagure.flagged(project, flag);
  }
}
