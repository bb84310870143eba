/** `projects`: look at the projects that the token sees. */
import type { Command } from 'commander';
import type { ProjectAnswer } from './api/answers.js';
import { acting, type AskOptions, type Desk, helpTail, jsonOption, urlOption, verbOf } from './desk.js';
import { findProject } from './find-project.js';
import { jsonLine, plainText } from './screen/plain-text.js';
import { relativeTime } from './screen/times.js';

export const projects = verbOf('projects', defineProjects);

export function defineProjects(command: Command, desk: Desk): void {
  command.description('Look at projects.').addHelpText('after', helpTail(EXAMPLES));
  command
    .command('list')
    .description('List the projects that the token sees.')
    .addOption(jsonOption())
    .addOption(urlOption())
    .addHelpText('after', helpTail(['projects list', 'projects list --json']))
    .action(acting(desk, (options: AskOptions) => list(desk, options)));
  command
    .command('show')
    .description('Show one project.')
    .argument('<project>', 'full name (lab, rpms/bash, forks/bob/lab) or id')
    .addOption(jsonOption())
    .addOption(urlOption())
    .addHelpText('after', helpTail(['projects show lab', 'projects show 1 --json']))
    .action(acting(desk, (word: string, options: AskOptions) => show(desk, word, options)));
}

const EXAMPLES = ['projects list', 'projects show lab'];

async function list(desk: Desk, options: AskOptions): Promise<void> {
  const { screen, clock } = desk;
  const { api } = await desk.connect(options);
  const found = await api.projects();
  if (options.json) return found.forEach((project) => screen.line(jsonLine(project)));
  if (found.length === 0) return screen.aside('There is no project yet, or the token sees none.');
  await screen.table({
    columns: [
      { title: 'ID', align: 'right' },
      { title: 'PROJECT', least: 16 },
      { title: 'INSTANCE', least: 12, leftOut: 2 },
      { title: 'STATE' },
      { title: 'CHANGED', leftOut: 3 },
      { title: 'NOTES', least: 12, leftOut: 1 },
    ],
    rows: found.map((project) => [
      String(project.id),
      screen.paint.name(plainText(project.fullname)),
      plainText(project.instance),
      stateOf(project),
      relativeTime(project.updatedAt, clock.now()),
      screen.paint.warning(plainText(project.notes.join(' '))),
    ]),
  });
}

async function show(desk: Desk, word: string, options: AskOptions): Promise<void> {
  const { screen, clock } = desk;
  const { api } = await desk.connect(options);
  const project = await findProject(api, word);
  if (options.json) return screen.line(jsonLine(project));
  const pipelines = await api.pipelines(project.id);
  screen.line(screen.paint.strong(`${plainText(project.fullname)} (project ${project.id})`));
  screen.facts([
    ['on', plainText(project.instance)],
    ['state', stateOf(project)],
    ['web-hook keys', project.keys.map(({ addedAt }) => `added ${relativeTime(addedAt, clock.now())}`).join(', ')],
    ['token of Pagure', project.hasToken ? 'yes' : 'none'],
    ['fetched from', project.repository === null ? null : plainText(project.repository.url)],
    ['pipelines', pipelines.map(({ name }) => plainText(name)).join(', ')],
    ['settings', plainText(settingsOf(project))],
    ['declared by', project.declaredBy === null ? null : plainText(project.declaredBy)],
    ['changed', relativeTime(project.updatedAt, clock.now())],
  ]);
  for (const note of project.notes) screen.line(screen.paint.warning(`! ${plainText(note)}`));
}

function stateOf({ enabled, public: isPublic }: ProjectAnswer): string {
  return `${isPublic ? 'public' : 'private'}${enabled ? '' : ', disabled'}`;
}

function settingsOf({ settings }: ProjectAnswer): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}
