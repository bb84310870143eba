/** Hides what jobs have masked in their outputs, wherever a run shows it: names, reasons, and what was planned of it. */
import { isJsonObject, type Json } from '../kernel/json.js';
import { Masker } from '../kernel/masker.js';
import type { HiddenOfJobs, HiddenOutputs } from '../model/hidden.js';
import type { Concurrency, PlannedCall, PlannedJob } from '../model/plan.js';

/** The outputs as they are shown; the same object when nothing in them is masked. */
export function shownOutputs({ outputs, masks }: HiddenOutputs): Readonly<Record<string, string>> {
  if (masks.length === 0) return outputs;
  const masker = maskerOf(masks);
  const shown = Object.entries(outputs).map(([name, value]) => [name, masker.maskText(value)] as const);
  return shown.every(([name, value]) => value === outputs[name]) ? outputs : Object.fromEntries(shown);
}

export class HideMasked {
  /** As they are, by key: of the jobs whose plan was not the same afterwards. */
  readonly plans = new Map<string, PlannedJob>();
  /** Null when there is nothing to hide, as in nearly every run. */
  private readonly masker: Masker | null;

  constructor(hidden: HiddenOfJobs) {
    const masks = [...hidden.values()].flatMap((one) => one.masks);
    this.masker = masks.length === 0 ? null : maskerOf(masks);
  }

  get hides(): boolean {
    return this.masker !== null;
  }

  text(text: string): string {
    return this.masker?.maskText(text) ?? text;
  }

  end<End extends { readonly reason: string }>(end: End): End {
    return { ...end, reason: this.text(end.reason) };
  }

  /**
   * What was evaluated of it with outputs; the rest stands as the file has it. Labels stay as they are, since agents choose
   * by them, and so do keys, by which the jobs of a run know each other.
   */
  plan(planned: PlannedJob): PlannedJob {
    if (this.masker === null) return planned;
    const { concurrency, environment, call } = planned;
    const hidden: PlannedJob = {
      ...planned,
      name: this.text(planned.name),
      matrix: this.object(planned.matrix),
      concurrency: concurrency && this.turn(concurrency),
      environment: environment && { ...environment, name: this.text(environment.name) },
      call: call && this.call(call),
    };
    if (JSON.stringify(hidden) === JSON.stringify(planned)) return planned;
    this.plans.set(planned.key, planned);
    return hidden;
  }

  private call(call: PlannedCall): PlannedCall {
    const turns = (call.turns ?? []).map((turn) => ({ ...turn, concurrency: this.turn(turn.concurrency) }));
    return { ...call, inputs: this.object(call.inputs), ...(turns.length > 0 && { turns }) };
  }

  private turn(concurrency: Concurrency): Concurrency {
    return { ...concurrency, group: this.text(concurrency.group) };
  }

  /** Those of the masked values that a value shows. */
  masksIn(value: unknown): readonly string[] {
    return this.masker?.valuesIn(JSON.stringify(value)) ?? [];
  }

  private object(value: PlannedJob['matrix']): PlannedJob['matrix'] {
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [this.text(name), this.json(one)]));
  }

  json(value: Json | undefined): Json {
    if (typeof value === 'string') return this.text(value);
    if (typeof value === 'number') return this.text(String(value)) === String(value) ? value : this.text(String(value));
    if (Array.isArray(value)) return (value as readonly Json[]).map((one) => this.json(one));
    return isJsonObject(value) ? this.object(value) : (value ?? null);
  }
}

function maskerOf(masks: readonly string[]): Masker {
  const masker = new Masker();
  for (const mask of masks) masker.addBeyond(mask);
  return masker;
}
