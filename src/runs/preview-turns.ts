/** Whose turn it would be in the concurrency groups of runs that were started now: asks the lines as they stand, writes nothing. */
import type { Concurrency, PlannedJob } from '../model/plan.js';
import type { Run } from '../model/run.js';
import type { Turn } from '../model/turn.js';
import type { Runs, RunTitle } from '../store/runs.js';
import type { Turns } from '../store/turns.js';
import { askTurn, keptGroup, nameFor, shownGroup } from './turn-order.js';
import { type TurnPart, type WantedTurn, wantedTurns } from './turn-part.js';

export interface PreviewedTurn {
  readonly group: string;
  /** What it would wait for, or why it would get no turn; null: it would go on at once. */
  readonly waits: string | null;
  /** The stored run that `waits` names; null for none, and for one that the same event would start. */
  readonly runId: number | null;
  /** Runs that would be canceled for it, as they are called to people. */
  readonly replaces: readonly string[];
}

export type PreviewedTaker = Pick<Run, 'projectId' | 'trust' | 'resolved' | 'pipelineKey' | 'pipelineName'>;

/** Of one event: what its runs would do to each other counts, in the order in which they are asked for. */
export class PreviewTurns {
  private readonly lines = new Map<string, readonly Turn[]>();
  private readonly started: PreviewedTaker[] = [];
  private readonly calls = new Map<string, PreviewedTurn>();
  private made = 0;

  constructor(
    private readonly turns: Turns,
    private readonly runs: Runs,
  ) {}

  /** For a run, and as often as need be for its jobs. Ids of runs that are not there are negative. */
  enter(run: PreviewedTaker): number {
    return -this.started.push(run);
  }

  /** What a job would come to in the turns that it needs: the first one that it would wait for, else the last one. Null for none. */
  async takeAll(runId: number, jobId: number, planned: PlannedJob): Promise<PreviewedTurn | null> {
    let last: PreviewedTurn | null = null;
    for (const wanted of wantedTurns(planned)) {
      last = await this.taken(runId, jobId, wanted);
      if (last.waits !== null) return last;
    }
    return last;
  }

  /** Of a call, what its first job came to. */
  private async taken(runId: number, jobId: number, { of, key, concurrency }: WantedTurn): Promise<PreviewedTurn> {
    if (of === 'job') return this.take({ runId, jobId, key }, concurrency);
    const name = `${runId} ${key}`;
    const known = this.calls.get(name) ?? (await this.take({ runId, jobId: null, key }, concurrency));
    this.calls.set(name, known);
    return known;
  }

  /** `jobId`: any number that no other job of the run has; null, as the `key`, for the whole run. */
  async take(part: TurnPart, concurrency: Concurrency): Promise<PreviewedTurn> {
    const { runId } = part;
    const run = this.started[-runId - 1]!;
    const group = keptGroup(run, concurrency.group);
    const line = await this.line(run.projectId, group);
    const { answer, replaced } = askTurn(line, { ...concurrency, ...part });
    const shown = { group: shownGroup(group), runId: null, replaces: await this.names(replaced, run) };
    if (answer.kind === 'refused') return { ...shown, waits: answer.why };
    const gone = new Set(replaced.filter(({ state }) => state === 'waiting'));
    const kept = line.filter((turn) => !gone.has(turn));
    this.lines.set(group, [...kept, this.turn(run, { ...part, group, state: answer.kind })]);
    if (answer.kind === 'holds') return { ...shown, waits: null };
    const { behind } = answer;
    const [name = ''] = await this.names([behind], run);
    return { ...shown, waits: `waits for ${name}`, runId: behind.runId > 0 ? behind.runId : null };
  }

  private async line(projectId: number, group: string): Promise<readonly Turn[]> {
    return this.lines.get(group) ?? (await this.turns.line({ projectId, group }));
  }

  private turn(
    { projectId }: PreviewedTaker,
    { state, ...of }: TurnPart & { readonly group: string; readonly state: 'holds' | 'waits' },
  ): Turn {
    const id = Number.MAX_SAFE_INTEGER - 100_000 + this.made++;
    const standing = state === 'holds' ? ('holding' as const) : ('waiting' as const);
    return { ...of, id, projectId, state: standing, reason: null, byRunId: null, tries: 0, dueAt: null };
  }

  private async names(turns: readonly Turn[], reader: PreviewedTaker): Promise<readonly string[]> {
    const titles = await this.runs.titles(turns.map(({ runId }) => runId).filter((id) => id > 0));
    return [...new Set(turns.map(({ runId }) => runId))].map((id) => this.nameOf(id, titles.get(id), reader));
  }

  private nameOf(id: number, title: RunTitle | undefined, reader: PreviewedTaker): string {
    const sister = this.started[-id - 1];
    if (sister === reader) return 'another job of this run';
    if (sister !== undefined) return `the run of ${sister.pipelineName} that this event starts`;
    return title === undefined ? `run ${id}` : nameFor(title, { id: 0, number: 0, ...reader });
  }
}
