/** Times of this process that can be compared with those that a step prints. */

/** Milliseconds since 1970, with fractions. */
export function nowMs(): number {
  return performance.timeOrigin + performance.now();
}

/** A step that prints when it ran. */
export const PRINT_TIME = 'echo "at=$EPOCHREALTIME"';

/** The times that steps have printed into a log, in order. */
export function printedMs(log: string): readonly number[] {
  return [...log.matchAll(/^at=(\d+)[.,](\d{6})$/gm)].map(
    ([, seconds, micros]) => Number(seconds) * 1_000 + Number(micros) / 1_000,
  );
}
