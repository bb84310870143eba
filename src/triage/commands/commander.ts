/** Is a comment really there, and may its author give commands? Asked of the forge, since no delivery can say so (TRUST.md §1, §2). */
import type { Forge, ShownPullRequest } from '../../forge/forge.js';
import type { Forges } from '../../forge/forges.js';
import type { Git } from '../../git/git.js';
import { type CommentCommand, NOT_SHOWN } from '../../model/comment-command.js';
import type { Project } from '../../model/project.js';
import type { Projects } from '../../store/projects.js';

/** Somebody whose command is obeyed. */
export interface Commander {
  readonly project: Project;
  /** As the forge shows it now; null on an issue. */
  readonly pull: ShownPullRequest | null;
  /** May they commit to the default branch as well? */
  readonly isTrusted: boolean;
}

export type CommanderAnswer =
  | { readonly kind: 'may'; readonly commander: Commander }
  /** They are told so. */
  | { readonly kind: 'may not'; readonly branch: string }
  /** Nobody is told: it is no command of anybody. */
  | { readonly kind: 'none'; readonly why: string };

interface Asking {
  readonly forge: Forge;
  readonly project: Project;
  /** For reading. */
  readonly token: string | null;
}

export class FindCommander {
  constructor(
    private readonly projects: Projects,
    private readonly forges: Forges,
    private readonly git: Git,
  ) {}

  /** Throws a retryable Fault while the forge does not answer. */
  async find(command: CommentCommand, project: Project): Promise<CommanderAnswer> {
    const forge = this.forges.of(project.instance);
    const held = await this.projects.openToken(project.id);
    const asking = { forge, project, token: project.public ? null : held };
    const differs = await this.differs(asking, command);
    if (differs !== null) return { kind: 'none', why: differs };
    if (held !== null && (await forge.userOf(project, held)) === command.author)
      return { kind: 'none', why: 'it was written by the user whose token is used here' };
    return this.judge(asking, command);
  }

  private async differs({ forge, project, token }: Asking, command: CommentCommand): Promise<string | null> {
    const shown = (await forge.readComments(project, token, command))?.find(({ id }) => id === command.commentId);
    if (shown === undefined) return NOT_SHOWN.notThere;
    const isSame = shown.author === command.author && shown.text.trim() === command.text && !shown.isNotification;
    return isSame ? null : NOT_SHOWN.otherwise;
  }

  private async judge({ forge, project, token }: Asking, command: CommentCommand): Promise<CommanderAnswer> {
    const pull = command.thread === 'issue' ? null : await forge.readPullRequest(project, token, command.number);
    if (command.thread === 'pull-request' && pull === null)
      return { kind: 'none', why: 'the forge shows no such pull-request' };
    const head = (await this.git.defaultBranch(project.id))?.replace(/^refs\/heads\//, '') ?? null;
    const branch = pull?.targetBranch ?? head;
    if (branch === null || branch === '') return { kind: 'none', why: 'the repository holds no commit yet' };
    const may = (one: string) => forge.mayCommit(project, token, { user: command.author, branch: one });
    if (!(await may(branch))) return { kind: 'may not', branch };
    const isTrusted = head !== null && (head === branch || (await may(head)));
    return { kind: 'may', commander: { project, pull, isTrusted } };
  }
}
