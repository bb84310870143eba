/** Does what a command asks for, and says what came of it in Markdown. Safe to call again after a crash. */
import { Fault, Refusal } from '../../kernel/errors.js';
import { approvalLine } from '../../model/hold.js';
import type { Command } from '../../model/parse-command.js';
import { isRed } from '../../model/result.js';
import type { Run } from '../../model/run.js';
import type { ApproveRun } from '../../runs/approve-run.js';
import type { CancelRun } from '../../runs/cancel-run.js';
import type { ExplainRun } from '../../runs/explain-run.js';
import type { DispatchRun } from '../dispatch-run.js';
import type { CommandTables, Ordered } from './ordered.js';
import { explained } from './explained.js';
import type { RepeatRuns } from './repeat-runs.js';
import { code, linkTo, listOf } from '../../runs/comment-wording.js';

export interface CommandVerbs {
  readonly repeating: RepeatRuns;
  readonly canceling: CancelRun;
  readonly approving: ApproveRun;
  readonly explaining: ExplainRun;
  readonly dispatching: DispatchRun;
}

const NO_PULL = 'This is about the runs of a pull-request: comment it there.';
const MOST_EXPLAINED = 3;

export class DoCommand {
  constructor(
    private readonly tables: CommandTables,
    private readonly verbs: CommandVerbs,
    private readonly publicUrl: string,
  ) {}

  /** A Refusal becomes what is said. Throws a retryable Fault where the world must be waited for. */
  async do(command: Command, ordered: Ordered): Promise<string> {
    try {
      return await this.doOrRefuse(command, ordered);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.kind === 'unavailable') throw new Fault(error.message, { cause: error, retryable: true });
      const faults = (error.detail.faults ?? []).map(({ path, message }) => `${code(path)}: ${code(message, 200)}`);
      return [error.message, ...(faults.length > 0 ? [listOf(faults)] : [])].join('\n\n');
    }
  }

  private async doOrRefuse(command: Command, ordered: Ordered): Promise<string> {
    if (command.kind === 'wrong') return `That is no command: ${command.says}.`;
    if (command.kind === 'run') return this.run(command, ordered);
    const { pull } = ordered.commander;
    if (pull === null) return NO_PULL;
    switch (command.kind) {
      case 'rerun':
        return this.verbs.repeating.repeat(command.jobs, ordered, pull);
      case 'cancel':
        return this.cancel(ordered);
      case 'approve':
        return this.approve(command.sha, ordered, pull.head);
      case 'explain':
        return this.explain(ordered, pull.head);
    }
  }

  /** The text of the default branch, on the default branch (TRUST.md §2). */
  private async run(
    { pipeline, inputs }: Extract<Command, { kind: 'run' }>,
    { row, commander }: Ordered,
  ): Promise<string> {
    const { project, isTrusted } = commander;
    const trust = isTrusted ? ('trusted' as const) : ('restricted' as const);
    const by = { name: row.author, trust, request: `comment-command-${row.id}` };
    const eventId = await this.verbs.dispatching.pipeline(project, { pipeline, ref: null, inputs }, by);
    const where = eventId === null ? '' : `: [what came of it](${this.publicUrl}/events/${eventId})`;
    return `${code(pipeline)} is started on the default branch${where}.`;
  }

  private async cancel({ row, commander }: Ordered): Promise<string> {
    const open = await this.tables.pulls.open(commander.project.id, row.number);
    for (const { id } of open) await this.verbs.canceling.cancel(id, `canceled by ${row.author}`);
    if (open.length === 0) return 'No run of this pull-request is under way.';
    return `Canceled:\n\n${listOf(open.map((run) => linkTo(run, this.publicUrl)))}`;
  }

  private async approve(sha: string | null, { row, commander }: Ordered, head: string | null): Promise<string> {
    if (sha === null) return lineToPaste(head);
    const open = await this.tables.pulls.open(commander.project.id, row.number);
    const held = open.filter(({ trust }) => trust === 'held');
    if (held.length === 0) return 'No run of this pull-request waits for an approval.';
    const said: string[] = [];
    for (const run of held) said.push(await this.approveOne(run, sha, row.author));
    return listOf(said);
  }

  private async approveOne(run: Run, sha: string, by: string): Promise<string> {
    const link = linkTo(run, this.publicUrl);
    try {
      await this.verbs.approving.approve({ runId: run.id, sha, by });
      return `${link} is approved: it starts, without secrets`;
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind === 'unavailable') throw error;
      return `${link}: ${error.message}`;
    }
  }

  private async explain({ row, commander: { project } }: Ordered, head: string | null): Promise<string> {
    const at = { projectId: project.id, number: row.number, head: head ?? '' };
    const runs = await this.tables.pulls.newest(at);
    const red = runs.filter(({ result }) => isRed(result));
    if (runs.length === 0) return 'No pipeline ran for the head of this pull-request.';
    const shown = red.length > 0 ? red : runs;
    const parts: string[] = [];
    for (const run of shown.slice(0, MOST_EXPLAINED))
      parts.push(explained(await this.verbs.explaining.explain(run, project), linkTo(run, this.publicUrl)));
    const more = shown.slice(MOST_EXPLAINED).map((run) => linkTo(run, this.publicUrl));
    return [...parts, ...(more.length > 0 ? [`See also:\n\n${listOf(more)}`] : [])].join('\n\n');
  }
}

/** Of a bare `/approve`: nobody approves by mistake what they did not look at. */
function lineToPaste(head: string | null): string {
  if (head === null) return 'The forge names no commit of this pull-request: there is nothing to approve.';
  return `An approval names its commit. Look at what the pull-request changes; to approve this commit, comment:\n\n    ${approvalLine(head)}`;
}
