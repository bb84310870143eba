/** Checks across jobs and their steps: `needs` that exist and make no circle, ids that are unique, actions that can be run. */
import { callTargetOf } from '../plan/call-target.js';
import { checkStrategy } from './check-matrix.js';
import { checkSteps } from './check-steps.js';
import { entryOf, type Node, type ProblemList } from './node.js';
import { scalarText } from './node-values.js';
import { didYouMean } from './suggest.js';

interface JobNode {
  readonly id: string;
  readonly node: Node;
  /** Lower case, as ids ignore case. */
  readonly needs: readonly string[];
}

export function checkJobs(jobs: Node | null, problems: ProblemList): void {
  if (jobs?.kind !== 'map') return;
  if (jobs.entries.length === 0) problems.error(jobs.spot, 'no-job', '`jobs` names no job');
  const list = jobs.entries.map(({ key, value }) => ({ id: key, node: value, needs: needsOf(value).map(lower) }));
  for (const job of list) {
    checkNeeds(job, list, problems);
    checkStrategy(job.node, problems);
    checkSteps(job.node, problems);
    checkCall(job.node, problems);
  }
  checkCircles(list, problems);
}

function needNodes(job: Node): readonly Node[] {
  const needs = entryOf(job, 'needs');
  return needs?.kind === 'list' ? needs.items : needs ? [needs] : [];
}

function needsOf(job: Node): readonly string[] {
  return needNodes(job).flatMap((node) => scalarText(node) ?? []);
}

function checkNeeds(job: JobNode, jobs: readonly JobNode[], problems: ProblemList): void {
  const ids = jobs.map(({ id }) => id);
  for (const node of needNodes(job.node)) {
    const need = scalarText(node);
    if (need === null || need === '' || ids.some((id) => lower(id) === lower(need))) continue;
    problems.error(
      node.spot,
      'unknown-need',
      `\`needs\` names \`${need.slice(0, 60)}\`, which is no job of this file${didYouMean(need, ids)}`,
    );
  }
}

/** Takes jobs away whose needs are gone; what is left stands in a circle or behind one. */
function checkCircles(jobs: readonly JobNode[], problems: ProblemList): void {
  const known = new Set(jobs.map(({ id }) => lower(id)));
  let left = jobs;
  for (let before = -1; before !== left.length;) {
    before = left.length;
    const ids = new Set(left.map(({ id }) => lower(id)));
    left = left.filter((job) => job.needs.some((need) => known.has(need) && ids.has(need)));
  }
  const first = left[0];
  if (!first) return;
  const path = circleFrom(first, left);
  const spot = entryOf(path[0]?.node ?? null, 'needs')?.spot ?? first.node.spot;
  const names = [...path, path[0]].map((job) => `\`${job?.id ?? ''}\``).join(' → ');
  problems.error(spot, 'needs-circle', `jobs wait for each other in a circle: ${names}`);
}

function circleFrom(first: JobNode, jobs: readonly JobNode[]): readonly JobNode[] {
  const path: JobNode[] = [];
  let at: JobNode = first;
  while (!path.includes(at)) {
    path.push(at);
    at = jobs.find((job) => at.needs.includes(lower(job.id))) ?? first;
  }
  return path.slice(path.indexOf(at));
}

function checkCall(job: Node, problems: ProblemList): void {
  const node = entryOf(job, 'uses');
  const uses = scalarText(node);
  if (!node || !uses) return;
  const target = callTargetOf(uses, null);
  if (target !== null)
    return checkCallable(job, node.spot, { uses, isElsewhere: target.repository !== null }, problems);
  const message = `\`${uses.slice(0, 80)}\` names no pipeline: write ./path/file.yml or owner/repo/path/file.yml@ref`;
  problems.error(node.spot, 'bad-uses', message);
}

/** What the house cannot do yet for a call: refused, or warned of where only the job itself would fail. */
function checkCallable(
  job: Node,
  spot: Node['spot'],
  call: { readonly uses: string; readonly isElsewhere: boolean },
  problems: ProblemList,
): void {
  const turns = entryOf(job, 'concurrency');
  if (turns !== null)
    problems.error(
      turns.spot,
      'not-yet',
      '`concurrency` of a call cannot be run here yet: put it on the pipeline or on the jobs of the called one',
    );
  if (!call.isElsewhere) return;
  const message = `\`${call.uses.slice(0, 80)}\` is not fetched from elsewhere yet, so this job will fail: copy that file into this repository`;
  problems.warning(spot, 'not-yet', message);
}

function lower(text: string): string {
  return text.toLowerCase();
}
