/** Commands that people gave in comments: each comment is kept once, whatever is told of it again. */
import { type CommentCommand, NOT_SHOWN } from '../model/comment-command.js';
import { type DueAsked, dueIds } from './due-ids.js';
import { ownersOf } from './owners.js';
import { commentCommands } from './schema/tables.js';
import type { Store, Tx } from './store.js';

export type NewCommand = Pick<
  CommentCommand,
  'projectId' | 'eventId' | 'thread' | 'number' | 'commentId' | 'author' | 'text'
>;

export class CommentCommands {
  constructor(private readonly store: Store) {}

  /** Due at once; false for a comment that is kept already, unless what was kept under its id was never on the forge. */
  async insert(tx: Tx, command: NewCommand, nowMs: number): Promise<boolean> {
    const { projectId, thread, commentId } = command;
    const table = tx.table(commentCommands);
    const known = table.one({ projectId, thread, commentId });
    if (known !== null && (known.eventId === command.eventId || !wasOnlyClaimed(known))) return false;
    const fresh = {
      state: 'due',
      outcome: null,
      work: null,
      tries: 0,
      waits: 0,
      dueAt: nowMs,
      createdAt: nowMs,
    } as const;
    if (known !== null) table.update({ id: known.id }, { ...command, ...fresh });
    tx.due('command', known?.id ?? table.insert({ ...command, ...fresh }));
    return true;
  }

  /** Ids of commands that are to be looked at, oldest first. */
  dueIds(asked: DueAsked): Promise<readonly number[]> {
    return dueIds(this.store.reader, commentCommands, asked);
  }

  /** Whose commands these are. */
  projectsOf(ids: readonly number[]): Promise<ReadonlyMap<number, number>> {
    return ownersOf(this.store.reader, commentCommands, ids);
  }

  async ofEvent(eventId: number): Promise<CommentCommand | null> {
    return this.store.table(commentCommands).one({ eventId });
  }

  /** Counts a try BEFORE it is made, and returns the row as it now is; null when it is not due (any more). */
  async beginTry(tx: Tx, id: number, nowMs: number): Promise<CommentCommand | null> {
    const due = { id, state: 'due' as const };
    tx.table(commentCommands).raiseDue(due, 'tries', nowMs);
    return tx.table(commentCommands).oneDue(due, nowMs);
  }

  /** What it asks for was found out: from now on nothing else is done for it. */
  async keepWork(tx: Tx, id: number, work: NonNullable<CommentCommand['work']>): Promise<void> {
    tx.table(commentCommands).update({ id, state: 'due' }, { work } as never);
  }

  async postpone(tx: Tx, id: number, change: Pick<CommentCommand, 'dueAt' | 'tries' | 'waits' | 'outcome'>) {
    tx.table(commentCommands).update({ id, state: 'due' }, change);
  }

  /** False when it was ended before. */
  async end(tx: Tx, id: number, state: 'done' | 'parked', outcome: string): Promise<boolean> {
    const changed = tx.table(commentCommands).update({ id, state: 'due' }, { state, outcome, dueAt: null });
    return changed === 1;
  }
}

function wasOnlyClaimed({ state, outcome }: CommentCommand): boolean {
  return state === 'done' && (outcome === NOT_SHOWN.notThere || outcome === NOT_SHOWN.otherwise);
}
