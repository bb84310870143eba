/** Names and ids of a server, and pipelines of the repository, that could stand where the cursor is. */
import { join } from 'node:path';
import type { Clock } from '../kernel/clock.js';
import type { ApiClient } from './api/api-client.js';
import { Desk } from './desk.js';
import { findProject } from './find-project.js';
import { collect } from './list-options.js';
import { findPipelineFiles, findRepository, pathFrom } from './local/repository.js';
import { standing } from './screen/paint.js';
import type { VerbCall } from './verb.js';

export interface Offer {
  /** `runs show`. */
  readonly command: string;
  readonly argument?: string;
  readonly option?: string;
  /** Each with a few words about it. */
  readonly values: readonly (readonly [string, string])[];
}

/** Nobody waits longer for a completion. */
const LIMIT_MS = 1_500;
const MOST = 30;

/** `words` are those behind the program's name; the last one is being typed. Rejects when no server answers. */
export async function offersFor(
  words: readonly string[],
  { call, clock }: { readonly call: VerbCall; readonly clock: Clock },
): Promise<readonly Offer[]> {
  const [verb = ''] = words;
  if (LOCAL.includes(verb)) return pipelineFiles(verb, call);
  const asked = askedFor(words);
  if (asked === null) return [];
  const desk = new Desk(call, clock);
  const login = await desk.logins.find(urlIn(words));
  if (login === null) return [];
  const values = await valuesOf(asked, await desk.clientOf(login, LIMIT_MS));
  return [{ ...asked, values: values.filter(isHarmless).map(([value, says]) => [value, harmless(says)]) }];
}

/** Verbs that read files and ask no server. */
const LOCAL = ['lint', 'plan', 'run'];

async function pipelineFiles(command: string, { cwd }: VerbCall): Promise<readonly Offer[]> {
  const root = await findRepository(cwd);
  if (root === null) return [];
  const { files } = await findPipelineFiles(root);
  const values = files.map((file) => [pathFrom(cwd, join(root, file)), 'a pipeline'] as const);
  return [{ command, argument: 'file', values: values.filter(([path]) => isHarmlessPath(path)) }];
}

interface Asked {
  readonly command: string;
  readonly argument?: string;
  readonly option?: string;
  /** Arguments before the one that is typed. */
  readonly given: readonly string[];
}

/** Verbs whose arguments are names or ids of the server, in order. */
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  'projects show': ['project'],
  'pipelines list': ['project'],
  'pipelines get': ['project', 'pipeline'],
  'pipelines put': ['project', 'pipeline'],
  'pipelines diff': ['project', 'pipeline'],
  'secrets list': ['project'],
  'secrets set': ['project'],
  'secrets remove': ['project'],
  'events show': ['event'],
  'events replay': ['event'],
  'events release': ['event'],
  'runs show': ['run'],
  'runs approval': ['run'],
  'runs approve': ['run'],
  'runs watch': ['run'],
  'runs cancel': ['run'],
  logs: ['run', 'job'],
};

function askedFor(words: readonly string[]): Asked | null {
  const before = words.slice(0, -1);
  const typed = words.at(-1) ?? '';
  if (before.at(-1) === '--project' || typed.startsWith('--project='))
    return { command: before.slice(0, 2).join(' '), option: 'project', given: [] };
  const command = before[0] === 'logs' ? 'logs' : before.slice(0, 2).join(' ');
  const given = argumentsIn(before.slice(command.split(' ').length));
  const argument = Object.hasOwn(ARGUMENTS, command) ? ARGUMENTS[command]?.[given.length] : undefined;
  return argument === undefined || typed.startsWith('-') ? null : { command, argument, given };
}

/** Without options; those that take a value take the next word. */
function argumentsIn(words: readonly string[]): readonly string[] {
  const takesValue = (word: string | undefined) =>
    word !== undefined && /^(?:--(?!json|follow|dry-run|force)[^=]*|-[no])$/.test(word);
  return words.filter((word, at) => !word.startsWith('-') && !takesValue(words[at - 1]));
}

function urlIn(words: readonly string[]): string | undefined {
  const at = words.indexOf('--url');
  return at === -1 ? undefined : words[at + 1];
}

async function valuesOf({ argument, option, given }: Asked, api: ApiClient): Promise<Offer['values']> {
  switch (option ?? argument) {
    case 'project':
      return (await api.projects()).map(({ fullname, id }) => [fullname, `project ${id}`]);
    case 'pipeline':
      return pipelineNames(api, given[0] ?? '');
    case 'event':
      return (await collect(api.events({}, MOST))).map(({ id, topic, summary }) => [
        String(id),
        `${topic}, ${summary}`,
      ]);
    case 'run':
      return (await collect(api.runs({}, MOST))).map((run) => [
        String(run.id),
        `${standing(run)}, ${run.pipeline.name} ${run.number} of ${run.project.fullname}, ${run.title}`,
      ]);
    default:
      return (await api.run(Number(given[0]))).jobs.map((job) => [job.key, standing(job)]);
  }
}

async function pipelineNames(api: ApiClient, project: string): Promise<Offer['values']> {
  const { id } = await findProject(api, project);
  return (await api.pipelines(id)).map(({ name, version }) => [name, `version ${version}`]);
}

/** Shells evaluate what they are offered: what is more than a plain word is not offered. */
function isHarmless([value]: readonly [string, string]): boolean {
  return /^[\p{L}\p{N}_][\p{L}\p{N}_./@+-]{0,200}$/u.test(value);
}

function isHarmlessPath(path: string): boolean {
  return /^[\p{L}\p{N}_.][\p{L}\p{N}_./@+-]{0,500}$/u.test(path);
}

function harmless(says: string): string {
  return says.replace(/[^\p{L}\p{N},._/#@+-]+/gu, ' ').slice(0, 80);
}
