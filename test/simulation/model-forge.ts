/** The forge's network as a model: it takes flags, or says 429, 500 or nothing, and what it was told may arrive late. */
import type { ForgeProject, SendFlagAnswer, ShownFlag, ShownPullRequest, WantedFlag } from '../../src/forge/forge.js';
import { PagureForge } from '../../src/forge/pagure/pagure-forge.js';
import type { PagureHttp } from '../../src/forge/pagure/http.js';
import { Fault } from '../../src/kernel/errors.js';
import type { Life } from './life.js';
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
    /** Told of each flag that was taken: the forge posts a web-hook about it. */
    private readonly onFlag: (project: ForgeProject, flag: WantedFlag) => void,
    private readonly pullRequest: (project: ForgeProject, number: number) => ShownPullRequest | null,
  ) {
    super(null as unknown as PagureHttp);
  }

  override isPublic(): Promise<boolean> {
    return this.life.call(20, () => true);
  }

  override sendFlag(project: ForgeProject, _token: string, flag: WantedFlag): Promise<SendFlagAnswer> {
    const { chance } = this.life;
    if (this.isSilent()) return this.silence(project, flag);
    const takesMs = chance.happens(0.1) ? chance.below(TIME_LIMIT_MS) : chance.between(20, 900);
    this.outlive(project, flag, takesMs);
    return this.life.call(takesMs, () => {
      if (this.trouble.is('token expired')) return { kind: 'refused', reason: '401: Expired token' };
      this.refuseInTrouble();
      this.take(project, flag);
      return { kind: 'sent' };
    });
  }

  override readFlags(_project: ForgeProject, _token: string | null, commit: string): Promise<readonly ShownFlag[]> {
    return this.life.call(50, () => {
      this.refuseInTrouble();
      if (this.trouble.is('forge is silent')) throw new Fault('no answer', { retryable: true });
      return [...this.board.values()].filter((flag) => flag.commit === commit);
    });
  }

  /** Everybody who pushes branches of the project may. */
  override mayCommit(): Promise<boolean> {
    return this.ask(() => true);
  }

  override readPullRequest(project: ForgeProject, _: string | null, number: number): Promise<ShownPullRequest | null> {
    return this.ask(() => this.pullRequest(project, number));
  }

  override readComments(): Promise<null> {
    return this.ask(() => null);
  }

  override userOf(): Promise<string | null> {
    return this.ask(() => null);
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
  private async silence(project: ForgeProject, flag: WantedFlag): Promise<SendFlagAnswer> {
    const { chance, timeline } = this.life;
    if (chance.happens(0.5)) timeline.after(chance.below(LATEST_MS), () => this.take(project, flag));
    return this.life.call(TIME_LIMIT_MS, () => {
      throw new Fault('the forge did not answer in time', { retryable: true });
    });
  }

  /** What was on its way when the server died may still arrive. */
  private outlive(project: ForgeProject, flag: WantedFlag, takesMs: number): void {
    const { chance, timeline } = this.life;
    const lateMs = takesMs + chance.below(LATEST_MS - takesMs);
    const arrives = chance.happens(0.5);
    const lookMs = takesMs - 1;
    timeline.after(lookMs, () => {
      if (!this.life.isAlive && arrives) timeline.after(lateMs - lookMs, () => this.take(project, flag));
    });
  }

  private refuseInTrouble(): void {
    if (this.trouble.is('forge says 429')) throw new Fault('429', { retryable: true });
    if (this.trouble.is('forge says 500')) throw new Fault('500', { retryable: true });
  }

  private take(project: ForgeProject, flag: WantedFlag): void {
    this.board.set(`${flag.commit} ${flag.uid}`, flag);
    this.onFlag(project, flag);
  }
}
