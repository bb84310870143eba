/** A sealed key that was damaged shuts out its own project alone, and is seen. */
import { expect, it } from 'vitest';
import { Projects } from '../../src/store/projects.js';
import { Store } from '../../src/store/store.js';
import { openHouse, temporaryFolder } from './house.js';

it('a web-hook key that does not open suspends its own project, visibly, and no other', async () => {
  const house = await openHouse({ repositories: temporaryFolder('repositories') });
  for (const name of ['lab', 'other']) await house.register(name, name.padEnd(40, '0'));
  await house.get(Store).commit(async (tx) => {
    await tx.manager.query(`UPDATE "project_key" SET "sealedKey" = x'0102' WHERE "projectId" = 1`);
    house.get(Projects).forgetDirectory(tx);
  });
  const msg = { agent: 'bob', pagure_instance: house.pagure.appUrl };
  expect(await house.deliver('lab', 'deploy.requested', msg)).toBe(401);
  expect(await house.deliver('other', 'deploy.requested', msg)).toBe(202);
  const { json } = await house.ask('GET', '/projects', { role: 'read' });
  const notes = (json['items'] as { fullname: string; notes: string[] }[]).map(({ fullname, notes }) => [
    fullname,
    notes.filter((note) => note.includes('master key')),
  ]);
  expect(notes).toEqual([
    ['other', []],
    [
      'lab',
      ['None of its web-hook keys can be opened with the master key, so no web-hook of it is taken: set "keys" again.'],
    ],
  ]);
  await house.get(Store).commit((tx) => house.get(Projects).replaceKeys(tx, 1, ['lab'.padEnd(40, '0')], 1));
  expect(await house.deliver('lab', 'deploy.requested', msg)).toBe(202);
});
