/** Comments on pull-requests and issues: what a message tells of a new one, what Pagure itself shows, and how one is written. */
import { Refusal } from '../../kernel/errors.js';
import { isJsonObject } from '../../kernel/json.js';
import type { Thread } from '../../model/comment-command.js';
import type { ForgeMessage, ForgeProject, SendFlagAnswer, ShownComment, ToldComment } from '../forge.js';
import { isFinal, objectIn, reasonOf, unusable } from './answers.js';
import { countAt, listAt, nameAt, objectAt, textAt } from './fields.js';
import type { PagureHttp } from './http.js';
import { apiUrl } from './paths.js';

interface Asked {
  readonly project: ForgeProject;
  readonly token: string | null;
}

const TOPICS: ReadonlyMap<string, { readonly thread: Thread['thread']; readonly key: string }> = new Map([
  ['pull-request.comment.added', { thread: 'pull-request', key: 'pullrequest' }],
  ['issue.comment.added', { thread: 'issue', key: 'issue' }],
]);

/** Rights that a token needs to comment, as Pagure's page of tokens calls them. */
const ACLS = { 'pull-request': 'pull_request_comment', issue: 'issue_comment' } as const;
/** Pagure's codes for a number that nothing has, and for a project that takes none. */
const NO_THREAD = ['ENOREQ', 'ENOISSUE', 'EPULLREQUESTSDISABLED', 'ETRACKERDISABLED'];
/** Every comment comes with all others of its thread. */
const LARGEST_THREAD = 32 * 1024 * 1024;

/** The last of all is the new one (FACTS §2). Null for what the forge wrote itself, and when it was not the agent who wrote it. */
export function readToldComment({ topic, msg }: ForgeMessage): ToldComment | null {
  const known = TOPICS.get(topic);
  if (known === undefined) return null;
  const about = objectAt(msg, known.key) ?? undefined;
  const last = objectAt(listAt(about, 'comments').at(-1));
  const [number, commentId] = [countAt(about, 'id'), countAt(last ?? undefined, 'id')];
  if (last === null || number === null || commentId === null || last['notification'] !== false) return null;
  const author = nameAt(last, 'user', 'name');
  const text = textAt(last, 'comment');
  if (author === null || text === null || author !== nameAt(msg, 'agent')) return null;
  return { thread: known.thread, number, commentId, author, text };
}

/** Oldest first; null when there is no such thread. Throws a retryable Fault for anything but a plain answer. */
export async function askComments(
  http: PagureHttp,
  { project, token }: Asked,
  { thread, number }: Thread,
): Promise<readonly ShownComment[] | null> {
  const url = apiUrl(project, thread, String(number));
  const answer = await http.ask({ method: 'GET', url, token, mostBytes: LARGEST_THREAD });
  const object = objectIn(answer);
  if (answer.status === 200 && object?.['id'] === number)
    return listAt(object, 'comments').filter(isJsonObject).flatMap(shownComment);
  const code = textAt(object ?? {}, 'error_code') ?? '';
  if (answer.status >= 400 && answer.status < 500 && NO_THREAD.includes(code)) return null;
  throw unusable(answer, object, 'none');
}

function shownComment(comment: Parameters<typeof countAt>[0]): readonly ShownComment[] {
  const id = countAt(comment, 'id');
  if (id === null || !isJsonObject(comment)) return [];
  const text = textAt(comment, 'comment') ?? '';
  return [{ id, author: nameAt(comment, 'user', 'name'), text, isNotification: comment['notification'] !== false }];
}

/** Pagure's answer holds no id of the comment. */
export async function postComment(
  http: PagureHttp,
  { project, token }: Asked,
  { thread, number, text }: Thread & { readonly text: string },
): Promise<SendFlagAnswer> {
  const url = apiUrl(project, thread, String(number), 'comment');
  try {
    const answer = await http.ask({ method: 'POST', url, token, form: { comment: text } });
    const object = objectIn(answer);
    if (answer.status === 200 && object !== null) return { kind: 'sent' };
    if (isFinal(answer, object)) return { kind: 'refused', reason: reasonOf(answer, object, ACLS[thread]) };
    throw unusable(answer, object, ACLS[thread]);
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'refused', reason: error.message };
    throw error;
  }
}

/** Whose token it is; null for one that Pagure does not take. */
export async function askUser(http: PagureHttp, instance: string, token: string): Promise<string | null> {
  const answer = await http.ask({ method: 'POST', url: `${instance}/api/0/-/whoami`, token, form: {} });
  const object = objectIn(answer);
  const name = nameAt(object ?? {}, 'username');
  if (answer.status === 200 && name !== null) return name;
  if (answer.status === 401 && object !== null) return null;
  throw unusable(answer, object, 'none');
}
