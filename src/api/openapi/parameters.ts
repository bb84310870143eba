/** Path parameters as every route checks them, and the request headers that answers of ours ask back. */
import { isReference, type Parameter, type Schema } from './shapes.js';

/** `RowId` takes 15 digits. */
const ROW_ID: Schema = { type: 'integer', minimum: 1, maximum: 999_999_999_999_999, example: 1 };
const PIPELINE_NAME: Schema = { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$', example: 'ci' };

export const IF_MATCH: Parameter = {
  name: 'If-Match',
  in: 'header',
  required: false,
  description: 'The ETag of what was read: 412 when it was changed since. Left out: written whatever stands.',
  schema: { type: 'string', example: '"f1kPXzJbZ5cXn0TqcTqU1mhLP9k"' },
};

export const IF_NONE_MATCH: Parameter = {
  name: 'If-None-Match',
  in: 'header',
  required: false,
  description: 'ETags of what is there already: 304 when it still stands.',
  schema: { type: 'string', example: '"f1kPXzJbZ5cXn0TqcTqU1mhLP9k"' },
};

/** What request headers say that a route reads. */
const REQUEST_HEADERS: Readonly<Record<string, string>> = {
  range: 'One part, by byte: 206 with it, 416 where nothing of it is there.',
  'if-range': 'The ETag of what the parts before were of; of anything else the whole is sent.',
  'last-event-id': 'The id of the last server-sent event that came: the stream goes on behind it.',
  'accept-encoding': 'gzip, to have it packed.',
};

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
  if (name === 'if-match') return { ...IF_MATCH, ...parameter, required: false, schema: IF_MATCH.schema };
  if (name === 'if-none-match')
    return { ...IF_NONE_MATCH, ...parameter, required: false, schema: IF_NONE_MATCH.schema };
  return { description: REQUEST_HEADERS[name], ...parameter, required: false };
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
