/** What filters are compared with, as git tells it: paths of pushes, new branches and pull-requests, and what the head commit says. */
import { describe, expect, it } from 'vitest';
import { gitIn, restoreRepository, setRef } from '../fixtures/repositories/restore.js';
import { recording } from '../forge/recordings.js';
import { commitFile } from './commit-file.js';
import { openHouse, ShiftedClock, temporaryFolder, type TestHouse } from './house.js';

const PUSH = recording('006');
const PULL = recording('029');
const HEAD = PUSH.message.msg['end_commit'] as string;
const NOTHING = '0'.repeat(40);

const on = (what: string) => `on: ${what}\njobs: { one: { runs-on: host, steps: [{ run: 'true' }] } }\n`;

async function houseOfLab(pipelines: Readonly<Record<string, string>>) {
  const repositories = temporaryFolder('repositories');
  const lab = restoreRepository('lab', repositories);
  setRef(lab, 'refs/heads/main', HEAD);
  const house = await openHouse({ clock: new ShiftedClock(PULL.message.timestamp * 1000 + 60_000), repositories });
  await house.register('lab', PUSH.key, pipelines);
  return { house, lab };
}

async function pushed(house: TestHouse, branch: string, before: string, after: string): Promise<void> {
  const move = { old_commit: before, end_commit: after, start_commit: after, branch };
  const msg = { ...PUSH.message.msg, ...move, pagure_instance: house.pagure.appUrl };
  expect(await house.deliver('lab', 'git.receive', msg)).toBe(202);
  await house.settle();
}

/** Of each pipeline: was it started by the first event? */
async function started(house: TestHouse): Promise<Record<string, boolean>> {
  const decisions = await house.decisions(1);
  return Object.fromEntries(decisions.map(({ pipelineName, outcome }) => [pipelineName, outcome === 'started']));
}

describe('path filters', () => {
  it('of a push see what its commits changed, two-dot', async () => {
    const { house, lab } = await houseOfLab({
      first: on('{ push: { paths: [a/**] } }'),
      last: on('{ push: { paths: [b] } }'),
      other: on('{ push: { paths: [c] } }'),
    });
    commitFile(lab, 'main', 'a/x', '1');
    await pushed(house, 'main', HEAD, commitFile(lab, 'main', 'b', '1'));
    expect(await started(house)).toEqual({ first: true, last: true, other: false });
  });

  it('of a new branch begin where it left the others', async () => {
    const { house, lab } = await houseOfLab({
      first: on('{ push: { paths: [a] } }'),
      main: on('{ push: { paths: [m] } }'),
    });
    setRef(lab, 'refs/heads/topic', commitFile(lab, 'main', 'm', '1'));
    commitFile(lab, 'topic', 'a', '1');
    await pushed(house, 'topic', NOTHING, commitFile(lab, 'topic', 'b', '1'));
    expect(await started(house)).toEqual({ first: true, main: false });
  });

  it('of a branch without commits of its own match nothing', async () => {
    const { house, lab } = await houseOfLab({ all: on("{ push: { paths: ['**'] } }"), any: on('push') });
    setRef(lab, 'refs/heads/topic', HEAD);
    await pushed(house, 'topic', NOTHING, HEAD);
    expect(await started(house)).toEqual({ all: false, any: true });
  });

  it('of a pull-request see what it changed since it left its target, three-dot', async () => {
    const { house, lab } = await houseOfLab({
      mine: on('{ pull_request: { paths: [mine] } }'),
      theirs: on('{ pull_request: { paths: [theirs] } }'),
    });
    const pull = PULL.message.msg['pullrequest'] as Record<string, string>;
    setRef(lab, `refs/heads/${pull['branch_from']}`, HEAD);
    const head = commitFile(lab, pull['branch_from']!, 'mine', '1');
    commitFile(lab, 'main', 'theirs', '1');
    const msg = {
      ...PULL.message.msg,
      pullrequest: { ...pull, commit_stop: head },
      pagure_instance: house.pagure.appUrl,
    };
    expect(await house.deliver('lab', 'pull-request.new', msg)).toBe(202);
    await house.settle();
    expect(await started(house)).toEqual({ mine: true, theirs: false });
  });
});

describe('a head commit that says so', () => {
  it.each(['[skip ci] typo', 'typo\n\n[no ci]', 'typo\n\nskip-checks: true'])(
    '%j skips push and no topic',
    async (says) => {
      const { house, lab } = await houseOfLab({ push: on('push'), topic: on('git.receive') });
      const commit = gitIn(lab, 'commit-tree', `${HEAD}^{tree}`, '-p', HEAD, '-m', says).trim();
      setRef(lab, 'refs/heads/main', commit);
      await pushed(house, 'main', HEAD, commit);
      expect(await started(house)).toEqual({ push: false, topic: true });
    },
  );
});
