/** Checks across jobs and their steps: `needs` that exist and make no circle, ids that are unique, actions that can be run. */
import { callTargetOf } from '../plan/call-target.js';
import { checkConcurrency } from './check-concurrency.js';
import { checkStrategy } from './check-matrix.js';
import { checkReach } from './check-reach.js';
import { checkSteps } from './check-steps.js';
import { entryOf, type Node } from './node.js';
import { circleOf, type WaitingJob } from './job-circle.js';
import { KnownNames } from './known-names.js';
import { scalarText } from './node-values.js';
import type { ProblemList } from './problem-list.js';

/** Of the jobs of a circle. */
const MOST_SHOWN = 20;

interface JobNode extends WaitingJob {
  readonly node: Node;
}

export function checkJobs(jobs: Node | null, problems: ProblemList): void {
  if (jobs?.kind !== 'map') return;
  if (jobs.entries.length === 0) problems.error(jobs.spot, 'no-job', '`jobs` names no job');
  const list = jobs.entries.map(({ key, value }) => ({ id: key, node: value, needs: needsOf(value).map(lower) }));
  const ids = new KnownNames(list.map(({ id }) => id));
  for (const job of list) {
    checkNeeds(job, ids, problems);
    checkStrategy(job.node, problems);
    checkConcurrency(job.node, problems);
    checkSteps(job.node, problems);
    checkCall(job.node, problems);
  }
  checkCircles(list, problems);
  checkReach(jobs.entries, problems);
}

function needNodes(job: Node): readonly Node[] {
  const needs = entryOf(job, 'needs');
  return needs?.kind === 'list' ? needs.items : needs ? [needs] : [];
}

function needsOf(job: Node): readonly string[] {
  return needNodes(job).flatMap((node) => scalarText(node) ?? []);
}

function checkNeeds(job: JobNode, ids: KnownNames, problems: ProblemList): void {
  for (const node of needNodes(job.node)) {
    const need = scalarText(node);
    if (need === null || need === '' || ids.has(need)) continue;
    problems.error(
      node.spot,
      'unknown-need',
      `\`needs\` names \`${need.slice(0, 60)}\`, which is no job of this file${problems.didYouMean(need, ids.all)}`,
    );
  }
}

function checkCircles(jobs: readonly JobNode[], problems: ProblemList): void {
  const path = circleOf(jobs);
  const [first] = path;
  if (!first) return;
  const spot = entryOf(first.node, 'needs')?.spot ?? first.node.spot;
  const shown = [...path.slice(0, MOST_SHOWN).map(({ id }) => `\`${id}\``), ...(path.length > MOST_SHOWN ? ['…'] : [])];
  const names = [...shown, `\`${first.id}\``].join(' → ');
  problems.error(spot, 'needs-circle', `jobs wait for each other in a circle: ${names}`);
}

function checkCall(job: Node, problems: ProblemList): void {
  const node = entryOf(job, 'uses');
  const uses = scalarText(node);
  if (!node || !uses) return;
  const target = callTargetOf(uses, null);
  const shown = `\`${uses.slice(0, 80)}\``;
  if (target === null) {
    const message = `${shown} names no pipeline: write ./path/file.yml or owner/repo/path/file.yml@ref`;
    problems.error(node.spot, 'bad-uses', message);
  } else if (target.repository !== null) {
    const message = `${shown} is not fetched from elsewhere yet, so this job will fail: copy that file into this repository`;
    problems.warning(node.spot, 'not-yet', message);
  }
}

function lower(text: string): string {
  return text.toLowerCase();
}
