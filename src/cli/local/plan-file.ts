/** `plan`: reads the pipeline and the event, and prints what would become of them. */
import type { Desk } from '../desk.js';
import { jsonLine } from '../screen/plain-text.js';
import { EXIT } from '../verb.js';
import { printProblems } from './lint-files.js';
import { printPlan } from './print-plan.js';
import { currentBranch } from './repository.js';
import { readSource } from './source-file.js';
import { type TriedPipeline, tryPipeline } from './try-pipeline.js';
import { type EventWords, readTriedEvent } from './tried-event.js';

export interface PlanOptions extends EventWords {
  readonly json?: true;
}

/** The exit code: 1 when the pipeline has errors. Throws a UsageError or Unreadable. */
export async function planFile(desk: Desk, file: string, options: PlanOptions): Promise<number> {
  const source = await readSource(desk.call, file);
  const event = await readTriedEvent(desk.call, options, await currentBranch(source.root));
  const tried = await tryPipeline(source, event);
  if (tried.kind === 'tried') await print(desk, tried.answer, options);
  else printProblems(desk.screen, tried.problems);
  return tried.kind === 'tried' ? EXIT.done : EXIT.failure;
}

async function print({ screen }: Desk, answer: TriedPipeline, { json }: PlanOptions): Promise<void> {
  if (json) screen.line(jsonLine(answer));
  else await printPlan(screen, answer);
}
