/** What the actions of the verbs work with, and the one way from a command line to an exit code. */
import { Command, CommanderError, Option } from 'commander';
import { type Clock, SystemClock } from '../kernel/clock.js';
import type { ApiClient } from './api/api-client.js';
import { ApiRefusal, Interrupted, Unreachable } from './api/api-errors.js';
import { Unreadable } from './local/source-file.js';
import { Logins } from './logins/logins.js';
import { plainLines, plainText } from './screen/plain-text.js';
import { problemLine } from './screen/problem-line.js';
import { Screen } from './screen/screen.js';
import { EXIT, EXIT_CODES, UsageError, type Verb, type VerbCall } from './verb.js';

export class Desk {
  readonly screen: Screen;
  /** What the action that ran came to. */
  exitCode: number = EXIT.done;

  constructor(
    readonly call: VerbCall,
    readonly clock: Clock,
  ) {
    this.screen = new Screen(call);
  }

  get logins(): Logins {
    return new Logins(this.call.env);
  }

  /** To the server that is named, or that of the last login. Throws NotSignedIn. */
  async connect({ url }: { readonly url?: string }): Promise<{ readonly api: ApiClient; readonly url: string }> {
    const login = await this.logins.find(url);
    if (login === null) throw new NotSignedIn(url);
    return { api: await this.clientOf(login), url: login.url };
  }

  /** Loaded here: a verb that asks no server starts without it. */
  async clientOf(login: { readonly url: string; readonly token: string }, limitMs?: number): Promise<ApiClient> {
    const [{ ApiClient }, { HttpClient }] = await Promise.all([
      import('./api/api-client.js'),
      import('./api/http-client.js'),
    ]);
    const { interrupted } = this.call;
    return new ApiClient(new HttpClient({ ...login, clock: this.clock, interrupted, limitMs }));
  }
}

/** What `urlOption` and `jsonOption` say: which server is asked, and in which form it is told. */
export interface AskOptions {
  readonly url?: string;
  readonly json?: true;
}

/** There is no token for the server. */
export class NotSignedIn extends Error {
  override readonly name = 'NotSignedIn';

  constructor(url: string | undefined) {
    const where = url === undefined ? '' : ` at ${url}`;
    super(`you are not signed in${where}: run pagure-actions login${url === undefined ? '' : ` --url ${url}`}`);
  }
}

/** Says what a verb understands; its actions are made by `acting`. */
export type DefineVerb = (command: Command, desk: Desk) => void;

export function verbOf(name: string, define: DefineVerb, clock: Clock = new SystemClock()): Verb {
  return async (call) => {
    const desk = new Desk(call, clock);
    const command = styled(new Command(`pagure-actions ${name}`), call);
    define(command, desk);
    try {
      await command.parseAsync([...call.args], { from: 'user' });
      return desk.exitCode;
    } catch (error) {
      return explain(error, desk);
    }
  };
}

/** The one look of all verbs; sub-commands that are made later take it over. */
export function styled(command: Command, { streams }: VerbCall): Command {
  return command
    .exitOverride()
    .showSuggestionAfterError(true)
    .helpCommand(false)
    .configureHelp({ sortOptions: false, showGlobalOptions: false })
    .configureOutput({
      writeOut: (text) => void streams.stdout.write(text),
      writeErr: (text) => void streams.stderr.write(text),
    })
    .helpOption('-h, --help', 'say all this');
}

/** An action that may answer with an exit code; without one it is done. */
export function acting<Args extends unknown[]>(
  desk: Desk,
  action: (...args: Args) => Promise<number | void>,
): (...args: Args) => Promise<void> {
  return async (...args) => {
    desk.exitCode = (await action(...args)) ?? EXIT.done;
  };
}

/** `--url`, which every verb that asks a server has. */
export function urlOption(): Option {
  return new Option('--url <url>', 'server to ask (default: PAGURE_ACTIONS_URL, else that of the last login)');
}

export function jsonOption(): Option {
  return new Option('--json', 'for scripts: the objects of the API, one per line');
}

/** What stands below the options of `--help`. */
export function helpTail(examples: readonly string[]): string {
  return `\nExamples:\n${examples.map((line) => `  $ pagure-actions ${line}`).join('\n')}\n\n${EXIT_CODES}`;
}

/** An argument that must be an id. */
export function rowId(what: string): (text: string) => number {
  return (text) => {
    if (/^[1-9]\d{0,15}$/.test(text)) return Number(text);
    throw new UsageError(`"${text}" is no id of ${what}: it is a number, as the lists show it`);
  };
}

/** Says on stderr what went wrong; rejects with what nobody foresaw. */
function explain(error: unknown, { call, screen, exitCode }: Desk): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode : EXIT.usage;
  if (error instanceof Interrupted || call.interrupted?.aborted) return EXIT.interrupted;
  const told = storyOf(error);
  if (told === null) throw error;
  const [exit, ...lines] = told;
  screen.aside(`error: ${lines.map(plainLines).join('\n')}`);
  return exit;
}

function storyOf(error: unknown): readonly [number, ...string[]] | null {
  if (error instanceof UsageError || error instanceof Unreadable) return [EXIT.usage, error.message];
  if (error instanceof NotSignedIn) return [EXIT.refused, error.message];
  if (error instanceof Unreachable) return [EXIT.unreachable, error.message];
  if (!(error instanceof ApiRefusal)) return null;
  const lines = [...error.details, ...error.problems.map(problemLine)];
  return [EXIT.refused, wordsOf(error), ...lines.map((line) => `  ${plainText(line)}`)];
}

function wordsOf({ status, code, message }: ApiRefusal): string {
  const words = code === null ? message : `${message} (${status} ${code})`;
  return status === 401 ? `${words}\nSign in with a good token: pagure-actions login` : words;
}
