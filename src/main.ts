#!/usr/bin/env node
/** The program: finds the verb and hands it its world. Imports nothing statically, so that every verb starts fast. */
import type { Verb, VerbCall } from './cli/verb.js';

interface VerbEntry {
  /** Null for a verb that is for programs. */
  readonly says: string | null;
  readonly load: () => Promise<Verb>;
  /** It has processes and folders to put away: it is told of a second Ctrl-C, and only a third ends it as it stands. */
  readonly putsAway?: true;
}

const VERBS: Readonly<Record<string, VerbEntry>> = {
  serve: { says: 'run the server', load: async () => (await import('./serve.js')).serve },
  send: {
    says: 'sign a message and post it to a web-hook, as Pagure does',
    load: async () => (await import('./cli/send.js')).send,
  },
  lint: {
    says: 'say what is wrong with pipelines, without a server',
    load: async () => (await import('./cli/lint.js')).lint,
  },
  plan: {
    says: 'show which jobs a pipeline would run for an event, and why',
    load: async () => (await import('./cli/plan.js')).plan,
  },
  run: {
    says: 'run pipelines on this machine, without a server',
    load: async () => (await import('./cli/run.js')).run,
    putsAway: true,
  },
  dev: {
    says: 'watch pipelines: lint on save, run on a key',
    load: async () => (await import('./cli/dev.js')).dev,
    putsAway: true,
  },
  login: {
    says: 'sign in to a server, for the verbs below',
    load: async () => (await import('./cli/login.js')).login,
  },
  logout: { says: 'forget the token of a server', load: async () => (await import('./cli/logout.js')).logout },
  projects: { says: 'list and show projects', load: async () => (await import('./cli/projects.js')).projects },
  pipelines: {
    says: 'get, compare and replace the server-side pipelines of a project',
    load: async () => (await import('./cli/pipelines.js')).pipelines,
  },
  secrets: {
    says: 'set, list and remove the secrets of a project',
    load: async () => (await import('./cli/secrets.js')).secrets,
  },
  events: { says: 'list, show and replay events', load: async () => (await import('./cli/events.js')).events },
  runs: { says: 'list, show, watch and cancel runs', load: async () => (await import('./cli/runs.js')).runs },
  logs: { says: 'print what the jobs of a run printed', load: async () => (await import('./cli/logs.js')).logs },
  completion: {
    says: 'print the completion script of a shell',
    load: async () => (await import('./cli/completion.js')).completion,
  },
  complete: { says: null, load: async () => (await import('./cli/complete.js')).complete },
};

const USAGE = 2;
const CRASHED = 70;
const INTERRUPTED = 130;
/** As a shell reports a program that SIGPIPE ended. */
const PIPE_CLOSED = 141;

async function main(): Promise<number> {
  const [name = 'help', ...args] = process.argv.slice(2);
  const verb = VERBS[name];
  if (verb === undefined || !Object.hasOwn(VERBS, name)) return help(name);
  const { stdin, stdout, stderr, env } = process;
  const call = { args, env, cwd: process.cwd(), streams: { stdin, stdout, stderr } };
  if (name === 'serve') return (await verb.load())(call);
  if (verb.putsAway) return putAway(await verb.load(), call);
  endWithReader(stdout);
  return (await verb.load())({ ...call, interrupted: interruption() });
}

/** A reader that has seen enough (`| head`) is no error of ours. */
function endWithReader(stdout: NodeJS.WritableStream): void {
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? PIPE_CLOSED : CRASHED);
  });
}

/** The first Ctrl-C lets a verb end in order, the second ends it. */
function interruption(): AbortSignal {
  const pressed = new AbortController();
  process.on('SIGINT', () => {
    if (pressed.signal.aborted) process.exit(INTERRUPTED);
    pressed.abort();
  });
  return pressed.signal;
}

/** A terminal that is closed, and a polite end from elsewhere, count as Ctrl-C; a reader that has seen enough as two. */
async function putAway(verb: Verb, call: VerbCall): Promise<number> {
  const [first, second] = [new AbortController(), new AbortController()];
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (second.signal.aborted) process.exit(INTERRUPTED);
      (first.signal.aborted ? second : first).abort();
    });
  }
  let isRead = true;
  call.streams.stdout.on('error', () => {
    isRead = false;
    first.abort();
    second.abort();
  });
  const code = await verb({ ...call, interrupted: first.signal, killed: second.signal });
  return isRead ? code : PIPE_CLOSED;
}

async function help(name: string): Promise<number> {
  const isAsked = ['help', '--help', '-h'].includes(name);
  const shown = Object.entries(VERBS).filter(([, { says }]) => says !== null);
  const lines = shown.map(([verb, { says }]) => `  ${verb.padEnd(11)} ${says}`);
  const text = ['usage: pagure-actions VERB [options]', '', ...lines, '', 'VERB --help says more.', ''].join('\n');
  if (isAsked) {
    const { EXIT_CODES } = await import('./cli/verb.js');
    process.stdout.write(`${text}\n${EXIT_CODES}\n`);
    return 0;
  }
  const { nearestWord } = await import('./kernel/suggest.js');
  const near = nearestWord(
    name,
    shown.map(([verb]) => verb),
  );
  const hint = near === null ? '' : ` Did you mean ${near}?`;
  process.stderr.write(`error: there is no verb ${JSON.stringify(name)}.${hint}\n\n${text}`);
  return USAGE;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(
    `pagure-actions stopped by an error of its own: ${error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exitCode = CRASHED;
}
