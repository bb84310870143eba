/** One byte range of a text that grows (RFC 9110, section 14). */

/** Bytes `[from, to)`. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Pure. `whole`: send everything, since nothing (or several ranges, or something we do not understand) was asked for;
 * `unsatisfiable`: nothing of what was asked for is there.
 */
export type RangeAnswer =
  ({ readonly kind: 'part' } & ByteRange) | { readonly kind: 'whole' } | { readonly kind: 'unsatisfiable' };

export function askedRange(header: string | undefined, sizeBytes: number): RangeAnswer {
  const [, first, last] = /^bytes=[ \t]*(\d{0,15})-(\d{0,15})[ \t]*$/i.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || first + last === '') return { kind: 'whole' };
  if (first === '') return part(Math.max(sizeBytes - Number(last), 0), sizeBytes);
  const end = last === '' ? Infinity : Number(last) + 1;
  return end <= Number(first) ? { kind: 'whole' } : part(Number(first), Math.min(end, sizeBytes));
}

function part(from: number, to: number): RangeAnswer {
  return from < to ? { kind: 'part', from, to } : { kind: 'unsatisfiable' };
}
