/** The lists of events, runs and flags, filtered and page by page: what is asked of them in SQL, nothing of what they hold whole. */
import { In } from 'typeorm';
import type { Event } from '../model/event.js';
import type { Flag } from '../model/flag.js';
import type { Run } from '../model/run.js';
import { EVENT_LIST, eventCriteria, type EventFilter, type ListedEvent } from './browse/event-list.js';
import { Finder, type PageRequest } from './browse/finder.js';
import { FLAG_LIST, flagCriteria, type FlagFilter, type ListedFlag } from './browse/flag-list.js';
import { type ListedRun, RUN_LIST, runCriteria, type RunFilter } from './browse/run-list.js';
import { projects } from './schema/tables.js';
import type { Store } from './store.js';

export type { Times } from './browse/criteria.js';
export type { EventFilter, ListedEvent } from './browse/event-list.js';
export type { PageRequest } from './browse/finder.js';
export { type FlagFilter, type FlagSending, type ListedFlag, sendingOf } from './browse/flag-list.js';
export type { ListedRun, RunFilter } from './browse/run-list.js';
export { wordsOf } from './browse/facts.js';

/** A row with the name of its project. */
export type Named<Row> = Row & { readonly fullname: string };

/** All lists are ordered by id, newest first; rows that are added meanwhile are on no later page. */
export class Browse {
  private readonly eventList: Finder<Event>;
  private readonly runList: Finder<Run>;
  private readonly flagList: Finder<Flag>;

  constructor(private readonly store: Store) {
    this.eventList = new Finder(store, EVENT_LIST);
    this.runList = new Finder(store, RUN_LIST);
    this.flagList = new Finder(store, FLAG_LIST);
  }

  async events(filter: EventFilter, page: PageRequest): Promise<readonly Named<ListedEvent>[]> {
    return this.named(await this.eventList.page(() => eventCriteria(this.store.reader, filter), page));
  }

  async runs(filter: RunFilter, page: PageRequest): Promise<readonly Named<ListedRun>[]> {
    return this.named(await this.runList.page(() => Promise.resolve(runCriteria(filter)), page));
  }

  async flags(filter: FlagFilter, page: PageRequest): Promise<readonly Named<ListedFlag>[]> {
    return this.named(await this.flagList.page(() => Promise.resolve(flagCriteria(filter)), page));
  }

  /** The projects of this full name, one for each instance that has it. */
  async projectIds(fullname: string): Promise<readonly number[]> {
    const found = await this.store.reader.find(projects, { select: { id: true }, where: { fullname } });
    return found.map(({ id }) => id);
  }

  private async named<Row extends { readonly projectId: number }>(
    rows: readonly Row[],
  ): Promise<readonly Named<Row>[]> {
    const ids = [...new Set(rows.map(({ projectId }) => projectId))];
    const select = { id: true, fullname: true } as const;
    const found = await this.store.reader.find(projects, { select, where: { id: In(ids) } });
    const names = new Map(found.map(({ id, fullname }) => [id, fullname]));
    return rows.map((row) => ({ ...row, fullname: names.get(row.projectId) ?? '' }));
  }
}
