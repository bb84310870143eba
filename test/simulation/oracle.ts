/** What must be true of a world at rest: a small model of its own, which knows what people did and what was acknowledged. */
import { hash } from 'node:crypto';
import type { Delivery } from '../../src/model/delivery.js';
import type { Event } from '../../src/model/event.js';
import type { Run } from '../../src/model/run.js';
import { wrongCalls } from './oracle-calls.js';
import { wrongJobs } from './oracle-jobs.js';
import { wrongChains } from './oracle-chains.js';
import { wrongComments } from './oracle-comments.js';
import { wrongQuarantine } from './oracle-quarantine.js';
import { wrongSchedules } from './oracle-schedules.js';
import { wrongSteps } from './oracle-steps.js';
import { wrongTrust } from './oracle-trust.js';
import { wrongTurns } from './oracle-turns.js';
import { count, isGivenUp, type Rows, type Seen } from './rows.js';
import type { Message } from './model-project.js';
import { pushedTo } from './themes.js';
import { AHEAD_MS } from './world-settings.js';

/** What is still to be done; nothing at rest. A held run waits for a person. */
export function unrest(rows: Rows): readonly string[] {
  const { events, runs, jobs, flags } = rows;
  const held = new Set(runs.filter(({ trust }) => trust === 'held').map(({ id }) => id));
  return [
    ...events
      .filter(({ state }) => state === 'due')
      .map(({ id, dueAt, note }) => `event ${id} is due at ${dueAt}: ${note}`),
    ...runs
      .filter(({ id, state }) => state !== 'done' && !(state === 'waiting' && held.has(id)))
      .map(({ id, state }) => `run ${id} is ${state}`),
    ...jobs
      .filter(({ state, runId }) => state !== 'done' && !held.has(runId))
      .map(
        ({ id, state, attempt, dueAt, leaseUntil }) =>
          `job ${id} is ${state} in attempt ${attempt}, due at ${dueAt}, leased until ${leaseUntil}`,
      ),
    ...flags
      .filter(({ dueAt, pausedReason }) => dueAt !== null || pausedReason !== null)
      .map(
        ({ id, dueAt, pausedReason, lastError }) =>
          `flag ${id} is due at ${dueAt}, paused: ${pausedReason}, ${lastError}`,
      ),
    ...unrestOfTrust(rows),
  ];
}

function unrestOfTrust({ holds, commands, comments, quarantineDueAt, nowMs }: Rows): readonly string[] {
  return [
    ...holds
      .filter(({ dueAt }) => dueAt !== null)
      .map(({ runId, dueAt, waitsFor }) => `the hold of run ${runId} is due at ${dueAt} for ${waitsFor}`),
    ...commands
      .filter(({ state }) => state === 'due')
      .map(({ id, dueAt, outcome }) => `command ${id} is due at ${dueAt}: ${outcome}`),
    ...comments
      .filter(({ dueAt, pausedReason }) => dueAt !== null && pausedReason === null)
      .map(({ id, dueAt, lastError }) => `comment ${id} is due at ${dueAt}: ${lastError}`),
    ...quarantineDueAt.filter((dueAt) => dueAt <= nowMs).map((dueAt) => `what fits no key is due at ${dueAt}`),
  ];
}

/** What is wrong, one line each; nothing when all is well. */
export function findingsOf(world: Seen, rows: Rows): readonly string[] {
  return [
    ...lostDeliveries(world, rows),
    ...doubledEvents(rows),
    ...wrongRuns(world, rows),
    ...rows.strange,
    ...wrongJobs(world, rows),
    ...wrongSteps(world, rows),
    ...startedHeld(world, rows),
    ...wrongSchedules(world, rows),
    ...wrongChains(world, rows),
    ...wrongTurns(world, rows),
    ...wrongCalls(world, rows),
    ...wrongTrust(world, rows),
    ...wrongComments(world, rows),
    ...wrongQuarantine(world, rows),
    ...wrongFlags(world, rows),
    ...wrongLogs(world),
    ...leftOpen(world, rows),
    ...world.surprises.map((text) => `the house reports: ${text}`),
  ];
}

/** Said while the world is in trouble: what may not even be true for a moment. */
export function startedHeld(world: Seen, { runs, jobs }: Rows): readonly string[] {
  const held = new Set(runs.filter(({ trust }) => trust === 'held').map(({ id }) => id));
  const heldJobs = new Set(jobs.filter(({ runId }) => held.has(runId)).map(({ id }) => id));
  return world.effects.filter(({ jobId }) => heldJobs.has(jobId)).map(({ jobId }) => `job ${jobId} of a held run ran`);
}

function lostDeliveries(world: Seen, { deliveries, events }: Rows): readonly string[] {
  const stored = new Set(deliveries.map(({ msgId, bodyHash }) => `${msgId} ${bodyHash}`));
  const lost = world.acknowledged.filter(({ message, body }) => !stored.has(`${message.id} ${hash('sha256', body)}`));
  const withEvent = new Set(events.map(({ deliveryId }) => deliveryId));
  return [
    ...lost.map(({ message, status }) => `${message.id} was answered with ${status} and is not stored`),
    ...deliveries.filter(({ id }) => !withEvent.has(id)).map(({ id }) => `delivery ${id} has no event`),
  ];
}

function doubledEvents({ events }: Rows): readonly string[] {
  const counted = count(events.map(({ deliveryId }) => String(deliveryId)));
  return [...counted].filter(([, times]) => times > 1).map(([id, times]) => `delivery ${id} made ${times} events`);
}

/** Started by comments, and by hand: a change has none of them. */
const OF_NO_CHANGE: ReadonlySet<string> = new Set(['server:talk', 'server:hand']);

/** How many runs each change must have, by `project pipeline subject`. */
function wrongRuns(world: Seen, rows: Rows): readonly string[] {
  const wanted = wantedRuns(world, rows);
  const ofServer = rows.runs.filter(
    ({ pipelineKey, eventId }) =>
      pipelineKey.startsWith('server:') && !rows.own.has(eventId) && !OF_NO_CHANGE.has(pipelineKey),
  );
  const found = count(ofServer.map(nameOf));
  const poisoned = (name: string) => world.pagure.poisoned.has(name.replace(/^.*@/, ''));
  const names = new Set([...wanted.keys(), ...found.keys()].filter((name) => !poisoned(name)));
  return [...names].flatMap((name) => {
    const [is, should] = [found.get(name) ?? 0, wanted.get(name) ?? 0];
    return is === should ? [] : [`${name} has ${is} runs and should have ${should}`];
  });
}

function nameOf({ projectId, pipelineKey, subject, resolved }: Run): string {
  return `${projectId} ${pipelineKey} ${subject ?? `${resolved.ref}@${resolved.commit}`}`;
}

/**
 * A change may be told of by several topics, each of which tells of it once: it has happened as often as the topic that told
 * of it most. What was lost on its way never was; what our wrong clock took for the future starts nothing.
 */
function wantedRuns(world: Seen, rows: Rows): ReadonlyMap<string, number> {
  const given = givenUp(world, rows);
  const told = new Map<string, { readonly names: readonly string[]; readonly byTopic: Map<string, number> }>();
  const tips = new Map<string, string>();
  for (const message of taken(world, rows.deliveries)) {
    const change = changeOf(world, message, tips);
    if (change === null || given.has(message.id)) continue;
    const known = told.get(change.key) ?? { names: change.names, byTopic: new Map<string, number>() };
    known.byTopic.set(message.topic, (known.byTopic.get(message.topic) ?? 0) + 1);
    told.set(change.key, known);
  }
  const wanted = new Map<string, number>();
  for (const { names, byTopic } of told.values()) {
    const times = Math.max(...byTopic.values());
    for (const name of names) wanted.set(name, (wanted.get(name) ?? 0) + times);
  }
  return wanted;
}

/** Messages that stopped the server thrice while it looked at them: parked, for a person to see. */
function givenUp(world: Seen, { events, deliveries }: Rows): ReadonlySet<string> {
  const msgIds = new Map(deliveries.map(({ id, msgId }) => [id, msgId]));
  const parked = world.faults.crashes < 3 ? [] : events.filter(isGivenUp);
  return new Set(parked.map(({ deliveryId }) => msgIds.get(deliveryId ?? 0) ?? ''));
}

/** It is about a commit that cannot be read. */
function isPoisoned({ pagure }: Seen, { after, commit }: Event): boolean {
  return pagure.poisoned.has(after ?? '') || pagure.poisoned.has(commit ?? '');
}

/** Each message once, in the order in which they were stored (also without an answer), without those taken for stale. */
function taken({ posted }: Seen, deliveries: readonly Delivery[]): readonly Message[] {
  const first = new Map<string, Delivery>();
  for (const delivery of deliveries) if (!first.has(delivery.msgId)) first.set(delivery.msgId, delivery);
  return [...first.values()].flatMap(({ msgId, receivedAt }) => {
    const message = posted.get(msgId)!;
    return message.sentAtMs - receivedAt > AHEAD_MS ? [] : [message];
  });
}

interface Change {
  readonly key: string;
  /** Of the runs that it is to have. */
  readonly names: readonly string[];
}

function changeOf(world: Seen, { project, told }: Message, tips: Map<string, string>): Change | null {
  const id = world.pagure.projects.findIndex(({ fullname }) => fullname === project) + 1;
  if (told.kind === 'ref') {
    const { ref, after, forced } = told;
    const before = (forced ? tips.get(`${project} ${ref}`) : undefined) ?? told.before;
    tips.set(`${project} ${ref}`, after);
    const pipelines = pushedTo(world.history.theme, ref);
    const names = pipelines.map((pipeline) => `${id} server:${pipeline} ${ref}@${after}`);
    return { key: `${id} ${ref} ${before} ${after}`, names };
  }
  if (told.kind === 'other' || told.kind === 'comment') return null;
  const { number, head, isUpdate } = told;
  const key = isUpdate ? `${id} pull ${number} ${head}` : `${id} pull ${number} new`;
  return { key, names: [`${id} server:pulls pull/${number}@${head}`] };
}

const STATUS = { success: 'success', failure: 'failure', error: 'error', canceled: 'canceled', skipped: 'success' };

/** Flags are a pure function of the newest run of their subject. */
function wrongFlags(world: Seen, { runs, flags }: Rows): readonly string[] {
  const newest = new Map(runs.filter(({ subject }) => subject !== null).map((run) => [nameOf(run), run]));
  return [...newest].flatMap(([name, run]) => {
    const flag = flags.find(
      (one) => one.projectId === run.projectId && one.pipelineKey === run.pipelineKey && one.subject === run.subject,
    );
    const should = run.result === null ? 'pending' : STATUS[run.result];
    const shown = flag === undefined ? undefined : world.flags.get(`${flag.commit} ${flag.uid}`);
    const [is, wanted] = [
      `${shown?.status} of ${shown?.url.replace(/^.*\/runs\//, 'run ')}`,
      `${should} of run ${run.id}`,
    ];
    return is === wanted ? [] : [`${name}: the forge shows ${shown ? is : 'no flag'} and should show ${wanted}`];
  });
}

/** What a step printed is there from its first line on, without a gap. */
function wrongLogs(world: Seen): readonly string[] {
  return [...world.logs.logs].flatMap(([name, { bytes }]) => {
    let next = 1;
    for (const [, line, of] of bytes.toString().matchAll(/line (\d+) of (\d+)\n/g)) {
      if (Number(line) !== next) return [`log ${name} has line ${line} where ${next} should be`];
      next = line === of ? 1 : next + 1;
    }
    return [];
  });
}

/** Who would ever look at it again? */
function leftOpen(seen: Seen, { events, jobs, runs }: Rows): readonly string[] {
  const parked = events
    .filter((event) => event.state === 'parked' && !isGivenUp(event) && !isPoisoned(seen, event))
    .map(({ id, note }) => `event ${id} is parked: ${note}`);
  const lost = jobs
    .filter(
      ({ state, dueAt, leaseUntil }) =>
        (state === 'queued' && dueAt === null) || (state === 'running' && leaseUntil === null),
    )
    .map(({ id, state }) => `job ${id} is ${state} and nothing will wake it`);
  const stuck = runs
    .filter(
      ({ id, state }) =>
        state !== 'done' && state !== 'waiting' && jobs.every((job) => job.runId !== id || job.state === 'done'),
    )
    .map(({ id, state }) => `run ${id} is ${state} and all its jobs are done`);
  return [...parked, ...lost, ...stuck];
}
