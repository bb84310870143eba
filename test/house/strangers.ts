/** A house to which a stranger opened a pull-request: the recorded one of a fork, with its commits where Pagure keeps them. */
import { gitIn, restoreRepository, setRef } from '../fixtures/repositories/restore.js';
import { recording } from '../forge/recordings.js';
import { openHouse, ShiftedClock, temporaryFolder, type TestHouse } from './house.js';

const PUSH = recording('006');

export const OPENED = recording('048');
export const UPDATED = recording('050');
export const MAIN = PUSH.message.msg['end_commit'] as string;
export const FIRST = headOf(OPENED);
export const SECOND = headOf(UPDATED);

export const CI = `name: CI
on: [push, pull_request]
jobs:
  test:
    runs-on: host
    steps:
      - run: git rev-parse HEAD && ls
`;

export interface StrangersHouse {
  readonly house: TestHouse;
  readonly clock: ShiftedClock;
  readonly projectId: number;
  /** Path of the project's repository. */
  readonly lab: string;
  /** Pagure puts the head of the pull-request where it keeps it. */
  showHead(commit: string): void;
}

export async function strangersHouse(
  pipelines: Readonly<Record<string, string>> = { ci: CI },
): Promise<StrangersHouse> {
  const repositories = temporaryFolder('repositories');
  const [lab, fork] = [restoreRepository('lab', repositories), restoreRepository('forks/bob/lab', repositories)];
  setRef(lab, 'refs/heads/main', MAIN);
  const clock = new ShiftedClock(OPENED.message.timestamp * 1000 + 60_000);
  const house = await openHouse({ clock, repositories });
  const projectId = await house.register('lab', OPENED.key, pipelines);
  const showHead = (commit: string) => {
    gitIn(lab, 'fetch', '--quiet', '--no-write-fetch-head', fork, '+refs/*:refs/fork/*');
    setRef(lab, 'refs/pull/2/head', commit);
  };
  return { house, clock, projectId, lab, showHead };
}

function headOf({ message }: typeof OPENED): string {
  return (message.msg['pullrequest'] as { commit_stop: string }).commit_stop;
}
