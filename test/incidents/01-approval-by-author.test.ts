/** Woodpecker CVE-2026-58370: a fork's commits that carry the maintainer's e-mail were taken for the maintainer's own. */
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/kernel/json.js';
import { gitIn, setRef } from '../fixtures/repositories/restore.js';
import { CI, OPENED, strangersHouse } from '../house/strangers.js';

/** A commit of the fork whose author and committer are the owner of the project, as anyone can write them. */
function forgedCommit(lab: string): string {
  const tree = gitIn(lab, 'rev-parse', 'refs/heads/main^{tree}');
  const owner = ['-c', 'user.name=Alice', '-c', 'user.email=alice@example.org'];
  return gitIn(lab, ...owner, 'commit-tree', tree, '-p', 'refs/heads/main', '-m', 'Signed-off-by: alice');
}

const OWNER: JsonObject = { name: 'alice', fullname: 'Alice', url_path: 'user/alice' };

describe('commits of a fork with the maintainer’s e-mail', () => {
  it.each([
    ['a pull-request whose message lists the maintainer among its authors', { authors: [OWNER] }, {}],
    ['one that the maintainer seems to have caused', { agent: 'alice', authors: [OWNER] }, {}],
    ['one that names the maintainer as its own author', { agent: 'alice', authors: [OWNER] }, { user: OWNER }],
  ])('are held: %s', async (_, ofMessage, ofPull) => {
    const { house, lab } = await strangersHouse({
      ci: CI,
      users: CI.replace('[push, pull_request]', '{pull-request.new: {users: [alice]}}'),
    });
    const head = forgedCommit(lab);
    setRef(lab, 'refs/pull/2/head', head);
    const told = OPENED.message.msg['pullrequest'] as JsonObject;
    const pullrequest = { ...told, commit_start: head, commit_stop: head, ...ofPull };
    await house.deliver('lab', 'pull-request.new', {
      ...OPENED.message.msg,
      ...ofMessage,
      ...{ pullrequest, pagure_instance: house.pagure.appUrl },
    });
    await house.settle();
    const runs = await house.runs();
    expect(runs.length).toBeGreaterThan(0);
    for (const run of runs) expect(run).toMatchObject({ state: 'waiting', trust: 'held', jobs: [] });
  });
});
