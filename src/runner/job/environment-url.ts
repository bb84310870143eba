/** The address of an environment, as a job gives it: text from outside that people will follow. */
import { ExpressionError } from '../../pipeline/index.js';

const MOST_CHARACTERS = 2_000;

/** Null for none. Throws an ExpressionError for what is no plain web address. */
export function environmentUrlOf(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const url = trimmed.length > MOST_CHARACTERS ? null : parsed(trimmed);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw new ExpressionError('it must be an http or https address of at most 2,000 characters, without a user');
  return url.href;
}

function parsed(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
