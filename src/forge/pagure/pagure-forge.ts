/** Pagure behind the port of the forge. */
import { Refusal } from '../../kernel/errors.js';
import type { Thread } from '../../model/comment-command.js';
import { isJsonObject, type JsonObject } from '../../kernel/json.js';
import type { EventFacts } from '../../model/event.js';
import {
  Forge,
  type ForgeContexts,
  type ForgeMessage,
  type ForgePage,
  type ForgeProject,
  type ResolvedEvent,
  type SendFlagAnswer,
  type ShownFlag,
  type ShownPullRequest,
  type ShownComment,
  type ToldComment,
  type WantedFlag,
} from '../forge.js';
import { askCommit, askPullRequest } from './ask-rights.js';
import { askComments, askUser, postComment, readToldComment } from './comments.js';
import { isFinal, objectIn, reasonOf, unusable } from './answers.js';
import { readContexts } from './contexts.js';
import { readFacts } from './facts.js';
import { listAt, textAt } from './fields.js';
import type { Answer, PagureHttp } from './http.js';
import { apiUrl, cloneUrl, pageUrl } from './paths.js';

/** The right that a token needs to flag commits, as Pagure's page of tokens calls it. */
const FLAG_ACL = 'commit_flag';
/** Pagure reads a name before the token and wants that of its user; for what is public none is needed. */
const GIT_USER = 'pagure-actions';

export class PagureForge extends Forge {
  constructor(private readonly http: PagureHttp) {
    super();
  }

  facts(message: ForgeMessage, project: ForgeProject): EventFacts {
    return readFacts(message, project);
  }

  contexts(message: ForgeMessage, project: ForgeProject, resolved: ResolvedEvent): ForgeContexts {
    return readContexts(message, project, resolved);
  }

  cloneUrl(project: ForgeProject): string {
    return cloneUrl(project);
  }

  pageUrl(project: ForgeProject, page: ForgePage): string {
    return pageUrl(project, page);
  }

  gitAuthorization(token: string | null): string | null {
    return token === null ? null : `Basic ${Buffer.from(`${GIT_USER}:${token}`).toString('base64')}`;
  }

  async isPublic(project: ForgeProject): Promise<boolean> {
    const answer = await this.http.ask({ method: 'GET', url: apiUrl(project), token: null });
    const object = objectIn(answer);
    if (answer.status === 200 && textAt(object ?? {}, 'fullname') === project.fullname) return true;
    if (object !== null && [401, 403, 404].includes(answer.status)) return false;
    throw unusable(answer, object, 'none');
  }

  /** By commit, not by pull-request: the pull-request's endpoint flags whatever its head is when it arrives (FACTS §4). */
  async sendFlag(project: ForgeProject, token: string, flag: WantedFlag): Promise<SendFlagAnswer> {
    const { commit, username, comment, url, status, uid, percent = null } = flag;
    const form = { username, comment, url, status, uid, ...(percent !== null && { percent: String(percent) }) };
    const question = { method: 'POST', url: apiUrl(project, 'c', commit, 'flag'), token, form } as const;
    try {
      return judgeSent(await this.http.ask(question));
    } catch (error) {
      if (error instanceof Refusal) return { kind: 'refused', reason: error.message };
      throw error;
    }
  }

  async readFlags(project: ForgeProject, token: string | null, commit: string): Promise<readonly ShownFlag[]> {
    const answer = await this.http.ask({ method: 'GET', url: apiUrl(project, 'c', commit, 'flag'), token });
    const object = objectIn(answer);
    if (answer.status !== 200 || !Array.isArray(object?.['flags'])) throw unusable(answer, object, FLAG_ACL);
    return listAt(object, 'flags')
      .filter(isJsonObject)
      .map((flag) => ({
        username: textAt(flag, 'username') ?? '',
        status: textAt(flag, 'status') ?? '',
        comment: textAt(flag, 'comment') ?? '',
        url: textAt(flag, 'url') ?? '',
      }));
  }

  mayCommit(
    project: ForgeProject,
    token: string | null,
    asked: { readonly user: string; readonly branch: string },
  ): Promise<boolean> {
    return askCommit(this.http, { project, token }, asked);
  }

  /** Told to the owner and to every collaborator (FACTS §4). */
  async readHookKey(project: ForgeProject, token: string): Promise<string | null> {
    const answer = await this.http.ask({ method: 'GET', url: apiUrl(project, 'webhook', 'token'), token });
    const object = objectIn(answer);
    if (answer.status === 200) return hookKeyIn(object);
    if (isFinal(answer, object)) return null;
    throw unusable(answer, object, 'none');
  }

  readPullRequest(project: ForgeProject, token: string | null, number: number): Promise<ShownPullRequest | null> {
    return askPullRequest(this.http, { project, token }, number);
  }

  toldComment(message: ForgeMessage): ToldComment | null {
    return readToldComment(message);
  }

  readComments(project: ForgeProject, token: string | null, thread: Thread): Promise<readonly ShownComment[] | null> {
    return askComments(this.http, { project, token }, thread);
  }

  sendComment(
    project: ForgeProject,
    token: string,
    comment: Thread & { readonly text: string },
  ): Promise<SendFlagAnswer> {
    return postComment(this.http, { project, token }, comment);
  }

  userOf({ instance }: ForgeProject, token: string): Promise<string | null> {
    return askUser(this.http, instance, token);
  }
}

function hookKeyIn(object: JsonObject | null): string | null {
  const key = textAt(object ?? {}, 'webhook', 'token');
  return key !== null && /^[!-~]{16,128}$/.test(key) ? key : null;
}

function judgeSent(answer: Answer): SendFlagAnswer {
  const object = objectIn(answer);
  if (answer.status === 200 && object !== null) return { kind: 'sent' };
  if (isFinal(answer, object)) return { kind: 'refused', reason: reasonOf(answer, object, FLAG_ACL) };
  throw unusable(answer, object, FLAG_ACL);
}
