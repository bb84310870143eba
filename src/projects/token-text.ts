/** The text of an API token and what is kept of it. */
import { createHash } from 'node:crypto';
import type { Random } from '../kernel/random.js';

/** `pa_` and 160 random bits; the prefix lets scanners of leaked secrets find it. */
export function newTokenText(random: Random): string {
  return `pa_${random.hex(20)}`;
}

/** SHA-256, hex: enough for a text of that much chance, and the only thing that is stored or compared. */
export function hashToken(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
