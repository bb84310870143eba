/** Finds jobs that wait for each other. */

export interface WaitingJob {
  readonly id: string;
  /** Lower case, as ids ignore case. */
  readonly needs: readonly string[];
}

/** The jobs of one circle, each needed by the next, from the first of them in the file; none where there is no circle. */
export function circleOf<J extends WaitingJob>(jobs: readonly J[]): readonly J[] {
  const byId = new Map(jobs.map((job) => [job.id.toLowerCase(), job]));
  const stuck = stuckJobs(jobs, byId);
  const path = new Set<J>();
  let [at] = stuck;
  while (at !== undefined && !path.has(at)) {
    path.add(at);
    at = neededBy(at, byId).find((need) => stuck.has(need));
  }
  if (at === undefined) return [];
  const circle = [...path].slice([...path].indexOf(at)).toReversed();
  const inCircle = new Set(circle);
  const first = circle.indexOf(jobs.find((job) => inCircle.has(job)) ?? at);
  return [...circle.slice(first), ...circle.slice(0, first)];
}

/** Takes jobs away that have nothing to wait for any more; each that is left needs another that is left. */
function stuckJobs<J extends WaitingJob>(jobs: readonly J[], byId: ReadonlyMap<string, J>): ReadonlySet<J> {
  const waits = new Map(jobs.map((job) => [job, neededBy(job, byId).length]));
  const followers = followersOf(jobs, byId);
  const free = jobs.filter((job) => waits.get(job) === 0);
  for (let job = free.pop(); job !== undefined; job = free.pop()) {
    waits.delete(job);
    for (const follower of followers.get(job) ?? []) {
      const left = (waits.get(follower) ?? 0) - 1;
      waits.set(follower, left);
      if (left === 0) free.push(follower);
    }
  }
  return new Set(waits.keys());
}

function followersOf<J extends WaitingJob>(
  jobs: readonly J[],
  byId: ReadonlyMap<string, J>,
): ReadonlyMap<J, readonly J[]> {
  const followers = new Map<J, J[]>(jobs.map((job) => [job, []]));
  for (const job of jobs) for (const need of neededBy(job, byId)) followers.get(need)?.push(job);
  return followers;
}

/** Each once. */
function neededBy<J extends WaitingJob>(job: J, byId: ReadonlyMap<string, J>): readonly J[] {
  return [...new Set(job.needs)].flatMap((need) => byId.get(need) ?? []);
}
