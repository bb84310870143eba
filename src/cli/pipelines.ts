/** `pipelines`: the server-side pipelines of a project: read them, compare them, replace them. */
import { type Command, InvalidArgumentError } from 'commander';
import { acting, type AskOptions, type Desk, helpTail, jsonOption, urlOption, verbOf } from './desk.js';
import { findProject } from './find-project.js';
import { diffPipeline } from './pipeline-diff.js';
import { many } from './many.js';
import { getPipeline, putPipeline } from './pipeline-text.js';
import { runPipeline } from './run-pipeline.js';
import { jsonLine, plainText } from './screen/plain-text.js';
import { relativeTime } from './screen/times.js';

export const pipelines = verbOf('pipelines', definePipelines);

export function definePipelines(command: Command, desk: Desk): void {
  command
    .description('Look at the server-side pipelines of a project, and change them.')
    .addHelpText('after', helpTail(EXAMPLES));
  command
    .command('list')
    .description('List the server-side pipelines of a project.')
    .argument('<project>', 'full name or id')
    .addOption(jsonOption())
    .addOption(urlOption())
    .addHelpText('after', helpTail(['pipelines list lab']))
    .action(acting(desk, (project: string, options: AskOptions) => list(desk, project, options)));
  defineGet(command, desk);
  definePut(command, desk);
  defineDiff(command, desk);
  defineRun(command, desk);
}

const EXAMPLES = [
  'pipelines get lab ci --output ci.yml',
  'pipelines diff lab ci ci.yml',
  'pipelines put lab ci ci.yml',
  'pipelines run lab deploy --input environment=staging',
];

function pipelineCommand(command: Command, name: string, says: string): Command {
  return command
    .command(name)
    .description(says)
    .argument('<project>', 'full name or id')
    .argument('<pipeline>', 'name of the pipeline');
}

function defineGet(command: Command, desk: Desk): void {
  pipelineCommand(command, 'get', 'Print the text of a pipeline, and remember which version it was.')
    .option('-o, --output <file>', 'write it into a file')
    .addOption(jsonOption())
    .addOption(urlOption())
    .addHelpText('after', helpTail(['pipelines get lab ci', 'pipelines get lab ci --output ci.yml']))
    .action(acting(desk, (project: string, name: string, options) => getPipeline(desk, { project, name }, options)));
}

function definePut(command: Command, desk: Desk): void {
  pipelineCommand(
    command,
    'put',
    'Replace the text of a pipeline, or make it; a change that somebody else made since you got it is kept.',
  )
    .argument('[file]', 'file with the new text; - or nothing for stdin')
    .option('--force', 'replace whatever stands there')
    .addOption(jsonOption())
    .addOption(urlOption())
    .addHelpText('after', helpTail(['pipelines put lab ci ci.yml', 'pipelines put lab ci - < ci.yml']))
    .action(
      acting(desk, (project: string, name: string, file: string | undefined, options) =>
        putPipeline(desk, { project, name, file }, options),
      ),
    );
}

function defineDiff(command: Command, desk: Desk): void {
  pipelineCommand(
    command,
    'diff',
    'Compare a pipeline with a file, or two versions of it; exit code 1 when they differ.',
  )
    .argument('[file]', 'file to compare with; - for stdin')
    .option('--from <version>', 'this version instead of the current one', versionOf)
    .option('--to <version>', 'with this version instead of a file', versionOf)
    .addOption(urlOption())
    .addHelpText('after', helpTail(['pipelines diff lab ci ci.yml', 'pipelines diff lab ci --from 2 --to 3']))
    .action(
      acting(desk, (project: string, name: string, file: string | undefined, options) =>
        diffPipeline(desk, { project, name, file }, options),
      ),
    );
}

function defineRun(command: Command, desk: Desk): void {
  pipelineCommand(command, 'run', 'Start a pipeline by hand: one of the repository (by name or path) or of the server.')
    .option('--ref <ref>', 'branch or tag; without it the default branch')
    .addOption(many('-i, --input <name=value>', 'an input of the pipeline; may be given again'))
    .addOption(jsonOption())
    .addOption(urlOption())
    .addHelpText(
      'after',
      helpTail(['pipelines run lab deploy', 'pipelines run lab deploy --ref v1 -i environment=staging']),
    )
    .action(acting(desk, (project: string, name: string, options) => runPipeline(desk, { project, name }, options)));
}

function versionOf(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a number from 1, as the list shows it.');
}

async function list(desk: Desk, word: string, options: AskOptions): Promise<void> {
  const { screen, clock } = desk;
  const { api } = await desk.connect(options);
  const project = await findProject(api, word);
  const found = await api.pipelines(project.id);
  if (options.json) return found.forEach((pipeline) => screen.line(jsonLine(pipeline)));
  if (found.length === 0) return screen.aside(`${plainText(project.fullname)} has no server-side pipeline.`);
  await screen.table({
    columns: [
      { title: 'PIPELINE', least: 16 },
      { title: 'VERSION', align: 'right' },
      { title: 'STATE' },
      { title: 'CHANGED' },
      { title: 'DECLARED BY', least: 10, leftOut: 1 },
    ],
    rows: found.map((pipeline) => [
      screen.paint.name(plainText(pipeline.name)),
      String(pipeline.version),
      pipeline.enabled ? 'enabled' : 'disabled',
      relativeTime(pipeline.updatedAt, clock.now()),
      plainText(pipeline.declaredBy ?? ''),
    ]),
  });
}
