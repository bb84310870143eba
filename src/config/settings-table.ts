/** Every setting of the server, once: the reader reads by this table, `docs/configuration.md` is made from it. */
import {
  type Kind,
  address,
  duration,
  flag,
  hostName,
  hostOrRange,
  integer,
  listOf,
  masterKey,
  nodePath,
  oneOf,
  path,
  publicUrl,
  size,
} from './kinds.js';

/** How much is logged: everything from this level on. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One setting: `server.<key>` of the file, an environment variable and, where `option` says so, `--<key>`. */
export interface SettingRow<T> {
  /** Below `server:`, with dots for nesting; null for what may only come from the environment. */
  readonly key: string | null;
  readonly variable: string;
  /** Without the dashes; null for what must not stand on a command line. */
  readonly option: string | null;
  readonly kind: Kind<T>;
  /** As it would be written; null when there is none. */
  readonly fallback: readonly string[] | null;
  /** What happens when it is not set, for people. */
  readonly fallbackSays: string;
  readonly description: string;
}

const variableOf = (key: string) => `PAGURE_ACTIONS_${key.replaceAll('.', '_').toUpperCase()}`;
const optionOf = (key: string) => key.replaceAll(/[._]/g, '-');

function row<T>(key: string, kind: Kind<T>, description: string): SettingRow<T> {
  const names = { key, variable: variableOf(key), option: optionOf(key) };
  return { ...names, kind, fallback: null, fallbackSays: '', description };
}

/** A setting that always has a value. */
function set<T>(key: string, kind: Kind<T>, fallback: string, description: string): SettingRow<T> {
  return { ...row<T>(key, kind, description), fallback: [fallback], fallbackSays: `\`${fallback}\`` };
}

/** A setting that is null when nobody gives it. */
function open<T>(key: string, kind: Kind<T>, fallbackSays: string, description: string): SettingRow<T | null> {
  return { ...row<T | null>(key, kind, description), fallbackSays };
}

function list(
  key: string,
  item: Kind<string>,
  fallbackSays: string,
  description: string,
): SettingRow<readonly string[]> {
  return { ...row<readonly string[]>(key, listOf(item), description), fallback: [], fallbackSays };
}

export const SERVER_SETTINGS = {
  dataDir: set<string>(
    'data_dir',
    path,
    './data',
    'Folder of the database, the mirrors and the logs. Made with mode 0700; one that others may enter is refused.',
  ),
  stateDir: open(
    'state_dir',
    path,
    '`$XDG_STATE_HOME/pagure-actions`, else `~/.local/state/pagure-actions`',
    'Folder of the master key and of the first API token. It must not lie inside `data_dir`: a copy of the data would hold the key to it.',
  ),
  address: set<string>(
    'address',
    address,
    '127.0.0.1',
    'Address to listen on. It speaks plain http: put a TLS proxy in front before others can reach it.',
  ),
  port: set<number>('port', integer(0, 65_535), '8080', 'Port to listen on; 0 takes a free one.'),
  publicUrl: open(
    'public_url',
    publicUrl,
    'made of `address` and `port`',
    'How people reach this server: flags on Pagure link to it. Its host needs a dot, unless it is localhost or an IP address.',
  ),
  allowedHosts: list(
    'allowed_hosts',
    hostName,
    'none more',
    'Further names under which requests may ask for this server (`Host` header), besides that of `public_url`, `address` and the loopback names.',
  ),
  slots: set<number>('slots', integer(1, 64), '2', 'How many jobs run at once.'),
  drainMs: set<number>(
    'drain',
    duration,
    '30s',
    'How long running jobs may take to end when the server is told to stop; what is not done then is put back.',
  ),
  hostSharesEverything: set<boolean>(
    'host_shares_everything',
    flag,
    'false',
    "Allows more than one project although jobs run as the server's own user and can so read each other's data.",
  ),
  staleAfterMs: set<number>(
    'stale_after',
    duration,
    '7d',
    'A verified delivery that was sent longer ago than this is stored, but starts nothing until somebody releases it.',
  ),
  aheadMs: set<number>(
    'ahead_limit',
    duration,
    '10m',
    'The same for one that claims to be sent this far in the future.',
  ),
  mirrorBytes: set<number>(
    'mirror_limit',
    size,
    '16GiB',
    'How large the mirror of a project may become. What is larger is fetched no further: its events wait, and say so.',
  ),
  logBytes: set<number>('log_limit', size, '256MiB', 'How much of a job’s output is kept.'),
  nodes: list(
    'nodes',
    nodePath,
    'the one that runs the server',
    'Other Nodes for JavaScript actions, each `node20=/opt/node20/bin/node`: an action is run by the one that is nearest to what it wants.',
  ),
  toolCacheMs: set<number>(
    'tool_cache_age',
    duration,
    '90d',
    'The tool cache of a project is deleted when none of its jobs has run for so long.',
  ),
  logLevel: set<LogLevel>(
    'log_level',
    oneOf(LOG_LEVELS),
    'info',
    'How much the server tells of itself on standard error; `info` has a line for every request.',
  ),
  metricsPublic: set<boolean>(
    'metrics_public',
    flag,
    'false',
    'Answers `/metrics` without a token. Otherwise it needs one of role `read` that is not limited to projects.',
  ),
  egressAllow: list(
    'egress.allow',
    hostOrRange,
    'none',
    'Hosts, addresses and ranges that may be private or loopback and may be contacted by plain http. All else must be public and https.',
  ),
  egressFileRoot: open('egress.file_root', path, 'none', 'The one folder below which `file:` URLs may lie.'),
  masterKey: {
    ...open('master_key', masterKey, 'a file `master.key` in `state_dir`, made at the first start', ''),
    key: null,
    option: null,
    description:
      'Seals keys and tokens in the database: 32 bytes as 64 hex digits or in base64. Keep it apart from the data.',
  },
} as const;

type ValueOf<Row> = Row extends SettingRow<infer T> ? T : never;

/** What the table's rows come to, by the name of their property. */
export type ServerValues = { readonly [Name in keyof typeof SERVER_SETTINGS]: ValueOf<(typeof SERVER_SETTINGS)[Name]> };

/** The keys below `projects:`, for the reader's "did you mean" and for the page. */
export const PROJECT_KEYS = {
  instance: 'URL of the Pagure instance. Required.',
  instance_aliases: 'Other URLs under which its deliveries may name it.',
  fullname: 'Name of the project there: `lab`, `rpms/bash`, `forks/bob/lab`. Required.',
  keys: 'One to three web-hook keys, each `{env: NAME}` or `{file: PATH}`: the newest and, during a change, the older ones. Required.',
  token: 'Pagure API token that sets flags (ACL `commit_flag`), as `{env: NAME}` or `{file: PATH}`.',
  repository:
    "Where it is fetched from instead of the forge's own URL: `{url, ssh_key, host_keys}`, the URL an ssh URL with a private key of the project (`{env: NAME}` or `{file: PATH}`, without a passphrase) and the keys of its host as `ssh-keyscan` prints them, or a file URL below `server.egress.file_root`.",
  settings:
    '`allow_sha1` (default false): accept the SHA-1 signature alone. `checkout` (default true): check the commit out before the first step. `flags` (default `pipeline`): what has a flag, `pipeline` alone or each `job` as well. `required`: names of pipelines whose flag somebody waits for; one that a path filter skips shows `success`. `summary_comment` (default false): one comment on each pull-request says what its pipelines came to, when all of a head are done (ACL `pull_request_comment`). `commands`: words that are commands when they are a whole comment, each for one of ours (`{"[citest]": /rerun}`). `strangers` (default `approval`): pull-requests of forks wait for an approval of each commit, or `never` start anything. `untrusted_jobs` (default 4) and `untrusted_jobs_per_pull_request` (default 2): how many jobs that are not trusted run at once.',
  pipelines: 'Server-side pipelines: a list of `{name, path}`.',
  secrets:
    'What trusted jobs get as `secrets.NAME`: a list of `{name, value, refs}`, each value `{env: NAME}` or `{file: PATH}`. They go to the default branch and tags, and to what the patterns of `refs` add (`release/*`); `!` takes away, and the last one that matches decides (`!**`, `main`: `main` alone).',
} as const;

export const PROJECT_SETTING_KEYS = [
  'allow_sha1',
  'checkout',
  'flags',
  'required',
  'summary_comment',
  'commands',
  'strangers',
  'untrusted_jobs',
  'untrusted_jobs_per_pull_request',
] as const;
