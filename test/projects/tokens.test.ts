/** API tokens: made once, known by their hash, never wider than who makes them (TRUST §6). */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Asker } from '../../src/projects/asker.js';
import { NOW } from '../store/open-store.js';
import { openProjects, projectInput } from './open-projects.js';

const ALL: Asker = { tokenId: 1, name: 'all', role: 'maintain', projects: null, expiresAt: null };

describe('the first token', () => {
  it('is made once, of role maintain, for all projects', async () => {
    const { firstToken, findAsker } = await openProjects();
    const kept: string[] = [];
    const keep = (text: string) => void kept.push(text);
    expect([await firstToken.ensure(keep), await firstToken.ensure(keep)]).toEqual([true, false]);
    expect(kept).toEqual([expect.stringMatching(/^pa_[0-9a-f]{40}$/)]);
    expect(await findAsker.byText(kept[0]!)).toMatchObject({ role: 'maintain', projects: null });
  });

  it('is not stored when it could not be kept, so that the next start makes another', async () => {
    const { firstToken, tokens } = await openProjects();
    const full = firstToken.ensure(() => Promise.reject(new Error('disk full')));
    await expect(full).rejects.toThrow('disk full');
    expect(await tokens.list()).toEqual([]);
  });
});

describe('a new token', () => {
  it('is found by its text, of which only the hash is stored', async () => {
    const { issue, findAsker, store } = await openProjects();
    const { text, id } = await issue.issue(ALL, { name: 'ci', role: 'read' });
    expect(await findAsker.byText(text)).toEqual({
      tokenId: id,
      name: 'ci',
      role: 'read',
      projects: null,
      expiresAt: null,
    });
    const file = store.native.name;
    await store.close();
    expect(readFileSync(file).toString('latin1')).not.toContain(text.slice(3));
  });

  it('ends when it expires', async () => {
    const { issue, findAsker, clock } = await openProjects();
    const expiresAt = new Date(clock.now() + 60_000).toISOString();
    const { text } = await issue.issue(ALL, { name: 'ci', role: 'read', expiresAt });
    clock.advance(59_999);
    expect((await findAsker.byText(text)).name).toBe('ci');
    clock.advance(1);
    await expect(findAsker.byText(text)).rejects.toMatchObject({ kind: 'unauthenticated', code: 'token-expired' });
  });

  it.each(['', 'pa_', 'pa_' + '0'.repeat(40), 'x'.repeat(10_000)])('%j is none', async (text) => {
    const { findAsker } = await openProjects();
    await expect(findAsker.byText(text)).rejects.toMatchObject({ kind: 'unauthenticated', code: 'token-unknown' });
  });

  it('must name projects that exist and a time to come, all faults at once', async () => {
    const { issue, register } = await openProjects();
    const id = await register.register(projectInput());
    const input = { name: 'ci', role: 'read', projects: [id, 99], expiresAt: '2020-01-01T00:00:00Z' } as const;
    await expect(issue.issue(ALL, input)).rejects.toMatchObject({
      detail: { faults: [{ path: 'expiresAt' }, { path: 'projects[1]' }] },
    });
  });

  it('never reaches further than the token it is made with', async () => {
    const { issue, register } = await openProjects({ hostSharesEverything: true });
    const [one, two] = [await register.register(projectInput('one')), await register.register(projectInput('two'))];
    const limited: Asker = { ...ALL, projects: [one] };
    const wider = [undefined, [two], [one, two]];
    for (const projects of wider)
      await expect(issue.issue(limited, { name: 'x', role: 'read', projects })).rejects.toMatchObject({
        kind: 'forbidden',
        code: 'token-limited',
      });
    expect((await issue.issue(limited, { name: 'x', role: 'maintain', projects: [one] })).token.projects).toEqual([
      one,
    ]);
  });
});

describe('a token that is limited itself', () => {
  const soon = NOW + 60_000;
  const at = (timeMs: number) => new Date(timeMs).toISOString();

  it.each([
    ['a higher role', { role: 'write' }, { role: 'maintain' }],
    ['no end', { expiresAt: soon }, {}],
    ['a later end', { expiresAt: soon }, { expiresAt: at(soon + 1) }],
  ] as const)('gives no other %s', async (_, asker, input) => {
    const { issue, tokens } = await openProjects();
    const asked = issue.issue({ ...ALL, ...asker }, { name: 'x', role: 'read', ...input });
    await expect(asked).rejects.toMatchObject({ kind: 'forbidden', code: 'token-limited' });
    expect(await tokens.list()).toEqual([]);
  });

  it('gives its own end and role', async () => {
    const { issue, tokens } = await openProjects();
    const asker: Asker = { ...ALL, role: 'write', expiresAt: soon };
    await issue.issue(asker, { name: 'x', role: 'write', expiresAt: at(soon) });
    expect(await tokens.list()).toMatchObject([{ role: 'write', expiresAt: soon, createdBy: 'all' }]);
  });
});

describe('a revocation', () => {
  const lasting = { name: 'x', role: 'maintain' } as const;

  it.each([
    ['nothing else', [], false],
    ['one that expires', [{ ...lasting, expiresAt: '2027-01-01T00:00:00Z' }], false],
    ['one of a lower role', [{ ...lasting, role: 'write' }], false],
    ['one for fewer projects', [{ ...lasting, projects: [1] }], false],
    ['another like it', [lasting], true],
  ] as const)('of a maintain token without an end beside %s', async (_, others, isDone) => {
    const { issue, revoke, register } = await openProjects();
    await register.register(projectInput());
    const { id } = await issue.issue(ALL, lasting);
    for (const other of others) await issue.issue(ALL, other);
    const asked = revoke.revoke(ALL, id);
    if (isDone) await asked;
    else await expect(asked).rejects.toMatchObject({ kind: 'conflict', code: 'last-maintain-token' });
  });

  it('of one for some projects needs one that sees these', async () => {
    const { issue, revoke, register } = await openProjects({ hostSharesEverything: true });
    const [one, two] = [await register.register(projectInput('one')), await register.register(projectInput('two'))];
    const { id } = await issue.issue(ALL, { ...lasting, projects: [one] });
    await issue.issue(ALL, { ...lasting, projects: [two] });
    await expect(revoke.revoke(ALL, id)).rejects.toMatchObject({ code: 'last-maintain-token' });
    await issue.issue(ALL, { ...lasting, projects: [one, two] });
    await revoke.revoke(ALL, id);
  });
});
