/** What must be true of commands in comments: each acts once, by those who may, is answered once, and nothing that nobody wrote acts. */
import { hash } from 'node:crypto';
import type { Run } from '../../src/model/run.js';
import type { Message, ModelProject } from './model-project.js';
import { BOT } from './rights.js';
import { count, type Rows, type Seen } from './rows.js';
import type { SaidComment } from './talk.js';

const COMMAND = /^\/(rerun( failed)?|cancel|explain|run hand|approve( [0-9a-f]{40})?)$/;

export function wrongComments(seen: Seen, rows: Rows): readonly string[] {
  if (seen.history.theme !== 'trust') return [];
  return [
    ...seen.pagure.projects.flatMap((project) => [
      ...wronglyAnswered(project),
      ...startedByHand(seen, rows, project),
      ...unheard(seen, rows, project),
    ]),
    ...rows.runs.flatMap((run) => [...repeatedTooOften(seen, run), ...canceledWrongly(seen, run)]),
    ...ownComments(seen, rows),
  ];
}

/** Each comment of ours is one answer to one command. */
function wronglyAnswered({ fullname, talk }: ModelProject): readonly string[] {
  const own = talk.said.filter(({ author }) => author === BOT);
  const twice = [...count(own.map(({ text }) => hash('sha256', text)))].filter(([, times]) => times > 1);
  const numbers = [...new Set(own.map(({ number }) => number))];
  const more = numbers.filter((number) => {
    const asked = talk.on(number).filter(({ author, text }) => author !== BOT && COMMAND.test(text));
    return own.filter((one) => one.number === number).length > asked.length;
  });
  return [
    ...twice.map(([, times]) => `an answer stands ${times} times on ${fullname}`),
    ...more.map((number) => `pull-request ${number} of ${fullname} has more answers than commands`),
  ];
}

/** Said by one who might, at some time since they said it. */
function ordersOn({ talk, rights }: ModelProject, number: number, isOne: RegExp): readonly SaidComment[] {
  return talk
    .on(number)
    .filter(({ text, author, atMs }) => isOne.test(text) && rights.mightBetween(author, atMs, Infinity));
}

function startedByHand({ pagure }: Seen, { runs }: Rows, project: ModelProject): readonly string[] {
  const id = pagure.projects.indexOf(project) + 1;
  const is = runs.filter(({ projectId, pipelineKey }) => projectId === id && pipelineKey === 'server:hand').length;
  const most = project.pulls.reduce((sum, { number }) => sum + ordersOn(project, number, /^\/run hand$/).length, 0);
  return is > most ? [`hand of ${project.fullname} ran ${is} times and was asked for ${most} times`] : [];
}

function repeatedTooOften({ pagure }: Seen, { id, projectId, attempt, resolved }: Run): readonly string[] {
  if (attempt === 1) return [];
  const orders = ordersOn(pagure.projects[projectId - 1]!, resolved.pullRequest ?? 0, /^\/rerun/);
  return attempt - 1 > orders.length ? [`run ${id} is in attempt ${attempt} after ${orders.length} orders`] : [];
}

function canceledWrongly({ pagure }: Seen, { id, projectId, reason, resolved }: Run): readonly string[] {
  const [, by] = /^canceled by (\w+)$/.exec(reason ?? '') ?? [];
  if (by === undefined) return [];
  const orders = ordersOn(pagure.projects[projectId - 1]!, resolved.pullRequest ?? 0, /^\/cancel$/);
  return orders.some(({ author }) => author === by) ? [] : [`run ${id} was canceled by ${by}, who did not say so`];
}

/** The owner is always heard: once a message of theirs is stored, what it asks for is done. */
function unheard(seen: Seen, { commands, deliveries, events }: Rows, project: ModelProject): readonly string[] {
  const id = seen.pagure.projects.indexOf(project) + 1;
  if (seen.history.blows.some((blow) => blow.kind === 'trouble' && blow.window.kind === 'clock wrong')) return [];
  const done = new Set(events.filter(({ state }) => state === 'done').map(({ deliveryId }) => deliveryId));
  const stored = new Set(
    deliveries.filter((one) => one.projectId === id && done.has(one.id)).map(({ msgId }) => msgId),
  );
  const told = [...seen.posted.values()].flatMap((message) => ordersOfOwner(message, project, stored));
  return told.flatMap(({ id: commentId, text }) => {
    const kept = commands.filter((one) => one.projectId === id && one.commentId === commentId);
    if (kept.length > 1) return [`comment ${commentId} is kept ${kept.length} times`];
    const [command] = kept;
    const isGivenUp = command?.state === 'parked' && seen.faults.crashes >= 3;
    if (isGivenUp || (command?.state === 'done' && /^done/.test(command.outcome ?? ''))) return [];
    return [`${text} of the owner, comment ${commentId}, came to nothing: ${command?.state}, ${command?.outcome}`];
  });
}

function ordersOfOwner({ id, told, project }: Message, { fullname, talk }: ModelProject, stored: ReadonlySet<string>) {
  if (told.kind !== 'comment' || !told.isTrue || project !== fullname || !stored.has(id)) return [];
  const { comment } = told;
  return comment.author === 'ann' && COMMAND.test(comment.text) && !talk.forged.has(comment.id) ? [comment] : [];
}

/** What we say ourselves starts nothing. */
function ownComments({ posted }: Seen, { runs, events, deliveries }: Rows): readonly string[] {
  const msgIds = new Map(deliveries.map(({ id, msgId }) => [id, msgId]));
  const eventsById = new Map(events.map((event) => [event.id, event]));
  return runs.flatMap(({ id, eventId }) => {
    const told = posted.get(msgIds.get(eventsById.get(eventId)?.deliveryId ?? 0) ?? '')?.told;
    const isOwn = told?.kind === 'comment' && told.comment.author === BOT;
    return isOwn ? [`run ${id} was started by a comment of ours`] : [];
  });
}
