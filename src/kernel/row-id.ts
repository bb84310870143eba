/** Ids of our rows as people and programs write them. */

/** A whole number from 1, written plainly and exactly representable; null for anything else. */
export function readRowId(text: unknown): number | null {
  return typeof text === 'string' && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}
