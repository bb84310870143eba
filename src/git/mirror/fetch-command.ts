/** The command lines and environment with which git talks to a forge (TRUST.md §3), made without touching anything. */
import type { EgressTarget } from '../../egress/egress.js';
import { CLOSED, configVariables, type GitConfig, type GitEnvironment } from './environment.js';

/**
 * Heads and tags only: `+refs/*` would bring `refs/replace/*`, which changes what a commit shows. The negative ones leave out
 * branches and tags that are named like full refs, so that no shortened name can ever be taken for another.
 */
const REFSPECS = [
  '+refs/heads/*:refs/heads/*',
  '+refs/tags/*:refs/tags/*',
  '^refs/heads/refs/*',
  '^refs/tags/refs/*',
] as const;

/** Where the commit of the remote's HEAD is kept: a fetch tells no more of it than that. */
export const REMOTE_HEAD = 'refs/forge/HEAD';

const FETCH_OPTIONS = [
  '--quiet',
  '--prune',
  '--no-tags',
  '--no-write-fetch-head',
  '--no-recurse-submodules',
  '--no-auto-maintenance',
] as const;

/**
 * What `transfer.fsckObjects` refuses by default although it only changes how a date or a name is shown, or how an old tool
 * padded a number. Histories that were converted from CVS or written by early libraries hold such objects, and nobody can
 * mend them any more. All else stays refused, above all `.git` in any spelling, `..`, duplicate or unsorted entries, and
 * hostile `.gitmodules`.
 */
const HARMLESS = [
  'badDate',
  'badDateOverflow',
  'zeroPaddedDate',
  'missingSpaceBeforeDate',
  'badTimezone',
  'badEmail',
  'missingEmail',
  'missingSpaceBeforeEmail',
  'badName',
  'missingNameBeforeEmail',
  'multipleAuthors',
  'zeroPaddedFilemode',
] as const;

const SAFE: GitConfig = [
  ['core.hooksPath', '/dev/null'],
  // A power cut must leave no empty object that later fetches take for present: by default git does not write loose ones
  // through to the disk. A ref that is lost shows itself at the next fetch, which then makes the mirror anew.
  ['core.fsync', 'committed'],
  ['core.fsyncMethod', 'batch'],
  ['credential.helper', ''],
  ['fetch.recurseSubmodules', 'false'],
  ['gc.auto', '0'],
  ['http.followRedirects', 'false'],
  // A connection over which nothing comes for a minute is given up.
  ['http.lowSpeedLimit', '1'],
  ['http.lowSpeedTime', '60'],
  ['maintenance.auto', 'false'],
  ['transfer.fsckObjects', 'true'],
  ...HARMLESS.map((id) => [`fetch.fsck.${id}`, 'ignore'] as const),
];

export function fetchCommand(target: EgressTarget): readonly string[] {
  return ['git', 'fetch', ...FETCH_OPTIONS, '--', target.url.href, ...REFSPECS];
}

/** The same, with the commit of the remote's HEAD; fails when that has none. */
export function fetchWithHeadCommand(target: EgressTarget): readonly string[] {
  return [...fetchCommand(target), `+HEAD:${REMOTE_HEAD}`];
}

/** The head of one pull-request, and nothing else. `ref` is a checked name. */
export function pullRequestCommand(target: EgressTarget, ref: string): readonly string[] {
  const refspec = `+${ref}:refs/pull/head`;
  return ['git', 'fetch', ...FETCH_OPTIONS, '--', target.url.href, refspec];
}

/** Asks which branch the remote's HEAD stands for: its first line is `ref: <ref>\tHEAD`, none for an empty repository. */
export function headCommand(target: EgressTarget): readonly string[] {
  return ['git', 'ls-remote', '--quiet', '--symref', '--', target.url.href, 'HEAD'];
}

/** The credential is sent to the target's own origin only; it is in no argument and no file. */
export function networkEnvironment(target: EgressTarget, authorization: string | null): GitEnvironment {
  const header: GitConfig =
    authorization === null || !isWeb(target)
      ? []
      : [[`http.${target.url.origin}/.extraHeader`, `Authorization: ${authorization}`]];
  return {
    ...CLOSED,
    GIT_ALLOW_PROTOCOL: target.url.protocol.replace(':', ''),
    ...configVariables([...SAFE, ...pinned(target), ...header]),
  };
}

function isWeb({ url }: EgressTarget): boolean {
  return url.protocol === 'http:' || url.protocol === 'https:';
}

/** `HOST:PORT:ADDRESS,…` (CURLOPT_RESOLVE): curl asks no name service, so the answer that was checked is the one used. */
function pinned(target: EgressTarget): GitConfig {
  const { url, addresses } = target;
  if (addresses === null || !isWeb(target)) return [];
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const list = addresses.map(({ address, family }) => (family === 6 ? `[${address}]` : address));
  return [['http.curloptResolve', `${url.hostname}:${port}:${list.join(',')}`]];
}
