/** The headline of a run: its result, and where it failed or stands. */
import { oneLine } from '../../kernel/one-line.js';
import type { PageRun } from '../../store/page-rows.js';
import { type Html, html } from './html.js';
import { headline } from './layout.js';
import type { RunView } from './run-view.js';
import { runStanding, type Tone } from './standing.js';
import { countOf, outside } from './text.js';
import { isRed } from '../../model/result.js';

const WORDS: Readonly<Record<Tone, string>> = {
  success: 'Passed',
  failure: 'Failed',
  error: 'Could not run',
  canceled: 'Canceled',
  skipped: 'Skipped',
  waiting: 'Waiting',
  queued: 'Queued',
  running: 'Running',
  held: 'Held',
  allowed: 'Failed',
};

export function runHeadline(view: RunView): Html {
  const { tone } = runStanding(view.run);
  const rest = detail(view, tone);
  return headline(tone, WORDS[tone], rest === null ? null : html`: ${rest}`);
}

/** Of the tab. */
export function runTitle({ run, project }: Pick<RunView, 'run' | 'project'>): string {
  const pipeline = `${oneLine(run.pipelineName, 60)} #${run.number}`;
  return `${WORDS[runStanding(run).tone]} · ${pipeline} · ${oneLine(project.fullname, 60)}`;
}

function detail(view: RunView, tone: Tone): Html | null {
  const { run, focus } = view;
  switch (tone) {
    case 'success':
      return passed(view);
    case 'failure':
    case 'running':
      return focus === null ? null : placeOf(focus);
    case 'held':
      return html`it waits for somebody’s approval`;
    case 'queued':
    case 'waiting':
      return outsideOr(run.reason ?? jobReason(view), 'it waits for a free place');
    default:
      return outsideOr(run.reason, null);
  }
}

function passed({ counts }: RunView): Html {
  const ran = counts.filter(({ result }) => result !== 'skipped').reduce((sum, { count }) => sum + count, 0);
  const allowed = counts.filter(({ result }) => isRed(result));
  const failed = allowed.reduce((sum, { count }) => sum + count, 0);
  return html`${countOf(ran, 'job')}${failed === 0 ? null : `, of which ${failed} failed as ${failed === 1 ? 'it' : 'they'} may`}`;
}

function placeOf({ job, step }: NonNullable<RunView['focus']>): Html {
  const name = outside(job.name, 60);
  return step === null ? name : html`${name} <span aria-hidden="true">›</span> ${outside(step.name, 80)}`;
}

/** Of a run of which nothing runs: why its job waits. */
function jobReason({ jobs }: RunView): string | null {
  return jobs.find(({ state, reason }) => state === 'waiting' && reason !== null)?.reason ?? null;
}

function outsideOr(reason: PageRun['reason'], otherwise: string | null): Html | null {
  if (reason === null) return otherwise === null ? null : html`${otherwise}`;
  return outside(reason, 200);
}
