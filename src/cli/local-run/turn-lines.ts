/** Whose turn it is in the concurrency groups of runs that go on side by side here: decided as a server decides it. Pure. */
import type { Concurrency } from '../../model/plan.js';
import type { Turn } from '../../model/turn.js';
import { afterLeaving, askTurn, shownName } from '../../runs/turn-order.js';
import { isCall, type TurnPart } from '../../runs/turn-part.js';

/** A job, a call, or a whole run. */
export type Taker = TurnPart;

/** `waits`: until `leave` of another one names it. Those in `replaced` must go. */
export type Turned =
  | { readonly kind: 'holds' }
  | {
      readonly kind: 'waits';
      readonly reason: string;
      readonly replaced: readonly Taker[];
      readonly replacedFor: string;
    }
  | { readonly kind: 'refused'; readonly reason: string };

export class TurnLines {
  private readonly lines = new Map<string, Turn[]>();
  private made = 0;

  take(taker: Taker, concurrency: Concurrency): Turned {
    const { group } = concurrency;
    const line = this.lines.get(group) ?? [];
    this.lines.set(group, line);
    const { answer, replaced } = askTurn(line, { ...taker, ...concurrency });
    const shown = shownName(group);
    if (answer.kind === 'refused') return { kind: 'refused', reason: `${answer.why}: ${shown}` };
    const replacedFor = `replaced in group ${shown}`;
    this.change(group, (turn) => (replaced.includes(turn) ? { ...turn, reason: replacedFor } : turn));
    const gone = replaced.filter(({ state }) => state === 'waiting');
    this.lines.set(group, [...this.line(group).filter(({ id }) => !gone.some((one) => one.id === id))]);
    this.line(group).push(this.turn(taker, group, answer.kind === 'holds' ? 'holding' : 'waiting'));
    if (answer.kind === 'holds') return { kind: 'holds' };
    return { kind: 'waits', reason: waitsIn(group), replaced, replacedFor };
  }

  /** Safe for those that stand in no line. Those that it returns hold their group now. */
  leave(taker: Taker): readonly Taker[] {
    return [...this.lines.keys()].flatMap((group) => {
      const left = this.line(group).find((turn) => isSame(turn, taker));
      if (left === undefined) return [];
      this.lines.set(
        group,
        this.line(group).filter((turn) => turn !== left),
      );
      const next = afterLeaving(this.line(group), left);
      if (!next?.holds) return [];
      this.change(group, (turn) => (turn.id === next.turn.id ? { ...turn, state: 'holding' } : turn));
      const { runId, jobId, key } = next.turn;
      return [{ runId, jobId, key }];
    });
  }

  /** The turn that it has or waits for; null for none. */
  standing(taker: Taker): Pick<Turn, 'state' | 'group'> | null {
    return [...this.lines.values()].flat().find((turn) => isSame(turn, taker)) ?? null;
  }

  /** Those of a run that stand in a line. */
  callsOf(run: number): readonly Taker[] {
    return [...this.lines.values()].flat().filter((turn) => turn.runId === run && isCall(turn));
  }

  private line(group: string): Turn[] {
    return this.lines.get(group) ?? [];
  }

  private change(group: string, change: (turn: Turn) => Turn): void {
    this.lines.set(group, this.line(group).map(change));
  }

  private turn(taker: Taker, group: string, state: Turn['state']): Turn {
    this.made += 1;
    return { ...taker, id: this.made, projectId: 1, group, state, reason: null, byRunId: null, tries: 0, dueAt: null };
  }
}

export function waitsIn(group: string): string {
  return `waits for its turn in group ${shownName(group)}`;
}

function isSame(one: Taker, other: Taker): boolean {
  return one.runId === other.runId && one.jobId === other.jobId && one.key === other.key;
}
