/** `run`: prepares runs, lets their jobs run on this machine, and shows them. */
import { availableParallelism } from 'node:os';
import { Fault, type Problem } from '../../kernel/errors.js';
import { SystemRandom } from '../../kernel/random.js';
import type { JobSource } from '../../model/job-order.js';
import { SystemRandom } from '../../kernel/random.js';
import type { JobResult } from '../../model/run.js';
import { Runner } from '../../runner/runner.js';
import type { Desk } from '../desk.js';
import { printProblems } from '../local/lint-files.js';
import { jsonLine, plainLines, plainText } from '../screen/plain-text.js';
import { problemLine } from '../screen/problem-line.js';
import { EXIT } from '../verb.js';
import { BreakPoint, checkBreakPoint } from './break-point.js';
import { prepareBundle } from './bundled-run.js';
import { shownOutputs } from './hide-secrets.js';
import { checkMatrix, leavingOut, withJobOnly } from './job-choice.js';
import { LocalHouse } from './local-house.js';
import type { Show } from './news.js';
import { type PlannedRun, toLocalRun } from './planned-run.js';
import { prepareRuns } from './prepare-runs.js';
import { type LocalRun, runJobs, type StartedJob } from './run-jobs.js';
import { orderOf, type OrderParts, sourceOf } from './run-orders.js';
import { type RunOptions, type RunWords, readWords } from './run-words.js';
import { chooseShow } from './show/choose-show.js';
import { TerminalLink } from './terminal-link.js';
import { exitOfResult, worstOf } from './worst-result.js';

/** The exit code: 0 success, 1 failure, canceled or timed out, 2 nothing ran for what is wrong with the file, 3 we broke. Throws a UsageError or Unreadable. */
export async function runLocal(desk: Desk, file: string | undefined, options: RunOptions): Promise<number> {
  const words = readWords(desk.call, file, options);
  try {
    return await inHouse(desk, words);
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    desk.screen.aside(`error: ${plainLines(thrown.message)}`);
    return EXIT.error;
  }
}

async function inHouse(desk: Desk, words: RunWords): Promise<number> {
  const opening = LocalHouse.open(desk.call, desk.clock);
  try {
    return await runIn(desk, words, opening);
  } finally {
    await opening.then(
      (house) => house.close(),
      () => undefined,
    );
  }
}

async function runIn(desk: Desk, words: RunWords, opening: Promise<LocalHouse>): Promise<number> {
  const prepared = await (words.bundle === undefined ? prepareFiles : prepareBundle)(desk, words, opening);
  if (prepared.kind === 'problems') return tellProblems(desk, words, prepared.problems);
  const runs = chosenRuns(prepared.runs, words);
  if (words.breakBefore !== undefined) {
    const jobs = runs.flatMap(({ board }) => board.plan.jobs);
    checkBreakPoint(words.breakBefore, jobs, desk.call);
  }
  for (const problem of prepared.problems)
    desk.screen.aside(desk.screen.paint.warning(plainText(problemLine(problem))));
  for (const note of prepared.notes) desk.screen.aside(desk.screen.paint.warning(`note: ${plainText(note)}`));
  if (runs.length === 0) desk.screen.aside('Nothing would start.');
  return perform(desk, { words, runs, house: await opening, parts: prepared });
}

/** What is the same for all orders of a command. */
export type Fixed = Pick<OrderParts, 'source' | 'trust' | 'outsideText'>;

async function prepareFiles(desk: Desk, words: RunWords, opening: Promise<LocalHouse>) {
  const prepared = await prepareRuns(desk, words, opening);
  if (prepared.kind === 'problems') return prepared;
  const { folder, tree } = prepared.place;
  const source: JobSource = sourceOf(tree, folder, (await opening).folder);
  const fixed: Fixed = words.untrusted
    ? { source, trust: 'restricted', outsideText: undefined }
    : { source, trust: 'trusted', outsideText: 'pasted' };
  return { ...prepared, ...fixed };
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

function jobPerformer(desk: Desk, { words, house, parts }: Performance, show: Show, killed: AbortSignal) {
  const { call, screen, clock } = desk;
  const { breakBefore, secrets, env } = words;
  const stop = breakBefore === undefined ? undefined : new BreakPoint(breakBefore, { call, screen, show }).before;
  const runner = new Runner(
    house.executors,
    { clock, random: new SystemRandom(), node: process.execPath },
    { beforeStep: stop },
  );
  const order = { ...parts, secrets, env, isUnhurried: breakBefore !== undefined };
  return async ({ run, head, signal }: StartedJob): Promise<JobResult> => {
    const link = new TerminalLink(signal, head, show, killed);
    await runner.run(orderOf(run, head.planned, head.id, order), link);
    if (link.result === null) throw new Error('the job did not say its end');
    return link.result;
  };
}

function tellProblems({ screen }: Desk, { json }: RunWords, problems: readonly Problem[]): number {
  if (json) for (const problem of problems) screen.line(jsonLine({ event: 'problem', ...problem }));
  else printProblems(screen, problems);
  return EXIT.usage;
}
