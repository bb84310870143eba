/** The log of changes and the new events, read as one sequence in the order of their commits. */
import type { JsonObject } from '../kernel/json.js';
import type { Change, ChangeKind, Place } from '../model/change.js';
import { EVENT_TOLD, KEPT_CHANGES } from './change-triggers.js';
import type { Store } from './store.js';

/** A row of either sequence: `seq` is 0 for a new event, whose number is then `event`. */
interface Row {
  readonly event: number;
  readonly seq: number;
  readonly kind: ChangeKind;
  readonly what: 'new' | 'changed';
  readonly rowId: number;
  readonly projectId: number;
  readonly runId: number | null;
  readonly state: string;
}

/** An event was due when it came if its verdict is ok; what became of it since stands in the log. */
const AS_IT_CAME: Readonly<Record<string, string>> = {
  state: `iif("verdict" = 'ok', 'due', 'idle')`,
  note: 'NULL',
};
const EVENT_STATE = EVENT_TOLD.map((column) => `'${column}', ${AS_IT_CAME[column] ?? `"${column}"`}`).join(', ');

/** One statement, so one snapshot: of two, the second would see commits that the first has not seen. */
const AFTER = `
  SELECT * FROM (
    SELECT * FROM (SELECT "id" AS "event", 0 AS "seq", 'event' AS "kind", 'new' AS "what", "id" AS "rowId", "projectId",
      NULL AS "runId", json_object(${EVENT_STATE}) AS "state" FROM "event" WHERE "id" > ? ORDER BY "id" LIMIT ?)
    UNION ALL
    SELECT * FROM (SELECT "afterEvent" AS "event", "seq", "kind", "what", "rowId", "projectId", "runId", "state"
      FROM "change" WHERE "seq" > ? ORDER BY "seq" LIMIT ?)
  ) ORDER BY "event", "seq" LIMIT ?`;

const KEPT = `
  SELECT (SELECT coalesce(max("id"), 0) FROM "event") AS "newestEvent", (SELECT coalesce(max("seq"), 0) FROM "change") AS
    "newestChange", (SELECT coalesce(min("seq"), 1) FROM "change") AS "oldestChange"`;

interface Kept {
  readonly newestEvent: number;
  readonly newestChange: number;
  readonly oldestChange: number;
}

export class Changes {
  constructor(private readonly store: Store) {}

  /** The place behind everything that is committed. */
  async latest(): Promise<Place> {
    const { newestChange, newestEvent } = await this.kept();
    return { change: newestChange, event: newestEvent };
  }

  /** What comes after a place, oldest first; `gap` when some of it is not kept any more, or the place is none of this store. */
  async after(place: Place, limit: number): Promise<readonly Change[] | 'gap'> {
    const rows = await this.store.reader.query<Row[]>(AFTER, [place.event, limit, place.change, limit, limit]);
    return isKept(place, await this.kept()) ? rows.map(changeOf) : 'gap';
  }

  private async kept(): Promise<Kept> {
    const [kept] = await this.store.reader.query<Kept[]>(KEPT);
    return kept!;
  }
}

/** Numbers of the log have no holes: a rolled back commit gives its numbers back. */
function isKept({ change, event }: Place, { newestChange, oldestChange, newestEvent }: Kept): boolean {
  const isOfHere = change <= newestChange && event <= newestEvent;
  return isOfHere && change + 1 >= oldestChange && event + KEPT_CHANGES >= newestEvent;
}

function changeOf({ event, seq, kind, what, rowId, projectId, runId, state }: Row): Change {
  const at =
    seq === 0 ? ({ sequence: 'event', number: event } as const) : ({ sequence: 'change', number: seq } as const);
  return { kind, what, id: rowId, projectId, runId, state: JSON.parse(state) as JsonObject, at };
}
