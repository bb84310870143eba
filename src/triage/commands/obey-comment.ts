/** Takes the id of a due command: asks the forge about it, does it, and wants the one comment that answers it. */
import { retryMs } from '../../kernel/backoff.js';
import type { Clock } from '../../kernel/clock.js';
import { isOfWorld, messageOf } from '../../kernel/errors.js';
import { oneLine } from '../../kernel/one-line.js';
import type { Random } from '../../kernel/random.js';
import type { CommentCommand } from '../../model/comment-command.js';
import { parseCommand } from '../../model/parse-command.js';
import type { Project } from '../../model/project.js';
import type { CommentCommands } from '../../store/comment-commands.js';
import type { OwnComments } from '../../store/own-comments.js';
import type { Projects } from '../../store/projects.js';
import type { Store, Tx } from '../../store/store.js';
import type { FindCommander } from './commander.js';
import type { DoCommand } from './do-command.js';
import { code } from '../../runs/comment-wording.js';

const MAX_TRIES = 3;
/** Nobody waits longer for a command: done so late it would surprise. */
const LONGEST_WAIT_MS = 24 * 3_600_000;

/** Comments of ours on one thread in an hour: with more of them there, commands are obeyed silently, and strangers not told why not. */
const WINDOW_MS = 3_600_000;
const MOST_ANSWERS = 20;
const MOST_REFUSALS = 3;
/** Pagure keeps longer ones, and nobody reads them. */
const LONGEST_ANSWER = 10_000;

export interface ObeyTables {
  readonly store: Store;
  readonly projects: Projects;
  readonly commands: CommentCommands;
  readonly comments: OwnComments;
}

interface Outcome {
  /** For the record. */
  readonly says: string;
  /** What is commented; null for nothing. */
  readonly answer: string | null;
  readonly mostAnswers: number;
}

export class ObeyComment {
  constructor(
    private readonly tables: ObeyTables,
    private readonly commanders: FindCommander,
    private readonly doing: DoCommand,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Idempotent. Rejects only when the store itself is broken. */
  async obey(id: number): Promise<void> {
    const { store, commands } = this.tables;
    const row = await store.commit((tx) => commands.beginTry(tx, id, this.clock.now()));
    if (row === null) return;
    if (row.tries > MAX_TRIES) return this.park(row, row.outcome ?? 'the server stopped each time it was looked at');
    try {
      await this.end(row, await this.outcome(row));
    } catch (error) {
      await this.postpone(row, error);
    }
  }

  private async outcome(row: CommentCommand): Promise<Outcome> {
    const project = await this.tables.projects.byId(row.projectId);
    if (project?.enabled !== true) return silently('the project is disabled');
    const command = parseCommand(row.text, project.settings.commands);
    if (command === null) return silently('it is no command any more');
    const asked = await this.commanders.find(row, project);
    if (asked.kind === 'none') return silently(asked.why);
    if (asked.kind === 'may not') return notAllowed(row, project, asked.branch);
    const answer = await this.doing.do(command, { row, commander: asked.commander });
    return { says: 'done', answer: answerTo(row, answer).slice(0, LONGEST_ANSWER), mostAnswers: MOST_ANSWERS };
  }

  /** One commit: a command that is done has its answer wanted. */
  private async end(row: CommentCommand, { says, answer, mostAnswers }: Outcome): Promise<void> {
    const { store, commands } = this.tables;
    await store.commit(async (tx) => {
      const isAnswered = answer !== null && (await this.mayAnswer(tx, row, mostAnswers));
      const note = answer === null || isAnswered ? says : `${says}; not answered: there are many comments of ours`;
      if (!(await commands.end(tx, row.id, 'done', note)) || !isAnswered) return;
      const { projectId, thread, number } = row;
      const wanted = { projectId, thread, number, cause: `command ${row.id}`, text: answer };
      await this.tables.comments.want(tx, wanted, this.clock.now());
    });
  }

  private async mayAnswer(tx: Tx, row: CommentCommand, most: number): Promise<boolean> {
    const since = this.clock.now() - WINDOW_MS;
    return (await this.tables.comments.countSince(tx, row, since)) < most;
  }

  /** A forge that is down is waited for, for a day; what breaks us is tried three times. */
  private async postpone(row: CommentCommand, error: unknown): Promise<void> {
    const { store, commands } = this.tables;
    const isWorld = isOfWorld(error);
    const outcome = oneLine(messageOf(error), 300);
    const nowMs = this.clock.now();
    if (isWorld ? nowMs - row.createdAt > LONGEST_WAIT_MS : row.tries >= MAX_TRIES) return this.park(row, outcome);
    const waits = row.waits + (isWorld ? 1 : 0);
    const dueAt = nowMs + retryMs(error, isWorld ? waits : row.tries, this.random);
    const again = { dueAt, waits, tries: isWorld ? row.tries - 1 : row.tries, outcome };
    await store.commit((tx) => commands.postpone(tx, row.id, again));
  }

  private async park({ id }: CommentCommand, why: string): Promise<void> {
    await this.tables.store.commit(async (tx) => void (await this.tables.commands.end(tx, id, 'parked', why)));
  }
}

function silently(says: string): Outcome {
  return { says, answer: null, mostAnswers: 0 };
}

function notAllowed({ author, text }: CommentCommand, { fullname }: Project, branch: string): Outcome {
  const answer = `${code(text)}: commands are for those who may commit to ${code(branch)} of ${code(fullname)}.`;
  return {
    says: `${oneLine(author, 100)} may not commit to ${oneLine(branch, 100)}`,
    answer,
    mostAnswers: MOST_REFUSALS,
  };
}

/** A list needs a line of its own. */
function answerTo({ text }: CommentCommand, answer: string): string {
  return `${code(text)}:${answer.startsWith('- ') ? '\n\n' : ' '}${answer}`;
}
