/** What people do at the house itself in histories about trust: they approve, set secrets, and tell it keys. */
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SetSecret } from '../../src/projects/set-secret.js';
import { ApproveRun } from '../../src/runs/approve-run.js';
import { ProjectKeys } from '../../src/store/project-keys.js';
import { Projects } from '../../src/store/projects.js';
import { Quarantine } from '../../src/store/quarantine.js';
import { Runs } from '../../src/store/runs.js';
import { Store } from '../../src/store/store.js';
import type { ModelPagure } from './model-pagure.js';
import type { Message } from './model-project.js';
import { SecretBook } from './secret-book.js';
import { newestOr, type TrustMove } from './trust-moves.js';

/** An approval that somebody asked for by REST: they may, for they are asked at the door. */
export interface AskedApproval {
  readonly runId: number;
  readonly sha: string;
  readonly atMs: number;
  /** Did the house say yes? */
  isDone: boolean;
}

/** A POST that nobody can read yet, as the oracle looks at it. */
export interface KeptPost {
  readonly msgId: string;
  /** Has the house the key that it is signed with? */
  readonly fits: boolean;
}

type HouseMove = Extract<TrustMove, { readonly kind: 'approve' | 'tell key' | 'set secret' | 'drop secret' }>;
const KINDS: readonly string[] = ['approve', 'tell key', 'set secret', 'drop secret'] satisfies HouseMove['kind'][];

export function isOfHouse<Some extends { readonly kind: string }>(move: Some): move is Extract<Some, HouseMove> {
  return KINDS.includes(move.kind);
}

export class HousePeople {
  readonly approvals: AskedApproval[] = [];
  readonly secrets = new SecretBook();

  constructor(
    private readonly pagure: ModelPagure,
    private readonly posted: ReadonlyMap<string, Message>,
    private readonly nowMs: () => number,
  ) {}

  /** Rejects where the house refuses, or its disk does. Never goes on in a house that died. */
  async play(app: NestFastifyApplication, project: number, move: HouseMove): Promise<void> {
    if (move.kind === 'approve') return this.approve(app, move);
    if (move.kind === 'tell key') return this.tellKey(app, project);
    const at = (await app.get(Projects).byId(project))!;
    if (move.kind === 'drop secret') {
      const said = this.secrets.drop({ project, name: move.name }, this.nowMs());
      await app.get(SetSecret).remove(at, move.name);
      return said(this.nowMs());
    }
    const { name, refs } = move;
    const { value, said } = this.secrets.ask({ project, name, refs }, this.nowMs());
    await app.get(SetSecret).set(at, name, { value, refs });
    said(this.nowMs());
  }

  /** The one that the forge has now; nothing is to be done where the house has it already. */
  async tellKey(app: NestFastifyApplication, project: number): Promise<void> {
    const { key } = this.pagure.projects[project - 1]!;
    const known = (await app.get(Projects).openHookKeys()).find(({ projectId }) => projectId === project);
    if (known?.keys.includes(key)) return;
    await app.get(Store).commit((tx) => app.get(ProjectKeys).renew(tx, project, key, this.nowMs()));
  }

  /** All that the house holds back. */
  async kept(app: NestFastifyApplication): Promise<readonly KeptPost[]> {
    const quarantine = app.get(Quarantine);
    const projects = await app.get(Projects).openHookKeys();
    const ids = await app.get(Store).reader.query<{ readonly id: number }[]>('SELECT "id" FROM "quarantine"');
    const posts = await Promise.all(ids.map(({ id }) => quarantine.byId(id)));
    return posts.flatMap((post) => {
      if (post === null) return [];
      const { msg_id: msgId } = JSON.parse(post.body.toString('utf8')) as { readonly msg_id: string };
      const keys = projects.find(({ projectId }) => projectId === post.projectId)?.keys ?? [];
      return [{ msgId, fits: keys.includes(this.posted.get(msgId)?.key ?? '') }];
    });
  }

  private async approve(app: NestFastifyApplication, { sha, nth }: Extract<HouseMove, { kind: 'approve' }>) {
    const open = await app.get(Runs).openRuns(100);
    const held = open.filter(({ trust }) => trust === 'held');
    const run = newestOr(held, nth);
    const head = run?.resolved.commit;
    if (run === undefined || head === undefined || head === null) return;
    const wanted = sha === 'its own' ? head : this.anotherHead(head);
    const asked: AskedApproval = { runId: run.id, sha: wanted, atMs: this.nowMs(), isDone: false };
    this.approvals.push(asked);
    await app.get(ApproveRun).approve({ runId: run.id, sha: wanted, by: 'a maintainer' });
    asked.isDone = true;
  }

  private anotherHead(head: string): string {
    const heads = this.pagure.projects.flatMap(({ pulls }) => pulls.flatMap((pull) => pull.heads));
    return heads.map((one) => one.head).findLast((one) => one !== head) ?? head.slice(0, 7);
  }
}
