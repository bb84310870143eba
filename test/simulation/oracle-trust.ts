/** What must be true of runs of strangers, and of secrets: nobody's code ran without the word of one who may, and no secret crossed over. */
import type { Run } from '../../src/model/run.js';
import type { SideEffect } from './model-executor.js';
import { SECRET } from './model-executor.js';
import type { Pull } from './model-project.js';
import type { Rows, Seen } from './rows.js';
import type { GivenSecret } from './secret-book.js';

/** An order may be so much older than the place that it is run in. */
const ORDER_MS = 60_000;
const TOPICS: readonly (readonly [string, string])[] = [
  ['main-*', 'refs/heads/main-1.0'],
  ['topic', 'refs/heads/topic'],
  ['refs/heads/topic', 'refs/heads/topic'],
];

export function wrongTrust(seen: Seen, rows: Rows): readonly string[] {
  if (seen.history.theme !== 'trust') return [];
  const ran = ranOf(seen, rows);
  return [
    ...ran.flatMap((one) => unapproved(seen, one)),
    ...ran.flatMap((one) => wrongSecrets(seen, rows, one)),
    ...forgottenApprovals(seen, rows),
    ...printed(seen),
  ];
}

interface Ran {
  readonly run: Run;
  /** In the order of their times; at least one. */
  readonly effects: readonly SideEffect[];
}

function ranOf({ effects }: Seen, { runs, jobs }: Rows): readonly Ran[] {
  const runOf = new Map(jobs.map(({ id, runId }) => [id, runId]));
  return runs
    .map((run) => ({ run, effects: effects.filter(({ jobId }) => runOf.get(jobId) === run.id) }))
    .filter((one) => one.effects.length > 0);
}

interface Tested {
  readonly pull: Pull;
  readonly head: string;
}

/** Of a run of a pull-request's own commits. */
function testedBy({ pagure }: Seen, { projectId, subject }: Run): Tested | null {
  const [, number, head] = /^pull\/(\d+)@([0-9a-f]{40})$/.exec(subject ?? '') ?? [];
  const pull = pagure.projects[projectId - 1]?.pulls.find((one) => one.number === Number(number));
  return pull === undefined || head === undefined ? null : { pull, head };
}

/** Its author may commit, or one who may said yes to exactly this head while it was the head. */
function unapproved(seen: Seen, { run, effects }: Ran): readonly string[] {
  const tested = testedBy(seen, run);
  const firstMs = effects[0]!.atMs;
  if (tested === null || isTrusted(seen, run, tested, firstMs) || isApproved(seen, run, tested, firstMs)) return [];
  return [`run ${run.id} of ${run.subject} ran and nobody who may approved it`];
}

function isTrusted({ pagure }: Seen, { projectId }: Run, { pull, head }: Tested, firstMs: number): boolean {
  const { rights } = pagure.projects[projectId - 1]!;
  const isOwn = pull.source === 'own' && pull.heads.some((one) => one.head === head);
  return isOwn && rights.mightBetween('bob', pull.heads[0]!.fromMs, firstMs);
}

function isApproved({ pagure, people }: Seen, run: Run, { pull, head }: Tested, firstMs: number): boolean {
  const { rights, talk } = pagure.projects[run.projectId - 1]!;
  const byRest = people!.approvals.filter(({ runId, sha }) => runId === run.id && sha === head);
  const byComment = talk
    .on(pull.number)
    .filter(({ text, author, atMs }) => text === `/approve ${head}` && rights.mightBetween(author, atMs, firstMs));
  return [...byRest, ...byComment].some(({ atMs }) => wasHead(pull, head, atMs, firstMs));
}

/** At any moment of this time, while it was open. */
function wasHead({ heads, closedAtMs }: Pull, head: string, fromMs: number, toMs: number): boolean {
  return heads.some((one, at) => {
    const endMs = Math.min(heads[at + 1]?.fromMs ?? Infinity, closedAtMs);
    return one.head === head && one.fromMs <= toMs && fromMs <= endMs;
  });
}

function wrongSecrets(seen: Seen, rows: Rows, ran: Ran): readonly string[] {
  return ran.effects.flatMap((effect) => [
    ...(effect.secrets ?? []).flatMap((value) => wronglyGiven(seen, rows, ran.run, effect, value)),
    ...notGiven(seen, ran.run, effect),
  ]);
}

function wronglyGiven(seen: Seen, rows: Rows, run: Run, effect: SideEffect, value: string): readonly string[] {
  const secret = seen.people!.secrets.given.find((one) => one.value === value);
  const said = (why: string) => [`job ${effect.jobId} of run ${run.id} was given ${secret?.name}, ${why}`];
  if (secret === undefined || secret.project !== run.projectId) return said('which is not of its project');
  if ((effect.openedAtMs ?? 0) > secret.goneMs + ORDER_MS * seen.patience) return said('which was gone');
  if (run.pipelineKey === 'server:talk') return said('and was started by a comment');
  const ref = countedRef(seen, rows, run, effect.atMs);
  if (ref === null) return said('and is not trusted');
  return goesTo(secret, ref) ? [] : said(`which does not go to ${ref}`);
}

/** The ref whose secrets it may have; null when it may have none. */
function countedRef(seen: Seen, { holds }: Rows, run: Run, atMs: number): string | null {
  const tested = testedBy(seen, run);
  if (tested === null) return run.resolved.ref;
  const isApproved = holds.some(({ runId, approvedAt }) => runId === run.id && approvedAt !== null);
  return isApproved || !isTrusted(seen, run, tested, atMs) ? null : `refs/heads/${tested.pull.branch}`;
}

function goesTo({ refs }: GivenSecret, ref: string): boolean {
  if (ref === 'refs/heads/main' || ref.startsWith('refs/tags/')) return true;
  return refs.some((pattern) => TOPICS.some(([known, of]) => known === pattern && of === ref));
}

/** What stood all the time goes to the default branch. */
function notGiven({ people }: Seen, run: Run, { jobId, script, secrets = [], openedAtMs = 0 }: SideEffect) {
  if (run.pipelineKey !== 'server:ci' || run.resolved.ref !== 'refs/heads/main' || !script.startsWith('tell'))
    return [];
  return people!.secrets.given
    .filter(({ project }) => project === run.projectId)
    .filter(({ standsMs, touchedMs, value }) => {
      const stood = standsMs < openedAtMs - ORDER_MS && touchedMs > openedAtMs;
      return stood && !secrets.includes(value);
    })
    .map(({ name }) => `job ${jobId} of run ${run.id} was not given ${name}`);
}

/** Who was told that a run is approved sees it run, as far as it may. */
function forgottenApprovals({ people }: Seen, { runs, holds }: Rows): readonly string[] {
  const said = people!.approvals.filter(({ isDone }) => isDone).map(({ runId }) => runId);
  const kept = holds.filter(({ approvedAt }) => approvedAt !== null).map(({ runId }) => runId);
  return [...new Set([...said, ...kept])].flatMap((id) => {
    const run = runs.find((one) => one.id === id);
    const isFine = run?.state === 'done' && run.trust === 'restricted' && kept.includes(id);
    return isFine ? [] : [`run ${id} was approved and is ${run?.trust} and ${run?.state}`];
  });
}

/** Masked in logs, and never in what is told to others. */
function printed({ logs, pagure, flags }: Seen): readonly string[] {
  const shows = (text: string) => text.match(SECRET) !== null;
  const comments = pagure.projects.flatMap(({ talk }) => talk.said.map(({ text }) => text));
  return [
    ...[...logs.logs].filter(([, { bytes }]) => shows(bytes.toString())).map(([name]) => `log ${name} shows a secret`),
    ...comments.filter(shows).map(() => 'a comment shows a secret'),
    ...[...flags.values()].filter(({ comment }) => shows(comment)).map(() => 'a flag shows a secret'),
  ];
}
