/** What a step came to. */
import type { Annotation } from '../../model/annotation.js';
import type { Result } from '../../model/result.js';
import type { Env } from './environment.js';
import type { StepEnd } from './step-frame.js';

export interface Ending {
  /** Before `continue-on-error`. */
  readonly outcome: Result;
  readonly exitCode: number | null;
  readonly reason: string | null;
  readonly outputs: Env;
  /** Markdown, or null. */
  readonly summary: string | null;
  readonly annotations: readonly Annotation[];
}

const NOTHING = { exitCode: null, reason: null, outputs: {}, summary: null, annotations: [] };

export const SKIPPED: Ending = { ...NOTHING, outcome: 'skipped' };

export function succeeded(outputs: Env = {}): Ending {
  return { ...NOTHING, outcome: 'success', outputs };
}

export function failed(reason: string, more: Partial<Ending> = {}): Ending {
  return { ...NOTHING, ...more, outcome: 'failure', reason };
}

export function canceled(reason: string | null, more: Partial<Ending> = {}): Ending {
  return { ...NOTHING, ...more, outcome: 'canceled', reason };
}

/** `mayFail`: its `continue-on-error`. */
export function endOf({ outcome, outputs }: Ending, mayFail: boolean): StepEnd {
  return { outcome, conclusion: outcome === 'failure' && mayFail ? 'success' : outcome, outputs };
}
