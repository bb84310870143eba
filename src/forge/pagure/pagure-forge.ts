/** Pagure behind the port of the forge. */
import { Refusal } from '../../kernel/errors.js';
import { isJsonObject } from '../../kernel/json.js';
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
  type WantedFlag,
} from '../forge.js';
import { askCommit, askPullRequest } from './ask-rights.js';
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

  readPullRequest(project: ForgeProject, token: string | null, number: number): Promise<ShownPullRequest | null> {
    return askPullRequest(this.http, { project, token }, number);
  }
}

function judgeSent(answer: Answer): SendFlagAnswer {
  const object = objectIn(answer);
  if (answer.status === 200 && object !== null) return { kind: 'sent' };
  if (isFinal(answer, object)) return { kind: 'refused', reason: reasonOf(answer, object, FLAG_ACL) };
  throw unusable(answer, object, FLAG_ACL);
}
