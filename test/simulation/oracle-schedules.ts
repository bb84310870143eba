/** What must be true of schedules: no time is left out, none comes twice, and of those that nobody saw one is made up for. */
import type { DueSchedule } from '../../src/model/armed.js';
import type { Event } from '../../src/model/event.js';
import { isGivenUp, type OwnTold, type Rows, type Seen } from './rows.js';
import { SCHEDULE_FILE, SCHEDULES, TICK, TICKING_PROJECT } from './themes.js';
import { START_MS } from './world-settings.js';

const MINUTE_MS = 60_000;
/** A sweep comes every second. */
const SWEPT_MS = 3_000;
/** A time that was computed so far ahead of the clock is computed anew. */
const AHEAD_MS = 3_600_000;

/** An event of the clock. */
interface Tick {
  readonly event: Event;
  /** Of a line that was taken away and came again each life is one of its own. */
  readonly line: string;
  readonly cron: string;
  readonly pipelineKey: string;
  readonly dueMs: number;
}

export function wrongSchedules(seen: Seen, rows: Rows): readonly string[] {
  if (seen.history.theme !== 'clock') return [];
  const ticks = ticksOf(seen, rows);
  return [
    ...wrongLines(seen, rows),
    ...wrongNext(rows),
    ...wrongFirst(seen, ticks),
    ...wrongTimes(ticks),
    ...wrongStarts(seen, rows, ticks),
  ];
}

function ticksOf(seen: Seen, { events, own }: Rows): readonly Tick[] {
  return events.flatMap((event) => {
    const told = own.get(event.id);
    return event.source !== 'schedule' || told === undefined ? [] : [tickOf(seen, event, told)];
  });
}

function tickOf(seen: Seen, event: Event, { msgId, msg }: OwnTold): Tick {
  const { schedule: cron = '', pipeline: pipelineKey = '', due_at = '' } = msg as Readonly<Record<string, string>>;
  const stays = pipelineKey === 'server:tick' || isLasting(seen, event.projectId, cron);
  const line = stays ? `${event.projectId} ${pipelineKey} ${cron}` : msgId.replace(/-\d+$/, '');
  return { event, line, cron, pipelineKey, dueMs: Date.parse(due_at) };
}

/** What stands in the repositories and on the server, and nothing else, waits for the clock. */
function wrongLines({ pagure }: Seen, { schedules }: Rows): readonly string[] {
  const wanted = pagure.projects.flatMap(({ mains, repository }, at) => {
    const tip = mains.at(-1);
    const lines = tip === undefined ? [] : linesOf(repository.commits.get(tip)?.files ?? {});
    const own = at === TICKING_PROJECT ? [`${at + 1} server:tick ${TICK}`] : [];
    return [...own, ...lines.map((cron) => `${at + 1} repo:${SCHEDULE_FILE} ${cron}`)];
  });
  const found = schedules.map(({ projectId, pipelineKey, cron }) => `${projectId} ${pipelineKey} ${cron}`);
  const [is, should] = [found.sort().join('; '), wanted.sort().join('; ')];
  return is === should ? [] : [`${is || 'nothing'} waits for the clock and should be ${should || 'nothing'}`];
}

/** The next time of each line is the first that comes from now on. */
function wrongNext({ nowMs, schedules }: Rows): readonly string[] {
  return schedules.flatMap(({ id, cron, dueAt }: DueSchedule) => {
    const next = [nextTime(cron, nowMs), nextTime(cron, nowMs - SWEPT_MS)];
    return dueAt !== null && next.includes(dueAt)
      ? []
      : [`schedule ${id} (${cron}) comes at ${dueAt} and should at ${next[0]}, now being ${nowMs}`];
  });
}

/** The server's own schedule waits from the beginning on, and no clock may have been wrong then. */
function wrongFirst({ history }: Seen, ticks: readonly Tick[]): readonly string[] {
  const first = ticks.find(({ pipelineKey }) => pipelineKey === 'server:tick');
  const isUnsure = history.blows.some((blow) => blow.kind === 'trouble' && blow.window.kind === 'clock wrong');
  const should = nextTime(TICK, START_MS);
  if (isUnsure || first?.dueMs === should) return [];
  return [`the first time of ${TICK} is ${first?.dueMs ?? 'none'} and should be ${should}`];
}

/** After each event the next is for the first time after it, unless the clock has gone back by far meanwhile. */
function wrongTimes(ticks: readonly Tick[]): readonly string[] {
  return ticks.flatMap((tick, at) => {
    const before = ticks.slice(0, at).findLast(({ line }) => line === tick.line);
    if (nextTime(tick.cron, tick.dueMs - 1) !== tick.dueMs) return [`${wordsOf(tick)}, which is no time of it`];
    if (before === undefined) return [];
    const should = nextTime(tick.cron, before.event.receivedAt);
    if (tick.dueMs === should || tick.dueMs < before.event.receivedAt - AHEAD_MS) return [];
    return [`${wordsOf(tick)}, and should be for ${new Date(should).toISOString()}`];
  });
}

function wordsOf({ event, cron, dueMs }: Tick): string {
  return `event ${event.id} of schedule ${cron} is for ${new Date(dueMs).toISOString()}`;
}

/** Each starts the pipeline in which its line stands, once, and nothing else; one whose line was taken away may start nothing. */
function wrongStarts(seen: Seen, { runs }: Rows, ticks: readonly Tick[]): readonly string[] {
  return ticks.flatMap(({ event, cron, pipelineKey }) => {
    const started = runs.filter(({ eventId }) => eventId === event.id);
    const others = started.filter((run) => run.pipelineKey !== pipelineKey);
    const isSure = !isGivenUp(event) && (pipelineKey === 'server:tick' || isLasting(seen, event.projectId, cron));
    const isWrong = started.length > 1 || others.length > 0 || (isSure && started.length === 0);
    return isWrong ? [`event ${event.id} of schedule ${cron} started ${started.length} runs`] : [];
  });
}

/** Did it stand in `main` ever since it came? */
function isLasting({ pagure }: Seen, projectId: number, cron: string): boolean {
  const { mains, repository } = pagure.projects[projectId - 1]!;
  const stands = mains.map((tip) => linesOf(repository.commits.get(tip)?.files ?? {}).includes(cron));
  return stands.indexOf(true) >= 0 && !stands.slice(stands.indexOf(true)).includes(false);
}

function linesOf(files: Readonly<Record<string, string>>): readonly string[] {
  const text = files[SCHEDULE_FILE] ?? '';
  return [...new Set(SCHEDULES.flat())].filter((cron) => text.includes(`'${cron}'`));
}

/** A model of its own: all lines say minutes alone. */
function nextTime(cron: string, afterMs: number): number {
  const [, from = '0', step] = /^(?:\*|(\d+)-59)\/(\d+) \* \* \* \*$/.exec(cron)!;
  const isIts = (minute: number) => minute >= Number(from) && (minute - Number(from)) % Number(step) === 0;
  let at = (Math.floor(afterMs / MINUTE_MS) + 1) * MINUTE_MS;
  while (!isIts((at / MINUTE_MS) % 60)) at += MINUTE_MS;
  return at;
}
