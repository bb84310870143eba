/** Wants the one comment that says on a pull-request what its pipelines came to, where its project asks for one. */
import type { OwnComments } from '../store/own-comments.js';
import type { JudgedRun, PullRuns } from '../store/pull-runs.js';
import type { PullStandings } from '../store/pull-standings.js';
import type { Tx } from '../store/store.js';
import { code, linkTo, listOf } from './comment-wording.js';

export interface SumUpTables {
  readonly comments: OwnComments;
  readonly pulls: PullRuns;
  readonly standings: PullStandings;
}

/** What came to a verdict of its own: nobody is told of what was canceled or had nothing to do. */
const TELLING = ['success', 'failure', 'error'];

export class SumUp {
  constructor(
    private readonly tables: SumUpTables,
    private readonly publicUrl: string,
  ) {}

  /**
   * Inside a commit that ended runs of this subject. Wanted once for a pull-request, when all pipelines of its head are done:
   * Pagure has no call that changes a comment, and a second one would be a series (FACTS §4).
   */
  async tell(
    tx: Tx,
    { projectId, subject }: { readonly projectId: number; readonly subject: string | null },
    nowMs: number,
  ): Promise<void> {
    const [, number, head] = /^pull(?:-target)?\/(\d+)@([0-9a-f]{40})$/.exec(subject ?? '') ?? [];
    if (number === undefined || head === undefined) return;
    const { comments, pulls, standings } = this.tables;
    const place = { projectId, thread: 'pull-request', number: Number(number) } as const;
    if (!(await pulls.wantsSummary(tx, projectId))) return;
    const standing = await standings.of(projectId, place.number, tx.manager);
    if (standing?.isOpen !== true || (standing.head !== null && standing.head !== head)) return;
    const judged = await pulls.judged(tx, { projectId, number: place.number, head });
    const isOver = judged.every(({ run }) => run.state === 'done');
    if (!isOver || !judged.some(({ run }) => TELLING.includes(run.result ?? ''))) return;
    const cause = `summary of pull-request ${number}`;
    await comments.want(tx, { ...place, cause, text: summaryOf(head, judged, this.publicUrl) }, nowMs);
  }
}

/** Pure. In Markdown; the sentences are those of the flags. */
export function summaryOf(head: string, judged: readonly JudgedRun[], publicUrl: string): string {
  const passed = judged.filter(({ run }) => run.result === 'success' || run.result === 'skipped').length;
  const count = judged.length === 1 ? 'the pipeline' : `${passed} of ${judged.length} pipelines`;
  const verb = judged.length === 1 && passed === 0 ? 'did not pass' : 'passed';
  const lines = judged.map(({ run, says }) => `${linkTo(run, publicUrl)}: ${code(says, 250)}`);
  return [
    `At ${code(head.slice(0, 12))} ${count} ${verb}:`,
    listOf(lines),
    'This is said once: what further commits come to stands in the flags of the pull-request.',
  ].join('\n\n');
}
