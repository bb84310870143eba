#!/usr/bin/env node
/** The program: finds the verb and hands it its world. Imports nothing statically, so that every verb starts fast. */
import type { Verb } from './cli/verb.js';

const VERBS: Readonly<Record<string, { readonly says: string; readonly load: () => Promise<Verb> }>> = {
  serve: { says: 'run the server', load: async () => (await import('./serve.js')).serve },
  send: {
    says: 'sign a message and post it to a web-hook, as Pagure does',
    load: async () => (await import('./cli/send.js')).send,
  },
};

const USAGE = 2;
const CRASHED = 70;

async function main(): Promise<number> {
  const [name = 'help', ...args] = process.argv.slice(2);
  const verb = VERBS[name];
  if (verb === undefined || !Object.hasOwn(VERBS, name)) return help(name);
  const { stdin, stdout, stderr, env } = process;
  return (await verb.load())({ args, env, cwd: process.cwd(), streams: { stdin, stdout, stderr } });
}

function help(name: string): number {
  const isAsked = ['help', '--help', '-h'].includes(name);
  const lines = Object.entries(VERBS).map(([verb, { says }]) => `  ${verb.padEnd(10)} ${says}`);
  const text = ['usage: pagure-actions VERB [options]', '', ...lines, '', 'VERB --help says more.', ''].join('\n');
  if (!isAsked) process.stderr.write(`There is no verb ${JSON.stringify(name)}.\n\n`);
  (isAsked ? process.stdout : process.stderr).write(text);
  return isAsked ? 0 : USAGE;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(
    `pagure-actions stopped by an error of its own: ${error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exitCode = CRASHED;
}
