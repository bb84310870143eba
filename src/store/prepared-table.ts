/** One table on one connection by prepared statements: the way of what is read and written again and again (docs/decisions/0022). */
import type Database from 'better-sqlite3';
import type { EntitySchema } from 'typeorm';
import { dueBySql } from './due-time.js';

/** Equal in each of these columns; null is equal to null. */
export type Where<Row> = Partial<Row>;

type Kind = 'as it is' | 'json' | 'boolean';

/** What SQLite gives and takes. */
type Stored = Readonly<Record<string, unknown>>;

/**
 * Rows as TypeORM reads and writes them, for a part of what its queries cost. Statements are compiled once for each set of
 * columns, so those must not come from outside. Whatever writes is called inside a commit alone.
 */
export class PreparedTable<Row extends object> {
  private readonly name: string;
  private readonly kinds: ReadonlyMap<string, Kind>;
  private readonly names: readonly string[];
  private readonly columns: string;
  private readonly statements = new Map<string, Database.Statement<unknown[]>>();

  constructor(
    private readonly database: Database.Database,
    { options }: EntitySchema<Row>,
  ) {
    this.name = options.name;
    const columns = Object.entries(options.columns) as [string, { readonly type?: unknown }][];
    this.kinds = new Map(columns.map(([column, { type }]) => [column, kindOf(type)]));
    this.names = [...this.kinds.keys()];
    this.columns = listOf(this.names);
  }

  one(where: Where<Row>): Row | null {
    const row = this.statement(`${this.select(where)} LIMIT 1`).get(...this.values(where));
    return row === undefined ? null : this.read(row as Stored);
  }

  /** The same, when it is due. */
  oneDue(where: Where<Row>, nowMs: number): Row | null {
    const due = dueBySql(nowMs);
    const row = this.statement(`${this.select(where)} AND ${due.sql}`).get(...this.values(where), ...due.values);
    return row === undefined ? null : this.read(row as Stored);
  }

  all(where: Where<Row>, order: keyof Row & string): readonly Row[] {
    return this.allBut([], where, order);
  }

  /** The same without some of the columns. */
  allBut<Left extends keyof Row & string>(
    left: readonly Left[],
    where: Where<Row>,
    order: keyof Row & string,
  ): readonly Omit<Row, Left>[] {
    const rows = this.statement(`${this.select(where, left)} ORDER BY "${order}"`).all(...this.values(where));
    return rows.map((row) => this.read(row as Stored));
  }

  /** Of statements of our own; `sql` ends where the columns of the answer are named (`RETURNING`). */
  returned(sql: string, values: readonly (number | string | null)[]): readonly Row[] {
    const rows = this.statement(`${sql} ${this.columns}`).all(...values);
    return rows.map((row) => this.read(row as Stored));
  }

  /** How many rows were changed. Columns whose value is undefined stay as they are. */
  update(where: Where<Row>, change: Partial<Row>): number {
    const set = this.known(change).map((column) => `"${column}" = ?`);
    const sql = `UPDATE "${this.name}" SET ${set.join(', ')} WHERE ${whereOf(where)}`;
    return this.statement(sql).run(...this.written(change), ...this.values(where)).changes;
  }

  /** Adds one to a column, where the row is due. */
  raiseDue(where: Where<Row>, column: keyof Row & string, nowMs: number): void {
    const due = dueBySql(nowMs);
    const sql = `UPDATE "${this.name}" SET "${column}" = "${column}" + 1 WHERE ${whereOf(where)} AND ${due.sql}`;
    this.statement(sql).run(...this.values(where), ...due.values);
  }

  /** Its new id, where it has one. */
  insert(row: Partial<Row>): number {
    return Number(this.statement(this.insertion(row)).run(...this.written(row)).lastInsertRowid);
  }

  /** Inserts it, or writes over the row with the same `key`. */
  upsert(row: Partial<Row>, key: readonly (keyof Row & string)[]): void {
    const others = this.known(row).filter((column) => !(key as readonly string[]).includes(column));
    const set = others.map((column) => `"${column}" = excluded."${column}"`);
    const sql = `${this.insertion(row)} ON CONFLICT (${listOf(key)}) DO UPDATE SET ${set.join(', ')}`;
    this.statement(sql).run(...this.written(row));
  }

  private select(where: Where<Row>, left: readonly string[] = []): string {
    const columns = left.length === 0 ? this.columns : listOf(this.names.filter((name) => !left.includes(name)));
    return `SELECT ${columns} FROM "${this.name}" WHERE ${whereOf(where)}`;
  }

  private insertion(row: Partial<Row>): string {
    const columns = this.known(row);
    return `INSERT INTO "${this.name}" (${listOf(columns)}) VALUES (${columns.map(() => '?').join(', ')})`;
  }

  private statement(sql: string): Database.Statement<unknown[]> {
    const known = this.statements.get(sql);
    if (known !== undefined) return known;
    const made = this.database.prepare(sql);
    this.statements.set(sql, made);
    return made;
  }

  /** What a row has beside the columns of its table is not for the table. */
  private known(row: Partial<Row>): readonly (keyof Row & string)[] {
    return defined(row).filter((column) => this.kinds.has(column));
  }

  private written(row: Partial<Row>): readonly unknown[] {
    return this.known(row).map((column) => this.write(column, row[column]));
  }

  private values(where: Where<Row>): readonly unknown[] {
    return defined(where).map((column) => this.write(column, where[column]));
  }

  private write(column: string, value: unknown): unknown {
    if (value === null) return null;
    const kind = this.kinds.get(column);
    if (kind === 'json') return JSON.stringify(value);
    return kind === 'boolean' ? Number(value) : value;
  }

  private read(stored: Stored): Row {
    const row: Record<string, unknown> = {};
    for (const [column, kind] of this.kinds) {
      const value = stored[column];
      if (value === undefined) continue;
      if (value === null || kind === 'as it is') row[column] = value;
      else row[column] = kind === 'json' ? JSON.parse(value as string) : value === 1;
    }
    return row as Row;
  }
}

function kindOf(type: unknown): Kind {
  if (type === 'simple-json') return 'json';
  return type === 'boolean' ? 'boolean' : 'as it is';
}

function defined<Row extends object>(row: Partial<Row>): readonly (keyof Row & string)[] {
  return (Object.keys(row) as (keyof Row & string)[]).filter((column) => row[column] !== undefined);
}

function listOf(columns: readonly string[]): string {
  return columns.map((column) => `"${column}"`).join(', ');
}

/** `IS` finds null as well, by the same index. */
function whereOf<Row extends object>(where: Where<Row>): string {
  return defined(where)
    .map((column) => `"${column}" IS ?`)
    .join(' AND ');
}
