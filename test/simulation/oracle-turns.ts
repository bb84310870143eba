/** What must be true of runs that take turns: never two of a group at once, and who had to go went for a newer one. */
import type { Run } from '../../src/model/run.js';
import type { Rows, Seen } from './rows.js';
import { TURNS_ON } from './themes.js';
import type { TroubleKind } from './trouble.js';

/** In an untroubled world a run that is to go is gone long before. */
const GONE_MS = 20_000;
/** What keeps a run from being told of its end, or us from comparing times. */
const DELAYS: readonly TroubleKind[] = ['clock wrong', 'disk full', 'disk broken'];

export function wrongTurns(seen: Seen, rows: Rows): readonly string[] {
  const left = rows.turns.map(({ id, runId, group }) => `turn ${id} of run ${runId} is left in group ${group}`);
  return [...left, ...groupsOf(rows).flatMap((group) => wrongGroup(seen, rows, group))];
}

/** The runs of each group, oldest first. Those that never asked for a turn are in none. */
function groupsOf({ runs }: Rows): readonly (readonly Run[])[] {
  const groups = new Map<string, Run[]>();
  for (const run of runs) {
    if (!isTurning(run) || run.reason?.startsWith('superseded: ')) continue;
    const name = `${run.projectId} ${run.resolved.ref}`;
    groups.set(name, [...(groups.get(name) ?? []), run]);
  }
  return [...groups.values()];
}

function isTurning({ pipelineKey, resolved }: Run): boolean {
  return pipelineKey === `server:${TURNS_ON[resolved.ref]}`;
}

function wrongGroup(seen: Seen, rows: Rows, group: readonly Run[]): readonly string[] {
  return [...atOnce(seen, rows, group), ...wronglyReplaced(seen, rows, group), ...wentOn(seen, group)];
}

/** In the order of their ids, each after the last step of the one before. */
function atOnce(seen: Seen, rows: Rows, group: readonly Run[]): readonly string[] {
  let [last, lastMs] = [0, -Infinity];
  return group.flatMap((run) => {
    const times = stepTimes(seen, rows, run);
    const isEarly = times.some((atMs) => atMs < lastMs);
    const said = isEarly ? [`run ${run.id} ran steps before those of run ${last} of its group were over`] : [];
    if (times.length > 0) [last, lastMs] = [run.id, Math.max(...times)];
    return said;
  });
}

/** Only for a newer run of its group, and one that runs only where its pipeline says so. */
function wronglyReplaced(seen: Seen, rows: Rows, group: readonly Run[]): readonly string[] {
  return group.flatMap((run) => {
    if (!run.reason?.startsWith('replaced by ')) return [];
    const by = group.find(({ id }) => id === run.reasonRunId);
    if (by === undefined || by.id <= run.id) return [`run ${run.id} was replaced by ${by?.id ?? 'none'} of its group`];
    const mayGo = {
      deploy: stepTimes(seen, rows, run).length === 0,
      rollout: false,
      preview: true,
    }[TURNS_ON[run.resolved.ref]!];
    return mayGo ? [] : [`run ${run.id} was ${run.reason} and should have been let run`];
  });
}

/** Where the newer one cancels the one that runs, that one does not run to its end. */
function wentOn({ history, patience }: Seen, group: readonly Run[]): readonly string[] {
  const isDelayed = history.blows.some((blow) => blow.kind === 'trouble' && DELAYS.includes(blow.window.kind));
  if (isDelayed) return [];
  return group.flatMap((run, at) => {
    const next = group[at + 1];
    if (next === undefined || TURNS_ON[run.resolved.ref] !== 'preview') return [];
    const isGone = run.result === 'canceled' || (run.finishedAt ?? 0) < next.createdAt + GONE_MS * patience;
    return isGone ? [] : [`run ${run.id} ran to its end although run ${next.id} of its group had come`];
  });
}

function stepTimes({ effects }: Seen, { jobs }: Rows, run: Run): readonly number[] {
  const own = new Set(jobs.filter(({ runId }) => runId === run.id).map(({ id }) => id));
  return effects.filter(({ jobId }) => own.has(jobId)).map(({ atMs }) => atMs);
}
