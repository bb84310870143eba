/** What must be true of runs that others follow: each thing that they do is told once, and each follower starts once for it. */
import type { Event } from '../../src/model/event.js';
import type { Run } from '../../src/model/run.js';
import { count, isGivenUp, type Rows, type Seen } from './rows.js';
import { type ChainAction, FOLLOWS } from './themes.js';

/** So many runs follow the first at most. */
const LONGEST = 5;

interface Told {
  readonly event: Event;
  readonly run: Run;
  readonly action: ChainAction;
}

export function wrongChains({ history }: Seen, rows: Rows): readonly string[] {
  if (history.theme !== 'chains') return [];
  const told = toldOf(rows);
  return [...wrongTold(rows, told), ...told.flatMap((one) => wrongFollowers(rows, told, one))];
}

/** Which run each event of a chain tells of, by the id under which it was told. */
function toldOf({ events, runs, own }: Rows): readonly Told[] {
  return events.flatMap((event) => {
    const [, runId, action] = /^run-(\d+)-\d+-\d+-(\w+)$/.exec(own.get(event.id)?.msgId ?? '') ?? [];
    const run = runs.find(({ id }) => id === Number(runId));
    return run === undefined ? [] : [{ event, run, action: action as ChainAction }];
  });
}

/** A held run tells nothing. Whether a run was running for a moment is known only where it says when it started. */
function wrongTold({ runs }: Rows, told: readonly Told[]): readonly string[] {
  const found = count(told.map(({ run, action }) => `${run.id} ${action}`));
  return runs.flatMap((run) =>
    (['requested', 'in_progress', 'completed'] as const).flatMap((action) => {
      const is = found.get(`${run.id} ${action}`) ?? 0;
      const isFollowed = run.trust !== 'held' && FOLLOWS.some((one) => one.of === nameOf(run) && one.action === action);
      const isUnknown = action === 'in_progress' && run.startedAt === null;
      const should = isFollowed && !(isUnknown && is === 0) ? 1 : 0;
      return is === should ? [] : [`run ${run.id} was told of as ${action} ${is} times and should be ${should} times`];
    }),
  );
}

function wrongFollowers({ runs }: Rows, all: readonly Told[], { event, run, action }: Told): readonly string[] {
  if (isGivenUp(event)) return [];
  const depth = depthOf(all, run);
  const wanted = FOLLOWS.filter((one) => one.of === nameOf(run) && one.action === action && depth <= LONGEST);
  const followers = runs.filter(({ eventId }) => eventId === event.id).map(nameOf);
  const [is, should] = [
    followers.sort().join(),
    wanted
      .map(({ follower }) => follower)
      .sort()
      .join(),
  ];
  return is === should
    ? []
    : [
        `event ${event.id} of a chain ${depth} deep was followed by ${is || 'nobody'} and should be by ${should || 'nobody'}`,
      ];
}

/** 1 for what follows a run that no other run started. */
function depthOf(all: readonly Told[], { eventId }: Run): number {
  const cause = all.find(({ event }) => event.id === eventId);
  return cause === undefined ? 1 : 1 + depthOf(all, cause.run);
}

/** Those of the repository follow nobody and are followed by nobody. */
function nameOf({ pipelineKey }: Run): string {
  return pipelineKey.replace(/^server:/, '');
}
