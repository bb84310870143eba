/** Checks across jobs and their steps: `needs` that exist and make no circle, ids that are unique, actions that can be run. */
import { checkStrategy } from './check-matrix.js';
import { ID_PATTERN } from './job-table.js';
import { entryOf, itemsOf, type Node, type ProblemList } from './node.js';
import { scalarText } from './node-values.js';
import { BUILT_IN_ACTIONS } from './not-yet.js';
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

function checkSteps(job: Node, problems: ProblemList): void {
  const steps = entryOf(job, 'steps');
  if (entryOf(job, 'uses') === null && entryOf(job, 'runs-on') !== null && itemsOf(steps).length === 0) {
    problems.error(steps?.spot ?? job.spot, 'no-step', 'the job has no `steps`');
  }
  const seen = new Set<string>();
  for (const step of itemsOf(steps)) {
    checkStepId(step, seen, problems);
    checkUses(step, problems);
  }
}

function checkStepId(step: Node, seen: Set<string>, problems: ProblemList): void {
  const node = entryOf(step, 'id');
  const id = scalarText(node);
  if (!node || !id) return;
  if (!ID_PATTERN.test.test(id))
    problems.error(node.spot, 'bad-name', `\`${id.slice(0, 60)}\` is no step id: it ${ID_PATTERN.says}`);
  if (seen.has(lower(id)))
    problems.error(node.spot, 'duplicate-id', `another step of the job has the id \`${id}\` already`);
  seen.add(lower(id));
}

function checkUses(step: Node, problems: ProblemList): void {
  const node = entryOf(step, 'uses');
  const uses = scalarText(node);
  if (!node || !uses) return;
  const [action = '', version] = uses.split('@');
  const local = /^(\.\/|\$\/|docker:\/\/)/.test(uses);
  if (!local && !version) {
    problems.error(
      node.spot,
      'no-version',
      `\`${uses.slice(0, 80)}\` names no version: write \`${uses.slice(0, 80)}@<tag or commit>\``,
    );
  } else if (local || !BUILT_IN_ACTIONS.includes(lower(action))) {
    problems.error(
      node.spot,
      'not-yet',
      `the action \`${uses.slice(0, 80)}\` cannot be run here yet; known are ${BUILT_IN_ACTIONS.join(', ')}`,
    );
  }
}

function lower(text: string): string {
  return text.toLowerCase();
}
