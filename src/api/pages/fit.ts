/** Keeps a page small: as much of a list as its room takes. */
import type { Html } from './html.js';

/** No page is larger, in bytes. */
export const PAGE_BYTES = 20_000;

/** The first parts that fit into `room` bytes together. */
export function fitting(parts: readonly Html[], room: number): readonly Html[] {
  let left = room;
  const end = parts.findIndex((part) => (left -= part.sizeBytes + 1) < 0);
  return end < 0 ? parts : parts.slice(0, end);
}

/** The last parts that fit, in their order. */
export function fittingFromEnd(parts: readonly Html[], room: number): readonly Html[] {
  return [...fitting([...parts].reverse(), room)].reverse();
}
