/** TRUST §5: what this program itself leaves on the forge starts nothing, and is known by what we stored, never by a name. */
import { describe, expect, it } from 'vitest';
import { Events } from '../../src/store/events.js';
import { openScene } from './comment-scene.js';

const LISTENS =
  "on: [issue_comment, 'commit.flag.*', 'pull-request.flag.*']\njobs: { one: { runs-on: host, steps: [{ run: 'true' }] } }\n";
const CI = "on: pull_request\njobs: { one: { runs-on: host, steps: [{ run: 'true' }] } }\n";

async function listening() {
  const scene = await openScene({ ci: CI, listens: LISTENS });
  const { house } = scene;
  const countRuns = async () => (await house.runs()).length;
  const noteOf = async (id: number) => (await house.get(Events).byId(id))?.note ?? null;
  return { scene, house, countRuns, noteOf };
}

describe('our own comment', () => {
  it('starts nothing when Pagure tells of it, whoever our token is of; a comment with a marker that is not ours does', async () => {
    const { scene, house, countRuns, noteOf } = await listening();
    await scene.comment('/explain');
    await house.untilDone(2);
    const before = await countRuns();
    const [written] = house.pagure.comments.written;
    await scene.comment(written!.text, { agent: written!.user });
    expect([await countRuns(), await noteOf(3)]).toEqual([before, 'it is a comment of ours']);
    await scene.comment(written!.text.replace(/[0-9a-f]{32}/, 'f'.repeat(32)), { agent: written!.user });
    expect(await countRuns()).toBe(before + 1);
    await house.untilDone(before + 1);
  });

  it('is answered by no further comment, however often the two meet', async () => {
    const { scene, house } = await listening();
    house.pagure.comments.onComment(({ user, text }) => void scene.tell(text, { agent: user, author: user }));
    await scene.comment('/cancel');
    await house.settle();
    expect(house.pagure.comments.written).toHaveLength(1);
  });
});

describe('our own flag', () => {
  it('starts nothing; one with our url and no row of ours does', async () => {
    const { scene, house, countRuns, noteOf } = await listening();
    const [run] = await house.runs();
    await house.untilFlagged(run!.resolved.commit!, 'success');
    const flag = (commit: string) => ({
      agent: 'alice',
      flag: {
        commit_hash: commit,
        url: 'http://127.0.0.1:8080/runs/1',
        status: 'success',
        username: 'x',
        comment: 'x',
      },
      repo: { fullname: 'lab' },
      pagure_instance: house.pagure.appUrl,
    });
    const before = await countRuns();
    await house.deliver('lab', 'commit.flag.updated', flag(run!.resolved.commit!));
    await house.settle();
    expect([await countRuns(), await noteOf(2)]).toEqual([before, 'it reports a flag of ours']);
    await house.deliver('lab', 'commit.flag.updated', flag(scene.main));
    await house.settle();
    expect(await countRuns()).toBe(before + 1);
    await house.untilDone(before + 1);
  });
});
