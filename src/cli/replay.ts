/** `events replay` and `events release`: what is stored starts its pipelines; or it is only said what would start. */
import { formatProblem } from '../kernel/errors.js';
import type { RunPreviewAnswer } from './api/answers.js';
import type { AskOptions, Desk } from './desk.js';
import { shortCommit, shortRef } from './list-options.js';
import { drawDecisions } from './screen/decisions.js';
import { jsonLine, plainText } from './screen/plain-text.js';
import type { Screen } from './screen/screen.js';

export interface ReplayOptions extends AskOptions {
  readonly dryRun?: true;
}

export async function replay(desk: Desk, id: number, options: ReplayOptions): Promise<void> {
  const { screen } = desk;
  const { api } = await desk.connect(options);
  const answer = await api.replay(id, options.dryRun ? 'dry run' : 'for real');
  if (options.json) return screen.line(jsonLine(answer));
  const { eventId, note, decisions } = answer;
  if (eventId !== null)
    return screen.line(`Event ${eventId} repeats event ${id}: pagure-actions events show ${eventId}`);
  screen.line(screen.paint.strong(`A replay of event ${id} would start this; nothing runs.`));
  if (note !== null) screen.line(plainText(note));
  await drawDecisions(screen, decisions);
  for (const { pipeline, run, also } of decisions)
    for (const preview of [run, also]) if (preview !== null) drawPreview(screen, pipeline, preview);
}

export async function release(desk: Desk, id: number, options: ReplayOptions): Promise<void> {
  const { screen } = desk;
  const { api } = await desk.connect(options);
  const answer = await api.release(id);
  screen.line(options.json ? jsonLine(answer) : `Event ${id} is released: pagure-actions events show ${id}`);
}

function drawPreview(screen: Screen, pipeline: string, run: RunPreviewAnswer): void {
  const { paint } = screen;
  const commit = run.commit === null ? '' : ` at ${shortCommit(run.commit)}`;
  screen.line();
  screen.line(`${paint.name(plainText(pipeline))} would ${plainText(run.would)}: ${shortRef(run.ref)}${commit}`);
  screen.line(paint.faint(`  ${plainText(run.trust)}: ${plainText(run.trustReason)}`));
  for (const problem of run.problems) screen.line(`  ${paint.warning(plainText(formatProblem(problem)))}`);
  const turn = turnText(run.turn);
  if (turn !== null) screen.line(`  ${paint.warning(turn)}`);
  for (const job of run.jobs) screen.line(`  ${plainText(job.name)} ${paint.faint(lifeOf(job))}`);
}

function lifeOf({ state, needs, reason, turn }: RunPreviewAnswer['jobs'][number]): string {
  const turned = turnText(turn);
  if (turned !== null) return turned;
  if (state === 'ready') return 'starts at once';
  if (state === 'waits')
    return needs.length > 0 ? `waits for ${plainText(needs.join(', '))}` : plainText(reason ?? state);
  if (state === 'open') return plainText(`not known yet: ${reason ?? ''}`);
  return plainText(reason === null ? state : `${state}: ${reason}`);
}

/** Null when nobody stands in its way, and it in nobody's. */
function turnText(turn: RunPreviewAnswer['turn']): string | null {
  if (turn === null) return null;
  const { group, waits, replaces } = turn;
  const what = [...(waits === null ? [] : [waits]), ...replaces.map((name) => `cancels ${name}`)];
  return what.length === 0 ? null : plainText(`${what.join(', ')} (group ${group})`);
}
