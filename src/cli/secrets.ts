/** `secrets`: what jobs of a project get as `secrets.NAME`: set, listed by name, removed; never read back. */
import type { Command } from 'commander';
import type { SecretAnswer } from './api/answers.js';
import { acting, type AskOptions, type Desk, helpTail, jsonOption, urlOption, verbOf } from './desk.js';
import { findProject } from './find-project.js';
import { askLine, readPiped } from './logins/ask.js';
import { readText } from './pipeline-text.js';
import { jsonLine, plainText } from './screen/plain-text.js';
import { isTerminal } from './screen/screen.js';
import { relativeTime } from './screen/times.js';

interface SetOptions extends AskOptions {
  readonly file?: string;
  readonly ref?: readonly string[];
}

export const secrets = verbOf('secrets', defineSecrets);

const EXAMPLES = ['secrets set lab DEPLOY_KEY --file deploy.key', 'secrets list lab', 'secrets remove lab DEPLOY_KEY'];

export function defineSecrets(command: Command, desk: Desk): void {
  command.description('Set, list and remove the secrets of a project.').addHelpText('after', helpTail(EXAMPLES));
  secretsCommand(command, 'list', 'List the secrets of a project by name; a value is never shown.')
    .addHelpText('after', helpTail(['secrets list lab']))
    .action(acting(desk, (project: string, options: AskOptions) => list(desk, project, options)));
  secretsCommand(command, 'set', 'Set a secret: the value is read from a file, from stdin, or asked for.')
    .argument('<name>', 'letters, digits and underscores; its case is ignored')
    .option('--file <file>', 'file with the value')
    .option(
      '--ref <pattern...>',
      'refs that it goes to besides the default branch and tags, like release/*; ! takes away',
    )
    .addHelpText(
      'after',
      helpTail([
        'secrets set lab DEPLOY_KEY --file deploy.key',
        "secrets set lab TOKEN --ref 'release/*' < token",
        "secrets set lab TOKEN --ref '!**' main < token",
      ]),
    )
    .action(
      acting(desk, (project: string, name: string, options: SetOptions) => set(desk, { project, name }, options)),
    );
  secretsCommand(command, 'remove', 'Take a secret away.')
    .argument('<name>', 'as the list shows it')
    .addHelpText('after', helpTail(['secrets remove lab DEPLOY_KEY']))
    .action(
      acting(desk, (project: string, name: string, options: AskOptions) => remove(desk, { project, name }, options)),
    );
}

function secretsCommand(command: Command, name: string, says: string): Command {
  return command
    .command(name)
    .description(says)
    .argument('<project>', 'full name or id')
    .addOption(jsonOption())
    .addOption(urlOption());
}

interface Named {
  readonly project: string;
  readonly name: string;
}

async function list(desk: Desk, word: string, options: AskOptions): Promise<void> {
  const { screen, clock } = desk;
  const { api } = await desk.connect(options);
  const project = await findProject(api, word);
  const found = await api.secrets(project.id);
  if (options.json) return found.forEach((secret) => screen.line(jsonLine(secret)));
  if (found.length === 0) return screen.aside(`${plainText(project.fullname)} has no secret.`);
  await screen.table({
    columns: [
      { title: 'SECRET', least: 16 },
      { title: 'GOES TO', least: 16 },
      { title: 'CHANGED' },
      { title: 'DECLARED BY', least: 10, leftOut: 1 },
    ],
    rows: found.map((secret) => [
      screen.paint.name(plainText(secret.name)),
      plainText(goesTo(secret)),
      relativeTime(secret.updatedAt, clock.now()),
      plainText(secret.declaredBy ?? ''),
    ]),
  });
}

function goesTo({ refs }: SecretAnswer): string {
  const isAll = (pattern: string) => pattern === '!**';
  const from = refs.findLastIndex(isAll) + 1;
  const named = refs.slice(from).map((pattern) => (pattern.startsWith('!') ? `not ${pattern.slice(1)}` : pattern));
  return [...(from > 0 ? [] : ['default branch', 'tags']), ...named].join(', ') || 'no ref';
}

async function set(desk: Desk, { project: word, name }: Named, options: SetOptions): Promise<void> {
  const { api } = await desk.connect(options);
  const project = await findProject(api, word);
  const value = (await readValue(desk, name, options)).replace(/\r?\n$/, '');
  const secret = await api.putSecret(project.id, name, { value, refs: options.ref ?? [] });
  const line = `Secret ${plainText(secret.name)} of ${plainText(project.fullname)} is set: it goes to ${plainText(goesTo(secret))}.`;
  desk.screen.line(options.json ? jsonLine(secret) : line);
}

/** Never from the command line: others see those. */
async function readValue({ call }: Desk, name: string, { file }: SetOptions): Promise<string> {
  if (file !== undefined) return readText(call, file);
  if (!isTerminal(call.streams.stdin)) return readPiped(call);
  return askLine(call.streams, `Value of ${plainText(name)} (it is not shown): `, 'hidden');
}

async function remove(desk: Desk, { project: word, name }: Named, options: AskOptions): Promise<void> {
  const { api } = await desk.connect(options);
  const project = await findProject(api, word);
  await api.removeSecret(project.id, name);
  const gone = { name: name.toUpperCase(), removed: true };
  const line = `Secret ${plainText(gone.name)} of ${plainText(project.fullname)} is removed.`;
  desk.screen.line(options.json ? jsonLine(gone) : line);
}
