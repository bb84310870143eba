/** How often something can be done, and how long it takes, in a warm process. */
import { median } from '../ingest/statistics.js';

export interface Took {
  readonly wallMs: number;
  /** Of the processor: what is left when others take turns on it. */
  readonly cpuMs: number;
}

/** Medians of one call, after calls that do not count. */
export function medianOf(work: () => unknown, { warmUp = 20, times = 20 } = {}): Took {
  for (let time = 0; time < warmUp; time += 1) work();
  const all = Array.from({ length: times }, () => timed(work));
  return { wallMs: median(all.map(({ wallMs }) => wallMs)), cpuMs: median(all.map(({ cpuMs }) => cpuMs)) };
}

function timed(work: () => unknown): Took {
  const before = process.cpuUsage();
  const start = performance.now();
  work();
  const wallMs = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return { wallMs, cpuMs: (user + system) / 1_000 };
}

/** Calls in a second: the median of several rounds of `roundMs`. */
export function perSecond(work: () => unknown, { rounds = 5, roundMs = 100 } = {}): number {
  round(work, roundMs);
  return median(Array.from({ length: rounds }, () => round(work, roundMs)));
}

/** Of two that are compared: rounds in turn, so that a slow moment of the machine hits both; the rates, and the median of the ratios. */
export function compared(one: () => unknown, other: () => unknown, { rounds = 7, roundMs = 60 } = {}) {
  round(one, roundMs);
  round(other, roundMs);
  const pairs = Array.from({ length: rounds }, () => [round(one, roundMs), round(other, roundMs)] as const);
  return {
    one: median(pairs.map(([first]) => first)),
    other: median(pairs.map(([, second]) => second)),
    ratio: median(pairs.map(([first, second]) => first / second)),
  };
}

function round(work: () => unknown, roundMs: number): number {
  const start = performance.now();
  let calls = 0;
  let tookMs = 0;
  for (; tookMs < roundMs; tookMs = performance.now() - start)
    for (let time = 0; time < 20; time += 1, calls += 1) work();
  return (calls / tookMs) * 1_000;
}
