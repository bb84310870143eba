/** `run`: prepares runs, lets their jobs run on this machine, and shows them. */
import { availableParallelism } from 'node:os';
import { Fault, type Problem } from '../../kernel/errors.js';
import { SystemRandom } from '../../kernel/random.js';
import type { JobResult } from '../../model/run.js';
import type { Runner } from '../../runner/runner.js';
import type { Desk } from '../desk.js';
import { printProblems } from '../local/lint-files.js';
import { jsonLine, plainLines, plainText } from '../screen/plain-text.js';
import { problemLine } from '../screen/problem-line.js';
import { EXIT } from '../verb.js';
import { BreakPoint, checkBreakPoint } from './break-point.js';
import { prepareBundle } from './bundled-run.js';
import { shownOutputs } from './hide-secrets.js';
import { checkMatrix, leavingOut, withJobOnly } from './job-choice.js';
import type { LocalHouse } from './local-house.js';
import type { Show } from './news.js';
import type { OpenHouse } from './open-house.js';
import { type PlannedRun, toLocalRun } from './planned-run.js';
import { type Prepared, prepareRuns } from './prepare-runs.js';
import { type LocalRun, runJobs, type StartedJob } from './run-jobs.js';
import { orderOf, type OrderParts, sourceOf } from './run-orders.js';
import type { RunWords } from './run-words.js';
import { chooseShow } from './show/choose-show.js';
import { TerminalLink } from './terminal-link.js';
import { exitOfResult, worstOf } from './worst-result.js';

/** The exit code: 0 success, 1 failure, canceled or timed out, 2 nothing ran for what is wrong with the file, 3 we broke. Throws a UsageError or Unreadable. */
export async function runLocal(desk: Desk, words: RunWords, opened: OpenHouse): Promise<number> {
  try {
    return await runFiles(desk, words.file === undefined ? null : [words.file], { words, opened });
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    desk.screen.aside(`error: ${plainLines(thrown.message)}`);
    return EXIT.error;
  } finally {
    await opened.close();
  }
}

export interface RunParts {
  readonly words: RunWords;
  readonly opened: OpenHouse;
}

/** As `runLocal`, in a house that stays open, and for several files; null: those of the tree that the event starts. Throws a Fault too. */
export async function runFiles(
  desk: Desk,
  files: readonly string[] | null,
  { words, opened }: RunParts,
): Promise<number> {
  const isBundle = words.bundle !== undefined;
  const prepared = isBundle
    ? await prepareBundle(desk, words, opened)
    : await prepareFiles(desk, files, { words, opened });
  if (prepared.kind === 'problems') return tellProblems(desk, words, prepared.problems);
  const runs = chosenRuns(prepared.runs, words);
  if (words.breakBefore !== undefined) {
    const jobs = runs.flatMap(({ board }) => board.plan.jobs);
    checkBreakPoint(words.breakBefore, jobs, desk.call);
  }
  tellNotes(desk, prepared);
  if (runs.length === 0) desk.screen.aside('Nothing would start.');
  return perform(desk, { words, runs, house: await opened.house, parts: prepared });
}

/** What is the same for all orders of a command. */
export type Fixed = Pick<OrderParts, 'source' | 'trust' | 'outsideText'>;

async function prepareFiles(desk: Desk, files: readonly string[] | null, { words, opened }: RunParts) {
  const prepared = await prepareRuns(desk, files, words, opened);
  if (prepared.kind === 'problems') return prepared;
  const source = sourceOf(prepared.place, (await opened.house).folder);
  const fixed: Fixed = words.untrusted
    ? { source, trust: 'restricted', outsideText: undefined }
    : { source, trust: 'trusted', outsideText: 'pasted' };
  return { ...prepared, ...fixed };
}

function tellNotes(
  { screen }: Desk,
  { problems, notes }: Pick<Extract<Prepared, { kind: 'ready' }>, 'problems' | 'notes'>,
) {
  const { paint } = screen;
  for (const problem of problems) screen.aside(paint.warning(plainText(problemLine(problem))));
  for (const note of notes) screen.aside(paint.warning(`note: ${plainText(note)}`));
}

function chosenRuns(planned: readonly PlannedRun[], { job, matrix }: RunWords): readonly LocalRun[] {
  checkMatrix(
    planned.map(({ plan }) => plan),
    matrix,
  );
  const leaveOut = leavingOut(matrix);
  if (job === undefined) return planned.map((run) => toLocalRun(run, leaveOut));
  const having = planned.filter(({ plan }) => plan.jobs.some(({ id }) => id.toLowerCase() === job.toLowerCase()));
  const asked = having.length > 0 ? having : planned.slice(0, 1);
  return asked.map((run) => toLocalRun({ ...run, plan: withJobOnly(run.plan, job) }, leaveOut));
}

interface Performance {
  readonly words: RunWords;
  readonly runs: readonly LocalRun[];
  readonly house: LocalHouse;
  readonly parts: Fixed;
}

async function perform(desk: Desk, performance: Performance): Promise<number> {
  const { words, runs, house } = performance;
  const { call } = desk;
  const { show, records } = await chooseShow(desk, words.json);
  const killed = call.killed ?? new AbortController().signal;
  killed.addEventListener('abort', () => void house.kill());
  const secrets = Object.values(words.secrets);
  try {
    await runJobs(runs, {
      slots: availableParallelism(),
      perform: jobPerformer(desk, performance, show, killed),
      tell: (news) => show.tell(news),
      masked: (result) => shownOutputs(result, secrets),
      canceled: call.interrupted ?? new AbortController().signal,
    });
  } finally {
    await show.end();
  }
  return killed.aborted ? EXIT.interrupted : exitOfResult(worstOf(records.runs));
}

/** What runs jobs is loaded when the first one starts: the first line is shown before. */
function jobPerformer(desk: Desk, { words, house, parts }: Performance, show: Show, killed: AbortSignal) {
  const { breakBefore, secrets, env } = words;
  const order = { ...parts, secrets, env, isUnhurried: breakBefore !== undefined };
  let loading: Promise<Runner> | null = null;
  return async ({ run, head, signal }: StartedJob): Promise<JobResult> => {
    const runner = await (loading ??= loadRunner(desk, house, breakBefore, show));
    const link = new TerminalLink(signal, head, show, killed);
    await runner.run(orderOf(run, head.planned, head.id, order), link);
    if (link.result === null) throw new Error('the job did not say its end');
    return link.result;
  };
}

async function loadRunner(desk: Desk, house: LocalHouse, breakBefore: string | undefined, show: Show): Promise<Runner> {
  const { call, screen, clock } = desk;
  const { Runner } = await import('../../runner/runner.js');
  const beforeStep = breakBefore === undefined ? undefined : new BreakPoint(breakBefore, { call, screen, show }).before;
  const world = { clock, random: new SystemRandom(), node: process.execPath };
  return new Runner(house.executors, world, { beforeStep });
}

function tellProblems({ screen }: Desk, { json }: RunWords, problems: readonly Problem[]): number {
  if (json) for (const problem of problems) screen.line(jsonLine({ event: 'problem', ...problem }));
  else printProblems(screen, problems);
  return EXIT.usage;
}
