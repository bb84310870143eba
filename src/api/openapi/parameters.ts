/** Path parameters as every route checks them, and the request headers that answers of ours ask back. */
import type { KnownHeader } from './headers.js';
import { isReference, type Parameter, type Schema } from './shapes.js';

/** `RowId` takes 15 digits. */
const ROW_ID: Schema = { type: 'integer', minimum: 1, maximum: 999_999_999_999_999, example: 1 };
const PIPELINE_NAME: Schema = { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$', example: 'ci' };

const ETAG = '"f1kPXzJbZ5cXn0TqcTqU1mhLP9k"';

export const IF_MATCH = header(
  'If-Match',
  'The ETag of what was read: 412 when it was changed since. Left out: written whatever stands.',
  ETAG,
);

export const IF_NONE_MATCH = header('If-None-Match', 'ETags of what is there already: 304 when it still stands.', ETAG);

/** The request headers that lead to a header of the answer. */
const ASKED_BY: Readonly<Partial<Record<KnownHeader, readonly Parameter[]>>> = {
  ETag: [IF_NONE_MATCH],
  'Content-Range': [
    header('Range', 'One part, by byte: 206 with it, 416 where nothing of it is there.', 'bytes=0-99'),
    header('If-Range', 'The ETag of what the parts before were of; of anything else the whole is sent.', ETAG),
  ],
  'Content-Encoding': [header('Accept-Encoding', 'gzip, to have it packed.', 'gzip')],
};

const LAST_EVENT_ID = 'The id of the last server-sent event that came: the stream goes on behind it.';

/** Pure. What a reader may send for the sake of these headers of the answer. */
export function headersAsking(answered: readonly KnownHeader[]): readonly Parameter[] {
  return answered.flatMap((name) => ASKED_BY[name] ?? []);
}

/** Pure. What the check of the parameter takes, and what it names. */
export function completeParameter(parameter: Parameter, path: string): Parameter {
  if (parameter.in === 'header') return completeHeader(parameter);
  if (parameter.in !== 'path') return parameter;
  const noun = nounBefore(path, parameter.name);
  const { description = `Which ${noun}.` } = parameter;
  return { ...parameter, description, schema: pathSchema(parameter) };
}

function completeHeader(parameter: Parameter): Parameter {
  const name = parameter.name.toLowerCase();
  return { ...(name === 'last-event-id' && { description: LAST_EVENT_ID }), ...parameter, required: false };
}

function header(name: string, description: string, example: string): Parameter {
  return { name, in: 'header', required: false, description, schema: { type: 'string', example } };
}

/** Does a wrong value of the parameter end in `invalid-input`? */
export function isChecked(parameter: Parameter): boolean {
  const { type, pattern } = schemaOf(parameter);
  return parameter.in === 'query' || (parameter.in === 'path' && (type !== 'string' || pattern !== undefined));
}

function pathSchema(parameter: Parameter): Schema {
  const schema = schemaOf(parameter);
  if (schema.type === 'number' || schema.type === 'integer') return { ...ROW_ID, ...withoutType(schema) };
  return parameter.name === 'name' ? { ...PIPELINE_NAME, ...schema } : { type: 'string', example: '1', ...schema };
}

function withoutType(schema: Schema): Schema {
  const { type: _, ...rest } = schema;
  return rest;
}

function schemaOf({ schema }: Parameter): Schema {
  return schema === undefined || isReference(schema) ? {} : schema;
}

/** `/projects/{id}` → `project`. */
function nounBefore(path: string, name: string): string {
  const parts = path.split('/');
  const before = parts[parts.indexOf(`{${name}}`) - 1] ?? 'thing';
  return before.replace(/s$/, '');
}
