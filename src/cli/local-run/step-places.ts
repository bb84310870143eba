/** Where the steps of a pipeline stand in its text: a plan does not keep it. */
import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type YAMLMap } from 'yaml';
import type { Place } from '../../kernel/errors.js';
import type { PlannedStep } from '../../model/plan.js';

export type Spot = Pick<Place, 'line' | 'column'>;

export class PlacesOfSteps {
  private parsed: { readonly root: unknown; readonly lines: LineCounter } | null = null;

  /** @param text that was read without errors. */
  constructor(private readonly text: string) {}

  /** Of a key of a step, or of the step where it has no such key; of a job's own key with a step of null. Null when it cannot be told. */
  of(job: { readonly id: string }, step: PlannedStep | null, key: string): Spot | null {
    const found = valueAt(valueAt(this.root, 'jobs'), job.id);
    const place = step === null ? found : stepIn(valueAt(found, 'steps'), step);
    return this.spot(keyAt(place, key) ?? place);
  }

  private get root(): unknown {
    if (this.parsed === null) {
      const lines = new LineCounter();
      this.parsed = { root: parseDocument(this.text, { lineCounter: lines, uniqueKeys: false }).contents, lines };
    }
    return this.parsed.root;
  }

  private spot(node: unknown): Spot | null {
    const offset = (node as Node | null)?.range?.[0];
    if (offset === undefined || this.parsed === null) return null;
    const { line, col } = this.parsed.lines.linePos(offset);
    return { line, column: col };
  }
}

/** Steps of a `parallel` list are counted in the order in which they stand. */
function stepIn(steps: unknown, { number }: PlannedStep): unknown {
  const flat = isSeq(steps) ? steps.items.flatMap((item) => withinParallel(item)) : [];
  return flat[number - 1] ?? null;
}

function withinParallel(item: unknown): readonly unknown[] {
  const inner = valueAt(item, 'parallel');
  return isSeq(inner) ? [...inner.items, item] : [item];
}

function valueAt(node: unknown, key: string): unknown {
  return pairAt(node, key)?.value ?? null;
}

function keyAt(node: unknown, key: string): unknown {
  return pairAt(node, key)?.key ?? null;
}

function pairAt(node: unknown, key: string): Pair | undefined {
  if (!isMap(node)) return undefined;
  return (node as YAMLMap).items.find((pair) => isScalar(pair.key) && String(pair.key.value) === key);
}
