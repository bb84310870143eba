/** How deep and how large a message may be: beyond, it would keep `JSON.parse` busy or fill the memory. */

/** Real messages nest 8 deep; 32 MiB of `[` would take the parser ten seconds. */
export const NESTING_LIMIT = 100;

/** A value takes up to 70 bytes of memory, however short it is written; the largest real messages hold some 700,000. */
export const VALUE_LIMIT = 2_000_000;
