/** Finds jobs that can never run: their `if` is always false, or they stand behind such a job. */
import { STATUS_FUNCTIONS } from '../expression/names.js';
import { type MapEntry, entryOf } from './node.js';
import { jsonOf, scalarText, textsAt } from './node-values.js';
import type { ProblemList } from './problem-list.js';

const FALSE = /^\s*(?:false|\$\{\{\s*false\s*\}\})\s*$/;

/** Warns at the `if`, or at the `needs`. */
export function checkReach(jobs: readonly MapEntry[], problems: ProblemList): void {
  const followers = followersOf(jobs);
  const open = jobs.filter(isNever);
  const dead = new Set<MapEntry>(open);
  for (const job of open) {
    const spot = entryOf(job.value, 'if')?.spot ?? job.keyNode.spot;
    problems.warning(spot, 'never-runs', 'this `if` is always false: the job never runs');
  }
  for (let job = open.pop(); job !== undefined; job = open.pop()) {
    for (const follower of followers.get(job.key.toLowerCase()) ?? []) {
      if (dead.has(follower) || asksForStatus(follower)) continue;
      dead.add(follower);
      open.push(follower);
      const spot = entryOf(follower.value, 'needs')?.spot ?? follower.keyNode.spot;
      problems.warning(
        spot,
        'never-runs',
        `the job never runs, as \`${job.key}\` never does; \`if: always()\` runs it all the same`,
      );
    }
  }
}

/** Jobs by the lower-case ids of what they need. */
function followersOf(jobs: readonly MapEntry[]): ReadonlyMap<string, readonly MapEntry[]> {
  const followers = new Map<string, MapEntry[]>();
  for (const job of jobs) {
    for (const need of new Set(textsAt(job.value, 'needs').map((id) => id.toLowerCase()))) {
      const known = followers.get(need);
      if (known) known.push(job);
      else followers.set(need, [job]);
    }
  }
  return followers;
}

function isNever({ value }: MapEntry): boolean {
  const condition = jsonOf(entryOf(value, 'if'));
  return condition === false || (typeof condition === 'string' && FALSE.test(condition));
}

/** Without a status function a job waits for every ancestor's success. */
function asksForStatus({ value }: MapEntry): boolean {
  const condition = (scalarText(entryOf(value, 'if')) ?? '').toLowerCase();
  return STATUS_FUNCTIONS.some((name) => condition.includes(name));
}
