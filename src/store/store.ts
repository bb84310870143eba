/** The one truth: opens the database, and is the only way to write to it. */
import type { Database, Statement, Transaction } from 'better-sqlite3';
import type { EntityManager, EntitySchema } from 'typeorm';
import type { DueKind } from '../model/due.js';
import { type DataSources, nativeConnection, openDataSources } from './data-sources.js';
import { rethrow } from './disk-fault.js';
import { Lane } from './lane.js';
import { PreparedTable } from './prepared-table.js';

/** What a commit works with. `manager` is TypeORM's, inside the open transaction. */
export interface Tx {
  readonly manager: EntityManager;
  /** One table of the same transaction by prepared statements, which cost less than the manager's queries. */
  table<Row extends object>(schema: EntitySchema<Row>): PreparedTable<Row>;
  /** Names a row that somebody should look at after this commit; its `dueAt` column is what lasts. */
  due(kind: DueKind, id: number): void;
  /** Runs after the commit, before its promise resolves; not at all when it fails. Must not throw. */
  afterCommit(run: () => void): void;
}

/** Who is told of ids that a commit made due. Must not throw. */
export type TakeDue = (kind: DueKind, id: number) => void;

/** Rows that a commit made due, in order. */
type DueRow = readonly [DueKind, number];

/**
 * One object per process and data folder. Writing is serial: each commit is one transaction in one lane, synced before the
 * promise resolves. Only the database may be awaited in `work`; a commit inside a commit throws.
 */
export class Store {
  private readonly lane = new Lane();
  private takeDue: TakeDue = () => undefined;
  private committed: () => void = () => undefined;
  private readonly written: Tables;
  private readonly seen: Tables;

  /** Made once, since the driver makes four functions of each transaction. */
  private readonly transaction: Transaction<(work: () => unknown) => unknown>;
  private readonly begin: Statement;
  private readonly end: Statement;

  private constructor(private readonly sources: DataSources) {
    this.transaction = this.native.transaction((work: () => unknown) => work());
    this.begin = this.native.prepare('BEGIN IMMEDIATE');
    this.end = this.native.prepare('COMMIT');
    this.written = new Tables(this.native);
    this.seen = new Tables(nativeConnection(sources.read));
  }

  /** Opens or makes the database file and runs what migrations it lacks. */
  static async open(file: string): Promise<Store> {
    return new Store(await openDataSources(file));
  }

  /** Reads outside a commit: sees what was committed before each query, never an open transaction. */
  get reader(): EntityManager {
    return this.sources.read.manager;
  }

  /** The same of one table, by prepared statements: only its reading methods. */
  table<Row extends object>(schema: EntitySchema<Row>): Pick<PreparedTable<Row>, 'one' | 'all' | 'allBut'> {
    return this.seen.of(schema);
  }

  /** Told once, by whoever composes the house. */
  handDueTo(take: TakeDue): void {
    this.takeDue = take;
  }

  /** Called after each commit of either kind; told once, and it must neither throw nor take long: the door waits for it. */
  onCommit(run: () => void): void {
    this.committed = run;
  }

  /** Runs `work` in a transaction; when it rejects, nothing of it is kept. Throws a retryable Fault when the disk says no. */
  async commit<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const due: DueRow[] = [];
    const after: (() => void)[] = [];
    const hooks = {
      table: <Row extends object>(schema: EntitySchema<Row>) => this.written.of(schema),
      due: (kind: DueKind, id: number) => void due.push([kind, id]),
      afterCommit: (run: () => void) => void after.push(run),
    };
    const { manager } = this.sources.write;
    const write = () => this.inTransaction(() => work({ manager, ...hooks }));
    const result = await this.lane.run(write).catch(rethrow);
    for (const run of after) run();
    this.hand(due);
    return result;
  }

  /**
   * One synchronous transaction of prepared statements on the writing connection: the way of deliveries, where TypeORM's
   * own transaction costs ten times as much (docs/decisions/0003).
   */
  async commitPrepared<T>(work: (due: (kind: DueKind, id: number) => void) => T): Promise<T> {
    const due: DueRow[] = [];
    const write = () => work((kind, id) => due.push([kind, id]));
    const result = await this.lane.runAtOnce(() => this.transaction.immediate(write) as T).catch(rethrow);
    this.hand(due);
    return result;
  }

  /** For preparing the statements that `commitPrepared` runs; nothing else may use it. */
  get native(): ReturnType<typeof nativeConnection> {
    return nativeConnection(this.sources.write);
  }

  /** Resolves when every commit that was asked for has ended. */
  settled(): Promise<void> {
    return this.lane.settled();
  }

  /** After the last commit. Safe to call twice. */
  async close(): Promise<void> {
    await this.lane.settled();
    if (this.sources.read.isInitialized) await this.sources.read.destroy();
    if (this.sources.write.isInitialized) await this.sources.write.destroy();
  }

  /** TypeORM's own transaction costs more than all that is done in most of them. */
  private async inTransaction<T>(work: () => Promise<T>): Promise<T> {
    const { native } = this;
    this.begin.run();
    try {
      const result = await work();
      this.end.run();
      return result;
    } catch (thrown) {
      // A full disk may have rolled it back already.
      if (native.inTransaction) native.exec('ROLLBACK');
      throw thrown;
    }
  }

  private hand(due: readonly DueRow[]): void {
    for (const [kind, id] of due) this.takeDue(kind, id);
    this.committed();
  }
}

/** Those of one connection, each made when it is first asked for. */
class Tables {
  private readonly made = new Map<unknown, unknown>();

  constructor(private readonly database: Database) {}

  of<Row extends object>(schema: EntitySchema<Row>): PreparedTable<Row> {
    const known = this.made.get(schema) as PreparedTable<Row> | undefined;
    const table = known ?? new PreparedTable(this.database, schema);
    this.made.set(schema, table);
    return table;
  }
}
