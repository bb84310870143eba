/** `logs`: what the jobs of a run printed, as it stands or as it comes. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { nearestWord } from '../kernel/suggest.js';
import type { ApiClient } from './api/api-client.js';
import { ApiRefusal, Interrupted } from './api/api-errors.js';
import type { JobAnswer, RunAnswer } from './api/answers.js';
import { acting, type Desk, helpTail, rowId, urlOption, verbOf } from './desk.js';
import { followLog } from './follow-log.js';
import { paintedStanding } from './screen/paint.js';
import { plainText } from './screen/plain-text.js';
import { logPrinter } from './screen/log-printer.js';
import { exitOf } from './watch-run.js';

interface LogsOptions {
  readonly follow?: true;
  readonly tail?: number;
  readonly step?: number;
  readonly url?: string;
}

export const logs = verbOf('logs', defineLogs);

export function defineLogs(command: Command, desk: Desk): void {
  command
    .description('Print what the jobs of a run printed. Through a pipe it is byte for byte what they printed.')
    .argument('<run>', 'id of the run', rowId('a run'))
    .argument('[job]', 'name or id of one job; without it all, one after the other')
    .option('-f, --follow', 'print what comes, to the end; the exit code then says the result')
    .option('-n, --tail <lines>', 'only the last lines', linesOf)
    .addOption(
      new Option('-s, --step <number>', 'only what this step printed; 0 is the set-up')
        .argParser(stepNumber)
        .conflicts('follow'),
    )
    .addOption(urlOption())
    .addHelpText('after', helpTail(['logs 7', 'logs 7 build --tail 50', 'logs 7 build --step 3', 'logs -f 7']))
    .action(
      acting(desk, (id: number, job: string | undefined, options: LogsOptions) =>
        printLogs(desk, { id, job }, options),
      ),
    );
}

function linesOf(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a number of lines from 1.');
}

function stepNumber(text: string): number {
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is the number of a step; 0 is the set-up.');
}

interface Asked {
  readonly id: number;
  readonly job: string | undefined;
}

async function printLogs(desk: Desk, { id, job: word }: Asked, options: LogsOptions): Promise<number | void> {
  const { api } = await desk.connect(options);
  const run = await api.run(id);
  const jobs = word === undefined ? run.jobs : [jobOf(run, word)];
  if (jobs.length === 0)
    desk.screen.aside(`Run ${id} has no job${run.reason === null ? '' : `: ${plainText(run.reason)}`}.`);
  checkStep(jobs, options);
  for (const job of jobs) {
    if (jobs.length > 1) desk.screen.aside(headline(desk, job));
    await printLog(desk, api, { ...options, runId: id, job });
  }
  return options.follow ? resultOf(await api.run(id), word) : undefined;
}

/** Throws an ApiRefusal for a step that none of the jobs has begun. */
function checkStep(jobs: readonly JobAnswer[], { step }: LogsOptions): void {
  if (step === undefined || jobs.some(({ steps }) => steps.some(({ number }) => number === step))) return;
  const names = jobs.flatMap(({ steps }) => steps).map(({ number, name }) => `${number} ${plainText(name)}`);
  const there = names.length === 0 ? 'None has begun.' : `There are: ${names.join(', ')}`;
  throw new ApiRefusal(404, null, `there is no step ${step}. ${there}`);
}

function headline({ screen: { paint } }: Desk, job: JobAnswer): string {
  return `${paint.faint('──')} ${paint.strong(plainText(job.name))} ${paintedStanding(job, paint)}`;
}

interface LogOf extends LogsOptions {
  readonly runId: number;
  readonly job: JobAnswer;
}

async function printLog(desk: Desk, api: ApiClient, { runId, job, follow, tail, step }: LogOf): Promise<void> {
  const printer = logPrinter(desk.screen);
  const place = { runId, jobId: job.id };
  const { clock, screen } = desk;
  const { interrupted } = desk.call;
  const onSilence = (error: Error) => screen.aside(`${error.message} It is asked again.`);
  const pieces = follow
    ? followLog(place, { api, clock, interrupted, onSilence, tail })
    : api.log(place, { tail, step });
  try {
    for await (const piece of pieces) await printer.print(piece);
  } catch (error) {
    if (error instanceof Interrupted && follow) screen.aside(`\nThe run goes on: pagure-actions logs -f ${runId}`);
    throw error;
  } finally {
    await printer.end();
  }
}

/** Of the one job that was named, else of the run. */
function resultOf(run: RunAnswer, word: string | undefined): number {
  return exitOf(word === undefined ? run : jobOf(run, word));
}

/** By key, name or id. Throws an ApiRefusal that names those which there are. */
function jobOf({ id, jobs }: RunAnswer, word: string): JobAnswer {
  const found =
    jobs.find(({ key }) => key === word) ??
    jobs.find(({ name }) => name === word) ??
    jobs.find((job) => String(job.id) === word);
  if (found !== undefined) return found;
  const names = jobs.map(({ key }) => key);
  const near = nearestWord(word, names);
  const hint = near === null ? `Its jobs: ${names.join(', ')}` : `Did you mean ${near}?`;
  throw new ApiRefusal(404, null, `run ${id} has no job ${word}. ${hint}`);
}
