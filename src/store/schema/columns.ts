/** The kinds of column that the tables share, each with the options that SQLite and PostgreSQL both take. */
import type { EntitySchemaColumnOptions } from 'typeorm';

/** PostgreSQL gives 64-bit integers as text. */
const asNumber = {
  to: (value: unknown) => value,
  from: (value: unknown) => (typeof value === 'string' ? Number(value) : value),
};

export const rowId: EntitySchemaColumnOptions = { type: 'integer', primary: true, generated: 'increment' };
export const reference: EntitySchemaColumnOptions = { type: 'integer' };
export const count: EntitySchemaColumnOptions = { type: 'integer' };
export const text: EntitySchemaColumnOptions = { type: 'text' };
export const flagColumn: EntitySchemaColumnOptions = { type: 'boolean' };
export const json: EntitySchemaColumnOptions = { type: 'simple-json' };
export const bytes: EntitySchemaColumnOptions = { type: 'blob' };
/** Milliseconds since 1970. */
export const time: EntitySchemaColumnOptions = { type: 'bigint', transformer: asNumber };

export function nullable(column: EntitySchemaColumnOptions): EntitySchemaColumnOptions {
  return { ...column, nullable: true };
}
