/** Runs the steps of one job in a session: set-up, steps in order, outputs. */
import { Fault } from '../../kernel/errors.js';
import type { JobResult } from '../../model/run.js';
import { evaluateTexts, ExpressionError } from '../../pipeline/index.js';
import { runCommand } from './run-command.js';
import { checkOut, type StepParts, StepRun } from './step-run.js';

const SET_UP = { number: 0, id: '__setup', name: 'Set up the job' } as const;
/** Of all outputs of a job. */
const OUTPUT_BYTES = 1024 * 1024;

/** Rejects for a lost link, and with a Fault when the job could not be run. */
export async function runJob(parts: StepParts): Promise<JobResult> {
  const wrong = await setUp(parts);
  if (wrong !== null) return { result: 'failure', reason: wrong, outputs: {} };
  for (const step of parts.state.order.job.steps) await new StepRun(step, parts).run();
  return resultOf(parts);
}

/** Everything before the first step: until here a lost job may be tried again. Returns what is wrong with the job itself. */
async function setUp(parts: StepParts): Promise<string | null> {
  const { lane, log, session, state } = parts;
  const { job, contexts, source, env } = state.order;
  await lane.stepStarted(SET_UP);
  await log.say([`${job.name}: commit ${source.commit} of ${source.ref}`], 0);
  await session.put(state.eventPath, JSON.stringify(contexts.github['event'] ?? {}), 0o600);
  if (job.checkout) await checkOutFirst(parts);
  const wrong = evaluateEnv(parts, { ...env, ...job.env });
  if (wrong !== null) await log.say([`##[error]${wrong}`], 0);
  const end = wrong === null ? 'success' : 'failure';
  await lane.stepFinished({ ...SET_UP, outcome: end, conclusion: end, exitCode: null, reason: wrong });
  return wrong;
}

async function checkOutFirst(parts: StepParts): Promise<void> {
  const { cancellation, clock, lane, log, session } = parts;
  const stops = { stop: cancellation.signal, kill: AbortSignal.any([cancellation.overdue, lane.lost]) };
  const take = (chunk: Buffer) => log.write(chunk, 0);
  const exit = await checkOut(parts, (command) => runCommand(command, take, { session, clock, stops }));
  if (exit.code === 0 || cancellation.signal.aborted) return;
  throw new Fault(`the checkout ended with exit code ${exit.code ?? exit.signal}`, { retryable: true });
}

function evaluateEnv({ state, cancellation }: StepParts, env: Parameters<typeof evaluateTexts>[0]): string | null {
  try {
    state.env = evaluateTexts(env, state.scope(cancellation.signal.aborted));
    return null;
  } catch (error) {
    if (error instanceof ExpressionError) return `env: ${error.message}`;
    throw error;
  }
}

function resultOf({ state, cancellation }: StepParts): JobResult {
  const outputs = outputsOf(state, cancellation.signal.aborted);
  if (cancellation.reason !== null) return { result: 'canceled', reason: cancellation.reason, outputs };
  return { result: state.standing, reason: state.reason, outputs };
}

/** Empty ones are left out; an output that cannot be evaluated, or is too long, fails the job. */
function outputsOf(state: StepParts['state'], isCanceled: boolean): Record<string, string> {
  try {
    const texts = evaluateTexts(state.order.job.outputs, state.scope(isCanceled));
    const kept = Object.entries(texts).filter(([, value]) => value !== '');
    if (kept.reduce((size, [, value]) => size + Buffer.byteLength(value), 0) <= OUTPUT_BYTES)
      return Object.fromEntries(kept);
    state.fail('its outputs are larger than 1 MiB');
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    state.fail(`outputs: ${error.message}`);
  }
  return {};
}
