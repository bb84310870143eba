/** `login`: takes an API token, asks the server whether it is good, and keeps it for the other verbs. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { messageOf } from '../kernel/errors.js';
import { acting, type Desk, helpTail, verbOf } from './desk.js';
import { askLine, readPiped } from './logins/ask.js';
import { serverUrl } from './logins/logins.js';
import { plainText } from './screen/plain-text.js';
import { isTerminal } from './screen/screen.js';
import { UsageError } from './verb.js';

interface LoginOptions {
  readonly url?: string;
  readonly tokenFile?: string;
}

export const login = verbOf('login', defineLogin);

export function defineLogin(command: Command, desk: Desk): void {
  command
    .description('Sign in to a server with an API token, and keep it for the other verbs.')
    .option('--url <url>', 'address of the server: https://ci.example.org')
    .option('--token-file <file>', 'file with the token; without it, it is read from stdin or asked for')
    .addOption(new Option('--token [token]').hideHelp().argParser(refuseToken))
    .addHelpText('after', helpTail(EXAMPLES))
    .action(acting(desk, (options: LoginOptions) => signIn(desk, options)));
}

const EXAMPLES = [
  'login --url https://ci.example.org',
  'login --url http://127.0.0.1:8080 --token-file state/first-token',
  'login --url https://ci.example.org < token',
];

function refuseToken(): never {
  throw new UsageError('a token is no argument, since others see those: pipe it in, or name a file with --token-file');
}

async function signIn(desk: Desk, options: LoginOptions): Promise<void> {
  const url = await askedUrl(desk, options);
  const token = (await askedToken(desk, options)).trim();
  if (!/^[!-~]{1,500}$/.test(token)) throw new UsageError('that is no token: it is one word that begins with pa_');
  const projects = await (await desk.clientOf({ url, token })).projects();
  const path = await desk.logins.keep({ url, token });
  const seen = projects.length === 1 ? '1 project' : `${projects.length} projects`;
  desk.screen.line(`Signed in to ${url}: the token sees ${seen}. It is kept in ${path}.`);
  if (isInTheClear(url))
    desk.screen.aside('warning: http:// sends the token in the clear; use https:// over a network');
}

async function askedUrl({ call, logins }: Desk, { url }: LoginOptions): Promise<string> {
  if (url !== undefined) return serverUrl(url, '--url');
  const usual = call.env['PAGURE_ACTIONS_URL'] ?? (await logins.current());
  if (!isTerminal(call.streams.stdin)) {
    if (usual === null) throw new UsageError('--url: name the server, like --url https://ci.example.org');
    return serverUrl(usual, 'PAGURE_ACTIONS_URL');
  }
  const hint = usual === null ? '' : ` [${plainText(usual)}]`;
  const answer = (await askLine(call.streams, `Address of the server${hint}: `, 'shown')).trim();
  return serverUrl(answer === '' ? (usual ?? '') : answer, 'Address');
}

async function askedToken({ call }: Desk, { tokenFile }: LoginOptions): Promise<string> {
  if (tokenFile === undefined) {
    if (!isTerminal(call.streams.stdin)) return readPiped(call);
    return askLine(call.streams, 'API token (it is not shown): ', 'hidden');
  }
  try {
    return await readFile(resolve(call.cwd, tokenFile), 'utf8');
  } catch (error) {
    throw new UsageError(`--token-file: ${tokenFile} cannot be read: ${messageOf(error)}`);
  }
}

function isInTheClear(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !/^(?:127\.|localhost$|\[::1\]$)/.test(hostname);
}
