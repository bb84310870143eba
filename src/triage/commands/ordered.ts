/** What those who do commands share: the command with whoever gave it, and the tables. */
import type { CommentCommand } from '../../model/comment-command.js';
import type { CommentCommands } from '../../store/comment-commands.js';
import type { PullRuns } from '../../store/pull-runs.js';
import type { Store } from '../../store/store.js';
import type { Commander } from './commander.js';

export interface CommandTables {
  readonly store: Store;
  readonly commands: CommentCommands;
  readonly pulls: PullRuns;
}

/** What is done, and for whom. */
export interface Ordered {
  readonly row: CommentCommand;
  readonly commander: Commander;
}
