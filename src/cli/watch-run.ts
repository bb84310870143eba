/** `runs watch`: a picture that changes on a terminal, a line per change elsewhere. */
import type { StopTimer } from '../kernel/clock.js';
import type { RunAnswer } from './api/answers.js';
import { Interrupted } from './api/api-errors.js';
import type { Desk } from './desk.js';
import { type Following, runChanges } from './run-changes.js';
import { changeLines } from './screen/change-lines.js';
import { jsonLine } from './screen/plain-text.js';
import { drawRun } from './screen/run-picture.js';
import { EXIT } from './verb.js';

/** How often the times of a picture move on. */
const TICK_MS = 1_000;

/** Resolves with the exit code that says the run's result. */
export async function watchRun(desk: Desk, id: number, options: { url?: string; json?: true }): Promise<number> {
  const { call, clock, screen } = desk;
  const { api } = await desk.connect(options);
  const { interrupted } = call;
  const onSilence = (error: Error) => screen.aside(`${error.message} It is asked again.`);
  const changes = runChanges(id, { api, clock, interrupted, onSilence } satisfies Following);
  try {
    return exitOf(await showChanges(desk, changes, options));
  } catch (error) {
    if (error instanceof Interrupted) screen.aside(`\nThe run goes on: pagure-actions runs watch ${id}`);
    throw error;
  }
}

/** The code for a run that is done. */
export function exitOf({ result }: Pick<RunAnswer, 'result'>): number {
  if (result === 'failure') return EXIT.failure;
  if (result === 'canceled') return EXIT.canceled;
  return result === 'error' ? EXIT.error : EXIT.done;
}

async function showChanges(desk: Desk, changes: AsyncGenerator<RunAnswer>, { json }: { json?: true }) {
  if (json) return each(changes, (run) => desk.screen.line(jsonLine(run)));
  if (desk.screen.isTerminal) return paintChanges(desk, changes);
  return each(changes, (run, before) => changeLines(before, run).forEach((line) => desk.screen.line(line)));
}

async function each(
  changes: AsyncGenerator<RunAnswer>,
  show: (run: RunAnswer, before: RunAnswer | null) => void,
): Promise<RunAnswer> {
  let last: RunAnswer | null = null;
  for await (const run of changes) {
    show(run, last);
    last = run;
  }
  if (last === null) throw new Error('the changes of a run begin with the run');
  return last;
}

/** Only here a library that paints over is loaded. */
async function paintChanges({ call, clock, screen }: Desk, changes: AsyncGenerator<RunAnswer>): Promise<RunAnswer> {
  const { createLogUpdate } = await import('log-update');
  const picture = createLogUpdate(call.streams.stdout);
  let stop: StopTimer = () => undefined;
  const show = (run: RunAnswer) => {
    stop();
    const { paint, width } = screen;
    picture(drawRun(run, { paint, width, steps: 'telling', nowMs: clock.now() }));
    if (run.state !== 'done') stop = clock.after(TICK_MS, () => show(run));
  };
  try {
    return await each(changes, show);
  } finally {
    stop();
    picture.done();
  }
}
