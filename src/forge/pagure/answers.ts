/** What Pagure's answers mean (FACTS §4): done, refused for good, or to be tried again. */
import { oneLine } from '../../kernel/one-line.js';
import { Fault } from '../../kernel/errors.js';
import { isJsonObject, type Json, type JsonObject } from '../../kernel/json.js';
import { nestsDeeper } from '../../kernel/json-scan.js';
import { textAt, textsAt } from './fields.js';
import type { Answer } from './http.js';
import { NESTING_LIMIT } from './message-limits.js';

/** Pagure's code for a database that failed: it comes with status 400, and passes. */
const DATABASE_ERROR = 'EDBERROR';

/** The JSON object of an answer, or null: a proxy's page and Pagure's own 500 are HTML. */
export function objectIn({ body }: Answer): JsonObject | null {
  if (nestsDeeper(body, NESTING_LIMIT)) return null;
  try {
    const value = JSON.parse(body.toString('utf8')) as Json;
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** Will the same question get the same answer until a person changes something? */
export function isFinal({ status }: Answer, object: JsonObject | null): boolean {
  if (status >= 300 && status < 400) return true;
  const passes =
    status === 408 || status === 425 || status === 429 || textAt(object ?? {}, 'error_code') === DATABASE_ERROR;
  return status >= 400 && status < 500 && object !== null && !passes;
}

/** Why an answer is no success, for people. `acl` is what the token must be allowed. */
export function reasonOf({ status }: Answer, object: JsonObject | null, acl: string): string {
  const said = object === null ? `status ${status}` : whatItSaid(status, object);
  if (status >= 300 && status < 400)
    return `Pagure answers with a redirect (${status}): register the address that it leads to`;
  if (status === 401) return `Pagure refuses the token (${said}): the project needs a token with the ACL ${acl}`;
  if (status === 403) return `Pagure forbids it (${said}): the user of the token may not do this (ACL ${acl})`;
  if (status === 404)
    return `Pagure does not find it (${said}): is the project's name right, and may the token with the ACL ${acl} see it?`;
  return status === 400 ? `Pagure refuses what was sent (${said})` : `Pagure answers ${said}`;
}

/** Pagure's `errors` is a text for tokens, and a list per field for forms. */
function whatItSaid(status: number, object: JsonObject): string {
  const error = textAt(object, 'error') ?? `status ${status}`;
  const errors = object['errors'];
  const fields = isJsonObject(errors) ? Object.keys(errors) : [];
  const details = fields.map((field) => `${field}: ${textsAt(errors, field).join(' ')}`);
  return oneLine([error, ...(typeof errors === 'string' ? [errors] : details)].join('; '), 300);
}

export function unusable(answer: Answer, object: JsonObject | null, acl: string): Fault {
  const retryAfterMs = answer.retryAfterMs ?? 0;
  return new Fault(reasonOf(answer, object, acl), { retryable: !isFinal(answer, object), retryAfterMs });
}
