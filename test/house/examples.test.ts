/** Every project in `examples/` is pushed once through the whole house, and must pass. */
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gitIn } from '../fixtures/repositories/restore.js';
import { pushMsg } from '../stand-in/messages.js';
import { openHouse, temporaryFolder } from './house.js';

const EXAMPLES = join(import.meta.dirname, '../../examples');
const NO_COMMIT = '0'.repeat(40);

/** A bare repository `<name>.git` of one commit. */
function publish(name: string, repositories: string): string {
  const work = temporaryFolder('example');
  cpSync(join(EXAMPLES, name), work, { recursive: true });
  gitIn(work, 'init', '--quiet', '--initial-branch=main');
  gitIn(work, 'add', '--all');
  gitIn(work, 'commit', '--quiet', '-m', 'first');
  gitIn(repositories, 'clone', '--quiet', '--bare', work, `${name}.git`);
  return gitIn(work, 'rev-parse', 'HEAD');
}

describe('the examples', () => {
  it.each(readdirSync(EXAMPLES))('%s passes', async (name) => {
    const repositories = temporaryFolder('repositories');
    const after = publish(name, repositories);
    const house = await openHouse({ repositories });
    await house.register(name, 'a key of forty characters that is no secret');
    const project = house.projectOf(name);
    const push = { project, agent: 'alice', branch: 'main', before: `^${NO_COMMIT}`, after };
    expect(await house.deliver(name, 'git.receive', pushMsg(house.pagure.appUrl, push))).toBe(202);
    await house.settle();
    expect((await house.runs()).map((run) => run.result)).toEqual(['success']);
    expect(house.pagure.flagsOf(after)).toMatchObject([{ status: 'success' }]);
  });
});
