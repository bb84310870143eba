/** Keys and tokens at rest (TRUST.md §6): sealed, bound to their place, never shared by two projects. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Projects } from '../../src/store/projects.js';
import { Seal } from '../../src/store/seal.js';
import { SystemRandom } from '../../src/kernel/random.js';
import { openStore, registerProject } from './open-store.js';

const seal = new Seal(Buffer.alloc(32, 1), new SystemRandom());
const place = { table: 'project_key', column: 'sealedKey', projectId: 1, row: '0' };

describe('sealing', () => {
  it('opens what it sealed', () => {
    expect(seal.open(seal.seal('secret', place), place)).toBe('secret');
  });

  it('does not open a value that was moved to another project', () => {
    const sealed = seal.seal('secret', place);
    expect(() => seal.open(sealed, { ...place, projectId: 2 })).toThrow('does not open');
  });

  it('does not open under another master key, nor a changed value', () => {
    const sealed = seal.seal('secret', place);
    expect(() => new Seal(Buffer.alloc(32, 2), new SystemRandom()).open(sealed, place)).toThrow('does not open');
    sealed[sealed.length - 1]! ^= 1;
    expect(() => seal.open(sealed, place)).toThrow('does not open');
  });

  it('never seals one value to the same bytes twice', () => {
    expect(seal.seal('secret', place)).not.toEqual(seal.seal('secret', place));
  });
});

describe('keys of projects', () => {
  it('refuses a key that another project uses', async () => {
    const house = await openStore();
    await registerProject(house, 'lab', 'one key');
    await expect(registerProject(house, 'rpms/bash', 'one key')).rejects.toMatchObject({ code: 'key-in-use' });
    expect(await house.projects.list()).toHaveLength(1);
  });

  it('gives the door the new keys as soon as they are stored', async () => {
    const house = await openStore();
    const id = await registerProject(house, 'lab', 'old');
    await house.projects.openHookKeys();
    await house.store.commit((tx) => house.projects.replaceKeys(tx, id, ['new', 'old'], 1));
    expect((await house.projects.openHookKeys())[0]).toMatchObject({ fullname: 'lab', keys: ['new', 'old'] });
  });

  it('writes neither keys nor tokens readably to the disk', async () => {
    const house = await openStore();
    const id = await registerProject(house, 'lab', 'KEY-IN-CLEAR');
    await house.store.commit((tx) => house.projects.setToken(tx, id, 'TOKEN-IN-CLEAR'));
    const repository = {
      url: 'ssh://git@p.example/lab.git',
      sshKey: 'SSH-KEY-IN-CLEAR',
      hostKeys: ['ssh-ed25519 AAAA'],
    };
    await house.store.commit((tx) => house.projects.repositories.set(tx, id, repository));
    expect(await house.projects.repositories.open(id)).toEqual(repository);
    expect(await house.projects.openToken(id)).toBe('TOKEN-IN-CLEAR');
    await house.store.close();
    const bytes = readFileSync(`${house.folder}/store.sqlite`).toString('latin1');
    expect(bytes).not.toContain('IN-CLEAR');
  });

  it('are known to be sealed under another master key, and not to be when one alone was changed', async () => {
    const house = await openStore();
    const underOther = new Projects(house.store, new Seal(Buffer.alloc(32, 8), new SystemRandom()));
    expect(await underOther.isUnderThisMasterKey()).toBe(true);
    for (const fullname of ['lab', 'other']) await registerProject(house, fullname);
    expect(await underOther.isUnderThisMasterKey()).toBe(false);
    await house.store.commit((tx) => tx.manager.query(`UPDATE "project_key" SET "sealedKey" = x'00' WHERE "id" = 1`));
    expect(await house.projects.isUnderThisMasterKey()).toBe(true);
  });
});
