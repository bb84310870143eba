/** The part of Pagure's REST API that a CI uses, with its quirks (FACTS §4). */
import type { Json, JsonObject } from '../../src/kernel/json.js';
import { type FlagFields, readFlagFields } from './flag-form.js';
import { flagObject, projectObject, type StandInFlag, type StandInProject, type StandInToken } from './projects.js';
import type { StandInComments } from './comments.js';
import type { StandInRights } from './rights.js';

/** A request of which the body was read. */
export interface ApiRequest {
  readonly method: string;
  /** Path with its query, as sent. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface ApiAnswer {
  readonly status: number;
  readonly type: 'application/json' | 'text/html';
  readonly body: string;
}

/** What the API reads and changes. */
export interface ApiState {
  readonly appUrl: string;
  now(): number;
  newUid(): string;
  project(fullname: string): StandInProject | null;
  token(text: string): StandInToken | null;
  flagsOf(commit: string): readonly StandInFlag[];
  keepFlag(flag: StandInFlag): void;
  readonly rights: StandInRights;
  readonly comments: StandInComments;
}

/** Null for a path that is no API call of ours. */
export function answerApi(state: ApiState, request: ApiRequest): ApiAnswer | null {
  const path = decodeURIComponent(new URL(request.path, state.appUrl).pathname);
  const flag = /^\/api\/0\/(.+)\/c\/([^/]+)\/flag\/?$/.exec(path);
  if (flag) return answerFlag(state, request, fullnameOf(flag[1] ?? ''), flag[2] ?? '');
  if (path === '/api/0/-/whoami') return whoAmI(state, request);
  const key = /^\/api\/0\/(.+)\/webhook\/token\/?$/.exec(path);
  if (key && request.method === 'GET') return showKey(state, request, fullnameOf(key[1] ?? ''));
  const right = /^\/api\/0\/(.+)\/hascommit\/?$/.exec(path);
  if (right) return answerRight(state, request, fullnameOf(right[1] ?? ''));
  const pull = /^\/api\/0\/(.+)\/pull-request\/(\d+)\/?$/.exec(path);
  if (pull && request.method === 'GET') return showPull(state, request, fullnameOf(pull[1] ?? ''), pull[2] ?? '');
  const comment = /^\/api\/0\/(.+)\/(pull-request|issue)\/(\d+)\/comment\/?$/.exec(path);
  if (comment && request.method === 'POST')
    return postComment(state, request, {
      fullname: fullnameOf(comment[1] ?? ''),
      kind: comment[2] ?? '',
      number: comment[3] ?? '',
    });
  const issue = /^\/api\/0\/(.+)\/issue\/(\d+)\/?$/.exec(path);
  if (issue && request.method === 'GET') return showIssue(state, request, fullnameOf(issue[1] ?? ''), issue[2] ?? '');
  const project = /^\/api\/0\/([^-].*?)\/?$/.exec(path);
  return project && request.method === 'GET' ? showProject(state, request, fullnameOf(project[1] ?? '')) : null;
}

/** The API says `fork`, fullnames say `forks`. */
function fullnameOf(path: string): string {
  return path.replace(/^fork\//, 'forks/');
}

function whoAmI(state: ApiState, request: ApiRequest): ApiAnswer {
  const token = checkToken(state, request, []);
  return typeof token === 'string' ? invalidToken(token) : json(200, { username: token.user });
}

function showProject(state: ApiState, request: ApiRequest, fullname: string): ApiAnswer {
  const project = visibleProject(state, request, fullname);
  return project ? json(200, projectObject(state.appUrl, project)) : noProject();
}

/** To the owner and to collaborators, whatever their token may do. */
function showKey(state: ApiState, request: ApiRequest, fullname: string): ApiAnswer {
  const token = checkToken(state, request, []);
  if (typeof token === 'string') return invalidToken(token);
  const project = visibleProject(state, request, fullname);
  if (!project) return noProject();
  const isTheirs = token.user === project.owner || state.rights.mayCommit(fullname, token.user, '*');
  return isTheirs
    ? json(200, { webhook: { token: project.key } })
    : error(401, 'EMODIFYPROJECTNOTALLOWED', 'Not allowed');
}

/** Public, as the project is. */
function answerRight(state: ApiState, request: ApiRequest, fullname: string): ApiAnswer {
  const query = new URL(request.path, state.appUrl).searchParams;
  const [user, branch] = [query.get('user'), query.get('branch')];
  if (!visibleProject(state, request, fullname)) return noProject();
  if (!user || !branch) return error(400, 'EINVALIDREQ', 'Invalid or incomplete input submitted');
  const hascommit = state.rights.mayCommit(fullname, user, branch);
  return json(200, { args: { username: user, branch }, hascommit });
}

function showPull(state: ApiState, request: ApiRequest, fullname: string, number: string): ApiAnswer {
  if (!visibleProject(state, request, fullname)) return noProject();
  const pull = state.rights.pull(fullname, number);
  if (pull === null) return error(404, 'ENOREQ', 'Pull-Request not found');
  return json(200, state.comments.withWritten(`${fullname} pull-request ${number}`, pull));
}

function showIssue(state: ApiState, request: ApiRequest, fullname: string, number: string): ApiAnswer {
  if (!visibleProject(state, request, fullname)) return noProject();
  const issue = state.comments.issue(fullname, number);
  if (issue === null) return error(404, 'ENOISSUE', 'Issue not found');
  return json(200, state.comments.withWritten(`${fullname} issue ${number}`, issue));
}

interface CommentPlace {
  readonly fullname: string;
  /** As in the path. */
  readonly kind: string;
  readonly number: string;
}

function postComment(state: ApiState, request: ApiRequest, { fullname, kind, number }: CommentPlace): ApiAnswer {
  const acl = kind === 'issue' ? 'issue_comment' : 'pull_request_comment';
  const token = checkToken(state, request, [acl]);
  if (typeof token === 'string') return invalidToken(token);
  if (!visibleProject(state, request, fullname)) return noProject();
  const isThere = kind === 'issue' ? state.comments.issue(fullname, number) : state.rights.pull(fullname, number);
  if (isThere === null) return error(404, kind === 'issue' ? 'ENOISSUE' : 'ENOREQ', 'Not found');
  const sent = readSent(request);
  const text = sent === 'integer' ? '' : (sent.get('comment') ?? '').trim();
  if (text === '') return error(400, 'EINVALIDREQ', 'Invalid or incomplete input submitted');
  state.comments.write(`${fullname} ${kind} ${number}`, token.user, text);
  return json(200, { message: 'Comment added', comment_uploaded: true });
}

function answerFlag(state: ApiState, request: ApiRequest, fullname: string, commit: string): ApiAnswer {
  if (request.method === 'POST') return postFlag(state, request, fullname, commit);
  if (!visibleProject(state, request, fullname)) return noProject();
  const flags = state.flagsOf(commit).filter((flag) => flag.project === fullname);
  return json(200, { flags: flags.map((flag) => flagObject(state.appUrl, flag)), total_flags: flags.length });
}

function postFlag(state: ApiState, request: ApiRequest, fullname: string, commit: string): ApiAnswer {
  const token = checkToken(state, request, ['commit_flag']);
  if (typeof token === 'string') return invalidToken(token);
  const project = visibleProject(state, request, fullname);
  if (!project) return noProject();
  if (token.project !== null && token.project !== fullname) return invalidToken('Invalid token');
  if (!/^[0-9a-f]+$/i.test(commit)) return error(404, 'ENOCOMMIT', 'Commit not found in this repository');
  const sent = readSent(request);
  if (sent === 'integer') return serverError();
  const fields = readFlagFields(sent);
  if ('errors' in fields)
    return error(400, 'EINVALIDREQ', 'Invalid or incomplete input submitted', { ...fields.errors });
  return keepFlag(state, { project, token, commit, fields });
}

interface Accepted {
  readonly project: StandInProject;
  readonly token: StandInToken;
  readonly commit: string;
  readonly fields: FlagFields;
}

/** A flag is looked up by commit and uid over the whole instance: another project's is updated too. */
function keepFlag(state: ApiState, { project, token, commit, fields }: Accepted): ApiAnswer {
  const uid = fields.uid ?? state.newUid();
  const earlier = state.flagsOf(commit).find((flag) => flag.uid === uid);
  const now = state.now();
  const flag: StandInFlag = {
    ...fields,
    uid,
    commit,
    project: earlier?.project ?? project.fullname,
    user: token.user,
    createdAt: earlier?.createdAt ?? now,
    updatedAt: now,
  };
  state.keepFlag(flag);
  return json(200, { flag: flagObject(state.appUrl, flag), message: earlier ? 'Flag updated' : 'Flag added', uid });
}

/** Form data or a JSON object of texts; a whole number in JSON breaks the real server. */
function readSent({ headers, body }: ApiRequest): ReadonlyMap<string, string> | 'integer' {
  if (!String(headers['content-type']).includes('json')) return new Map(new URLSearchParams(body));
  const sent = Object.entries(JSON.parse(body) as JsonObject);
  if (sent.some(([, value]) => typeof value === 'number')) return 'integer';
  return new Map(sent.map(([key, value]) => [key, String(value)]));
}

/** The token, or why it is refused. Only the word `token` is understood, not `Bearer`. */
function checkToken(state: ApiState, { headers }: ApiRequest, acls: readonly string[]): StandInToken | string {
  const text = /^token (.+)$/.exec(String(headers['authorization'] ?? ''))?.[1];
  const token = text === undefined ? null : state.token(text.trim());
  if (token === null) return 'Invalid token';
  if (token.expiresAt !== null && token.expiresAt <= state.now()) return 'Expired token';
  const missing = acls.filter((acl) => !token.acls.includes(acl));
  return missing.length > 0 ? `Missing ACLs: ${missing.join(', ')}` : token;
}

/** A private project does not exist for whoever has no good token of somebody who may see it. */
function visibleProject(state: ApiState, request: ApiRequest, fullname: string): StandInProject | null {
  const project = state.project(fullname);
  if (project === null || project.isPublic) return project;
  const token = checkToken(state, request, []);
  return typeof token !== 'string' && (token.user === project.owner || token.project === fullname) ? project : null;
}

function noProject(): ApiAnswer {
  return error(404, 'ENOPROJECT', 'Project not found');
}

function invalidToken(why: string): ApiAnswer {
  const message = 'Invalid or expired token. Please visit the settings to get or renew your API token.';
  return error(401, 'EINVALIDTOK', message, why);
}

export function serverError(): ApiAnswer {
  return { status: 500, type: 'text/html', body: '<html><h1>Internal Server Error</h1></html>' };
}

function error(status: number, code: string, message: string, errors?: Json): ApiAnswer {
  return json(status, { error: message, error_code: code, ...(errors === undefined ? {} : { errors }) });
}

function json(status: number, value: JsonObject): ApiAnswer {
  return { status, type: 'application/json', body: JSON.stringify(value) };
}
