/** Keeps a comment that reads like a command: whether it is one, and may be, is asked of the forge afterwards. */
import type { Forges } from '../../forge/forges.js';
import type { Clock } from '../../kernel/clock.js';
import type { Event } from '../../model/event.js';
import { parseCommand } from '../../model/parse-command.js';
import type { ReadContexts } from '../../runs/read-contexts.js';
import type { CommentCommands } from '../../store/comment-commands.js';
import type { Projects } from '../../store/projects.js';
import type { Store } from '../../store/store.js';

export interface NoteTables {
  readonly store: Store;
  readonly projects: Projects;
  readonly commands: CommentCommands;
}

export class NoteCommand {
  constructor(
    private readonly tables: NoteTables,
    private readonly forges: Forges,
    private readonly contexts: ReadContexts,
    private readonly clock: Clock,
  ) {}

  /** Safe to call twice: a comment is kept once. Only what somebody outside told counts, not a replay of it. */
  async note(event: Event): Promise<void> {
    if (event.kind !== 'comment' || event.source === 'replay') return;
    const { store, projects, commands } = this.tables;
    const project = await projects.byId(event.projectId);
    if (project?.enabled !== true) return;
    const told = this.forges.of(project.instance).toldComment(await this.contexts.message(event));
    if (told === null || parseCommand(told.text, project.settings.commands) === null) return;
    const { id: eventId, projectId } = event;
    const command = { ...told, text: told.text.trim(), projectId, eventId };
    await store.commit(async (tx) => void (await commands.insert(tx, command, this.clock.now())));
  }
}
