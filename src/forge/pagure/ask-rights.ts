/** What Pagure itself says of people and pull-requests: the ground for trust, which no delivery is (TRUST.md §1, §2). */
import type { JsonObject } from '../../kernel/json.js';
import type { ForgeProject, ShownPullRequest } from '../forge.js';
import { objectIn, unusable } from './answers.js';
import { textAt } from './fields.js';
import type { Answer, PagureHttp } from './http.js';
import { apiUrl } from './paths.js';
import { readPullRequest } from './pull-request.js';

/** Pagure's code for a user, such as a deploy key's, that it has no account of. */
const NO_USER = 'ENOUSER';
/** Its codes for a number that no pull-request has, and for a project that takes none. */
const NO_PULL_REQUEST = ['ENOREQ', 'EPULLREQUESTSDISABLED'];

interface Asked {
  readonly project: ForgeProject;
  readonly token: string | null;
}

/** Throws a retryable Fault for anything but a plain yes or no. */
export async function askCommit(
  http: PagureHttp,
  { project, token }: Asked,
  { user, branch }: { readonly user: string; readonly branch: string },
): Promise<boolean> {
  const query = new URLSearchParams({ user, branch }).toString();
  const answer = await http.ask({ method: 'GET', url: `${apiUrl(project, 'hascommit')}?${query}`, token });
  const object = objectIn(answer);
  const says = object?.['hascommit'];
  if (answer.status === 200 && typeof says === 'boolean') return says;
  if (isRefused(answer, object, [NO_USER])) return false;
  throw unusable(answer, object, 'none');
}

/** Throws a retryable Fault for anything but a pull-request of this number, or a plain no. */
export async function askPullRequest(
  http: PagureHttp,
  { project, token }: Asked,
  number: number,
): Promise<ShownPullRequest | null> {
  const answer = await http.ask({ method: 'GET', url: apiUrl(project, 'pull-request', String(number)), token });
  const object = objectIn(answer);
  const shown = object && readPullRequest({ pullrequest: object }, project);
  if (answer.status === 200 && shown?.number === number)
    return { ...shown, isOpen: textAt(object, 'status') === 'Open' };
  if (isRefused(answer, object, NO_PULL_REQUEST)) return null;
  throw unusable(answer, object, 'none');
}

function isRefused({ status }: Answer, object: JsonObject | null, codes: readonly string[]): boolean {
  return status >= 400 && status < 500 && codes.includes(textAt(object ?? {}, 'error_code') ?? '');
}
