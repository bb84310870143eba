/** `runs`: look at runs, watch one to its end, cancel one, run one again. */
import { type Command, Option } from 'commander';
import { approveRun, showApproval } from './approve-run.js';
import type { RunSummaryAnswer } from './api/answers.js';
import { acting, type AskOptions, type Desk, helpTail, jsonOption, rowId, urlOption, verbOf } from './desk.js';
import { listOfProject } from './find-project.js';
import { collect, type ListOptions, shortCommit, shortRef, timeQuery, withListOptions } from './list-options.js';
import { paintedStanding, type Paint } from './screen/paint.js';
import { jsonLine, plainText } from './screen/plain-text.js';
import { drawRun } from './screen/run-picture.js';
import { duration, relativeTime } from './screen/times.js';
import { explainRunTo } from './explain.js';
import { watchRun } from './watch-run.js';

interface RunListOptions extends ListOptions {
  readonly project?: string;
  readonly pipeline?: string;
  readonly branch?: string;
  readonly actor?: string;
  readonly event?: string;
  readonly state?: string;
  readonly result?: string;
  readonly trust?: string;
}

interface CancelOptions extends AskOptions {
  readonly reason?: string;
}

interface RerunOptions extends AskOptions {
  readonly failed?: true;
}

export const runs = verbOf('runs', defineRuns);

export function defineRuns(command: Command, desk: Desk): void {
  command
    .description('Look at runs, watch them, cancel them, run them again.')
    .addHelpText('after', helpTail(EXAMPLES));
  defineList(command, desk);
  runCommand(command, 'show', 'Show one run with its jobs and steps.')
    .addHelpText('after', helpTail(['runs show 7', 'runs show 7 --json']))
    .action(acting(desk, (id: number, options: AskOptions) => show(desk, id, options)));
  runCommand(command, 'explain', 'Say why a run is red, and what changed since it last passed.')
    .addHelpText('after', helpTail(['runs explain 7', 'runs explain 7 --json']))
    .action(acting(desk, (id: number, options: AskOptions) => explainRunTo(desk, id, options)));
  runCommand(command, 'watch', 'Watch a run to its end; the exit code says its result.')
    .addHelpText('after', helpTail(['runs watch 7', 'runs watch 7 && echo it worked']))
    .action(acting(desk, (id: number, options: AskOptions) => watchRun(desk, id, options)));
  runCommand(command, 'cancel', 'Cancel a run; jobs under way are stopped.')
    .option('--reason <words>', 'why, for people')
    .addHelpText('after', helpTail(['runs cancel 7', "runs cancel 7 --reason 'the wrong branch'"]))
    .action(acting(desk, (id: number, options: CancelOptions) => cancel(desk, id, options)));
  runCommand(command, 'rerun', 'Run a run again: another attempt of the same commits.')
    .option('--failed', 'only the jobs that failed, and those that need them')
    .addHelpText('after', helpTail(['runs rerun 7', 'runs rerun 7 --failed && pagure-actions runs watch 7']))
    .action(acting(desk, (id: number, options: RerunOptions) => rerun(desk, id, options)));
  defineApproval(command, desk);
}

function defineApproval(command: Command, desk: Desk): void {
  runCommand(command, 'approval', 'Show what a held run changes, and how to approve it.')
    .addHelpText('after', helpTail(['runs approval 7']))
    .action(acting(desk, (id: number, options: AskOptions) => showApproval(desk, id, options)));
  runCommand(command, 'approve', 'Approve one commit of a held run: it starts, without secrets.')
    .argument('<sha>', 'all 40 digits of the commit that was looked at')
    .addHelpText('after', helpTail(['runs approve 7 85a53ea2946a2071aa61db3d6e93a5e3ee0a0fc0']))
    .action(acting(desk, (id: number, sha: string, options: AskOptions) => approveRun(desk, id, sha, options)));
}

function runCommand(command: Command, name: string, says: string): Command {
  return command
    .command(name)
    .description(says)
    .argument('<run>', 'id of the run', rowId('a run'))
    .addOption(jsonOption())
    .addOption(urlOption());
}

function defineList(command: Command, desk: Desk): void {
  const list = command
    .command('list')
    .description('List runs, the newest first.')
    .option('--project <project>', 'full name or id')
    .option('--pipeline <name>', 'name of the pipeline')
    .option('--branch <branch>', 'branch that was pushed to')
    .option('--actor <name>', 'who caused it')
    .option('--event <event>', 'push, pull_request …, a topic, or the id of one event')
    .addOption(new Option('--state <state>', 'where it stands').choices(STATES))
    .addOption(new Option('--result <result>', 'how it ended').choices(RESULTS))
    .addOption(new Option('--trust <trust>', 'how far its code is trusted').choices(TRUSTS));
  withListOptions(list)
    .addOption(jsonOption())
    .addOption(urlOption())
    .addHelpText('after', helpTail(['runs list --project lab --branch main', 'runs list --result failure --since 1d']))
    .action(acting(desk, (options: RunListOptions) => listRuns(desk, options)));
}

const STATES = ['waiting', 'queued', 'running', 'done'];
const RESULTS = ['success', 'failure', 'error', 'canceled', 'skipped'];
const TRUSTS = ['trusted', 'restricted', 'held'];
const EXAMPLES = ['runs list --project lab', 'runs show 7', 'runs watch 7', 'runs cancel 7', 'runs rerun 7 --failed'];

async function listRuns(desk: Desk, options: RunListOptions): Promise<void> {
  const { screen, clock } = desk;
  const { project, pipeline, branch, actor, event, state, result, trust } = options;
  const times = timeQuery(options, clock);
  const { api } = await desk.connect(options);
  const query = { project, pipeline, branch, actor, event, state, result, trust, ...times };
  const found = listOfProject(api, project, api.runs(query, options.limit));
  if (options.json) {
    for await (const run of found) screen.line(jsonLine(run));
    return;
  }
  const rows = await collect(found);
  if (rows.length === 0) return screen.aside('There is no such run.');
  await screen.table({ columns: COLUMNS, rows: rows.map((run) => rowOf(run, screen.paint, clock.now())) });
}

const COLUMNS = [
  { title: 'ID', align: 'right' as const },
  { title: 'STATE' },
  { title: 'PROJECT', least: 8, leftOut: 2 },
  { title: 'PIPELINE', least: 8 },
  { title: 'REF', least: 6 },
  { title: 'COMMIT', leftOut: 5 },
  { title: 'ACTOR', least: 6, leftOut: 4 },
  { title: 'WHEN' },
  { title: 'TOOK', align: 'right' as const, leftOut: 3 },
  { title: 'TITLE', least: 16, leftOut: 1 },
];

function rowOf(run: RunSummaryAnswer, paint: Paint, nowMs: number): readonly string[] {
  return [
    String(run.id),
    paintedStanding(run, paint),
    plainText(run.project.fullname),
    paint.name(`${plainText(run.pipeline.name)} #${run.number}`),
    shortRef(run.ref),
    shortCommit(run.commit),
    plainText(run.actor ?? ''),
    relativeTime(run.createdAt, nowMs),
    duration(run.startedAt, run.finishedAt, nowMs),
    plainText(run.title),
  ];
}

async function show(desk: Desk, id: number, options: AskOptions): Promise<void> {
  const { screen, clock } = desk;
  const { api } = await desk.connect(options);
  const run = await api.run(id);
  const { paint, width } = screen;
  screen.line(options.json ? jsonLine(run) : drawRun(run, { paint, width, steps: 'all', nowMs: clock.now() }));
}

async function cancel(desk: Desk, id: number, options: CancelOptions): Promise<void> {
  const { screen } = desk;
  const { api } = await desk.connect(options);
  const run = await api.cancel(id, options.reason);
  if (options.json) return screen.line(jsonLine(run));
  const isOver = run.state === 'done';
  screen.line(isOver ? `Run ${id} is canceled.` : `Run ${id} is being canceled: jobs under way are stopped.`);
}

async function rerun(desk: Desk, id: number, options: RerunOptions): Promise<void> {
  const { screen } = desk;
  const { api } = await desk.connect(options);
  const run = await api.rerun(id, options.failed ? 'failed' : 'all');
  screen.line(options.json ? jsonLine(run) : `Run ${id} is run again: attempt ${run.attempt}.`);
}
