/** Finds which project a body claims to be about, in its raw bytes: a guess that only chooses the keys to try. */
import { BACKSLASH, closingQuote, COLON, depthStep, QUOTE, skipBlanks, spells } from '../../kernel/json-scan.js';
import { NESTING_LIMIT } from './message-limits.js';

/** What `msg.project_fullname` and `msg.pagure_instance` say, unproved; null where a body has none that can be read. */
export interface Candidate {
  readonly fullname: string | null;
  readonly instance: string | null;
}

const LONGEST_VALUE = 512;
/** Both names are keys of `msg`, whose braces are the second. A file of such a name in `changed_files` lies deeper. */
const DEPTH_OF_MSG = 2;

/**
 * One walk over the bytes. Only keys at the depth of `msg` count: `changed_files` holds names that anybody can push.
 * A value with an escape or over 512 bytes is no candidate: Pagure's own names need neither.
 */
export function findCandidate(bytes: Buffer): Candidate {
  const found: { fullname: string | null; instance: string | null } = { fullname: null, instance: null };
  let depth = 0;
  for (let at = 0; at < bytes.length && depth <= NESTING_LIMIT; at += 1) {
    depth += depthStep(bytes[at]);
    if (bytes[at] !== QUOTE) continue;
    const name = depth === DEPTH_OF_MSG ? candidateKey(bytes, at) : null;
    at = closingQuote(bytes, at);
    if (name !== null) found[name] ??= valueAfterKey(bytes, at);
    if (found.fullname !== null && found.instance !== null) break;
  }
  return found;
}

const FULLNAME = Buffer.from('"project_fullname"');
const INSTANCE = Buffer.from('"pagure_instance"');

function candidateKey(bytes: Buffer, open: number): keyof Candidate | null {
  if (spells(bytes, open, FULLNAME)) return 'fullname';
  return spells(bytes, open, INSTANCE) ? 'instance' : null;
}

/** The text behind `: ` after the key that ends at `close`; null when there is no plain one. */
function valueAfterKey(bytes: Buffer, close: number): string | null {
  const colon = skipBlanks(bytes, close + 1);
  if (bytes[colon] !== COLON) return null;
  const open = skipBlanks(bytes, colon + 1);
  if (bytes[open] !== QUOTE) return null;
  const value = bytes.subarray(open + 1, closingQuote(bytes, open));
  return value.length > LONGEST_VALUE || value.includes(BACKSLASH) ? null : value.toString('utf8');
}
