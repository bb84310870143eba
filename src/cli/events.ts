/** `events`: look at what arrived, why it did or did not start something, and look at it again. */
import { type Command, Option } from 'commander';
import type { EventAnswer, EventSummaryAnswer } from './api/answers.js';
import { explainEventTo } from './explain.js';
import { acting, type Desk, helpTail, jsonOption, rowId, urlOption, verbOf } from './desk.js';
import { listOfProject } from './find-project.js';
import { collect, type ListOptions, shortCommit, shortRef, timeQuery, withListOptions } from './list-options.js';
import { release, replay, type ReplayOptions } from './replay.js';
import type { Paint } from './screen/paint.js';
import { jsonLine, plainText } from './screen/plain-text.js';
import { drawDecisions } from './screen/decisions.js';
import { relativeTime } from './screen/times.js';

interface EventListOptions extends ListOptions {
  readonly project?: string;
  readonly topic?: string;
  readonly kind?: string;
  readonly actor?: string;
  readonly ref?: string;
  readonly commit?: string;
  readonly pullRequest?: number;
  readonly verdict?: string;
  readonly state?: string;
  readonly text?: string;
}

export const events = verbOf('events', defineEvents);

export function defineEvents(command: Command, desk: Desk): void {
  command.description('Look at events.').addHelpText('after', helpTail(EXAMPLES));
  defineList(command, desk);
  command
    .command('show')
    .description('Show one event, and why each pipeline did or did not start.')
    .argument('<event>', 'id of the event', rowId('an event'))
    .addOption(jsonOption())
    .addOption(urlOption())
    .addHelpText('after', helpTail(['events show 12', 'events show 12 --json']))
    .action(acting(desk, (id: number, options: ReplayOptions) => show(desk, id, options)));
  command
    .command('replay')
    .description('Start the pipelines of an event again, as a new event.')
    .argument('<event>', 'id of the event', rowId('an event'))
    .option('--dry-run', 'only say what would start; nothing runs')
    .addOption(jsonOption())
    .addOption(urlOption())
    .addHelpText('after', helpTail(['events replay 12 --dry-run', 'events replay 12']))
    .action(acting(desk, (id: number, options: ReplayOptions) => replay(desk, id, options)));
  command
    .command('explain')
    .description('Say why each pipeline did or did not start for an event.')
    .argument('<event>', 'id of the event', rowId('an event'))
    .addOption(jsonOption())
    .addOption(urlOption())
    .addHelpText('after', helpTail(['events explain 12', 'events explain 12 --json']))
    .action(acting(desk, (id: number, options: ReplayOptions) => explainEventTo(desk, id, options)));
  defineRelease(command, desk);
}

function defineRelease(command: Command, desk: Desk): void {
  command
    .command('release')
    .description('Release a stale event: it is decided about as if it had just come.')
    .argument('<event>', 'id of the event', rowId('an event'))
    .addOption(jsonOption())
    .addOption(urlOption())
    .addHelpText('after', helpTail(['events list --verdict stale', 'events release 12']))
    .action(acting(desk, (id: number, options: ReplayOptions) => release(desk, id, options)));
}

function defineList(command: Command, desk: Desk): void {
  const list = command
    .command('list')
    .description('List events, the newest first.')
    .option('--project <project>', 'full name or id')
    .option('--topic <topic>', 'with globs: git.receive, pull-request.*')
    .addOption(new Option('--kind <kind>', 'what happened').choices(KINDS))
    .option('--actor <name>', 'who did it')
    .option('--ref <ref>', 'branch or tag, or the whole refs/heads/main')
    .option('--commit <commit>', 'a commit, or at least its first 7 digits')
    .option('--pull-request <number>', 'number of a pull-request', rowId('a pull-request'))
    .addOption(new Option('--state <state>', 'how far it is').choices(STATES))
    .addOption(new Option('--verdict <verdict>', 'what the delivery was taken for').choices(VERDICTS))
    .option('--text <words>', 'words of the summary');
  withListOptions(list)
    .addOption(jsonOption())
    .addOption(urlOption())
    .addHelpText('after', helpTail(['events list --project lab --since 1d', "events list --topic 'pull-request.*'"]))
    .action(acting(desk, (options: EventListOptions) => listEvents(desk, options)));
}

const KINDS = [
  ...['push', 'create', 'delete', 'pull-request', 'comment', 'issue', 'flag', 'project'],
  ...['schedule', 'dispatch', 'run', 'other'],
];
const STATES = ['due', 'done', 'parked', 'idle'];
const VERDICTS = ['ok', 'stale', 'inconsistent', 'conflict'];
const EXAMPLES = ['events list --project lab', 'events show 12', 'events replay 12 --dry-run'];

async function listEvents(desk: Desk, options: EventListOptions): Promise<void> {
  const { screen, clock } = desk;
  const { project, topic, kind, actor, ref, commit, pullRequest, verdict, state, text } = options;
  const times = timeQuery(options, clock);
  const { api } = await desk.connect(options);
  const query = {
    project,
    topic,
    kind,
    actor,
    ref,
    commit,
    'pull-request': pullRequest,
    verdict,
    state,
    text,
    ...times,
  };
  const found = listOfProject(api, project, api.events(query, options.limit));
  if (options.json) {
    for await (const event of found) screen.line(jsonLine(event));
    return;
  }
  const rows = await collect(found);
  if (rows.length === 0) return screen.aside('There is no such event.');
  await screen.table({ columns: COLUMNS, rows: rows.map((event) => rowOf(event, screen.paint, clock.now())) });
}

const COLUMNS = [
  { title: 'ID', align: 'right' as const },
  { title: 'WHEN' },
  { title: 'PROJECT', least: 8, leftOut: 1 },
  { title: 'TOPIC', least: 12 },
  { title: 'REF', least: 6, leftOut: 2 },
  { title: 'ACTOR', least: 6, leftOut: 3 },
  { title: 'STATE' },
  { title: 'SUMMARY', least: 16 },
];

function rowOf(event: EventSummaryAnswer, paint: Paint, nowMs: number): readonly string[] {
  return [
    String(event.id),
    relativeTime(event.receivedAt, nowMs),
    plainText(event.project.fullname),
    paint.name(plainText(event.topic)),
    event.pullRequest === null ? shortRef(event.ref) : `#${event.pullRequest}`,
    plainText(event.actor ?? ''),
    stateOf(event, paint),
    plainText(event.summary),
  ];
}

/** Its verdict where that stops it, else how far it is. */
function stateOf({ verdict, state }: EventSummaryAnswer, paint: Paint): string {
  if (state === 'parked') return paint.bad('parked');
  if (state === 'idle') return paint.warning(plainText(verdict));
  return state === 'due' ? paint.busy('due') : plainText(state);
}

async function show(desk: Desk, id: number, options: ReplayOptions): Promise<void> {
  const { screen, clock } = desk;
  const { api } = await desk.connect(options);
  const event = await api.event(id);
  if (options.json) return screen.line(jsonLine(event));
  screen.line(screen.paint.strong(`event ${event.id}: ${plainText(event.summary)}`));
  screen.facts([...factsOf(event), ['when', `${event.receivedAt} (${relativeTime(event.receivedAt, clock.now())})`]]);
  screen.line();
  await drawDecisions(screen, event.decisions);
}

function factsOf(event: EventAnswer): readonly (readonly [string, string | null])[] {
  const text = (value: string | null) => (value === null ? null : plainText(value));
  return [
    ['topic', text(event.topic)],
    ['kind', plainText([event.kind, event.action].filter((word) => word !== null).join(', '))],
    ['pull-request', event.pullRequest === null ? null : `#${event.pullRequest}`],
    ['ref', text(event.ref)],
    ['commit', shortCommit(event.commit)],
    ['actor', text(event.actor)],
    ['address', text(event.url)],
    ['verdict', text(event.verdict)],
    ['state', text(event.note === null ? event.state : `${event.state}: ${event.note}`)],
  ];
}
