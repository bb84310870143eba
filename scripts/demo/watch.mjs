/** Follows one event through the API and prints each change once, until its run is done. */
import { setTimeout as sleep } from 'node:timers/promises';
import { bold, dim, line } from './print.mjs';

const EVERY_MS = 50;
const LIMIT_MS = 55_000;

/** Resolves with the run as the API shows it at its end. */
export async function watchEvent(server, eventId) {
  const end = Date.now() + LIMIT_MS;
  const runId = await untilDecided(server, eventId, end);
  const seen = new Set();
  const logs = new Map();
  for (;;) {
    const run = await server.api('GET', `/api/v1/runs/${runId}`);
    for (const job of run.jobs) await showJob({ server, run, job, seen, logs });
    if (run.state === 'done') return run;
    if (Date.now() > end) throw new Error(`run ${runId} is still ${run.state}`);
    await sleep(EVERY_MS);
  }
}

async function untilDecided(server, eventId, end) {
  for (;;) {
    const event = await server.api('GET', `/api/v1/events/${eventId}`);
    const started = event.decisions.find((decision) => decision.runId !== null);
    if (event.state === 'done') {
      line(`event ${eventId}           ${event.summary}`);
      for (const one of event.decisions) line(`decision          ${one.name}: ${one.outcome} (${one.reason})`);
      if (!started) throw new Error('no pipeline started');
      return started.runId;
    }
    if (event.state === 'parked' || Date.now() > end) throw new Error(event.note ?? 'the event was not looked at');
    await sleep(EVERY_MS);
  }
}

async function showJob({ server, run, job, seen, logs }) {
  once(seen, `${job.id}`, () => line(`job ${bold(job.name)}`));
  await showLog({ server, run, job, logs });
  for (const step of job.steps.filter((one) => one.state === 'done')) {
    once(seen, `${job.id} ${step.number}`, () => line(`  step ${step.number}  ${step.name}: ${step.conclusion}`));
  }
  if (job.state === 'done') once(seen, `${job.id} done`, () => line(`job ${bold(job.name)}: ${bold(job.result)}`));
}

/** What was printed since the last look, whole lines only. */
async function showLog({ server, run, job, logs }) {
  const from = logs.get(job.id) ?? 0;
  const text = await server.log(run.id, job.id, from);
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  logs.set(job.id, from + Buffer.byteLength(whole));
  for (const printed of whole.split('\n').filter(isWorthShowing)) line(dim(`    | ${printed}`));
}

function isWorthShowing(printed) {
  return printed !== '' && !printed.startsWith('##[');
}

function once(seen, key, print) {
  if (seen.has(key)) return;
  seen.add(key);
  print();
}
