/** The signatures of the recordings hold, and nothing else does (TRUST.md §1). */
import type { createHmac } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { signBody, SignatureCheck } from '../../src/forge/pagure/signature.js';
import { SystemRandom } from '../../src/kernel/random.js';
import { RECORDINGS, recording } from './recordings.js';

const asked: string[] = [];
vi.mock('node:crypto', async (original) => {
  const real = await original<typeof import('node:crypto')>();
  const counted: typeof createHmac = (hash, key, options) => {
    asked.push(hash);
    return real.createHmac(hash, key, options);
  };
  return { ...real, createHmac: counted };
});

const check = new SignatureCheck(new SystemRandom());
const { body, key } = recording('029');
const good = signBody(body, key);
const other = 'A'.repeat(40);
const signers = (...keys: string[]) => ({ keys, allowSha1: false });
const lenient = { keys: [key], allowSha1: true };

beforeEach(() => {
  asked.length = 0;
});

describe('the signature of a delivery', () => {
  it.each(RECORDINGS.map((one) => [one.name, one] as const))('of recording %s is what its key makes', (_name, one) => {
    expect(signBody(one.body, one.key)).toEqual({
      sha1: one.headers['X-Pagure-Signature'],
      sha256: one.headers['X-Pagure-Signature-256'],
    });
    expect(check.fits(one.body, signBody(one.body, one.key), signers(one.key))).toBe(true);
  });

  it('fails when one byte of the body changed', () => {
    const changed = Buffer.from(body);
    changed[700] = (changed[700] ?? 0) ^ 1;
    expect(check.fits(changed, good, signers(key))).toBe(false);
  });

  it('fails with another key, and with none', () => {
    expect(check.fits(body, good, signers(other))).toBe(false);
    expect(check.fits(body, good, signers())).toBe(false);
  });

  it.each([0, 1, 2])('fits a key in slot %i', (slot) => {
    const keys = ['B'.repeat(40), 'C'.repeat(40), 'D'.repeat(40)];
    keys[slot] = key;
    expect(check.fits(body, good, signers(...keys))).toBe(true);
  });

  it('is missed when both headers are missing', () => {
    expect(check.fits(body, { sha1: undefined, sha256: undefined }, lenient)).toBe(false);
  });

  it.each([
    ['empty', ''],
    ['upper case', good.sha256.toUpperCase()],
    ['prefixed', `sha256=${good.sha256}`],
    ['a digit short', good.sha256.slice(1)],
    ['a digit long', `${good.sha256}0`],
    ['sent twice', `${good.sha256}, ${good.sha256}`],
    ['with a line feed behind', `${good.sha256}\n`],
    ['of other letters', 'g'.repeat(64)],
    ['of wide digits', '０'.repeat(64)],
    ['the SHA-1', good.sha1],
    ['a megabyte', '0'.repeat(1024 * 1024)],
    ['zeros', '0'.repeat(64)],
  ])('in a SHA-256 header that is %s is a no, and SHA-1 does not help', (_shape, sha256) => {
    expect(check.fits(body, { sha1: good.sha1, sha256 }, lenient)).toBe(false);
  });

  it('by SHA-1 alone counts only where the project allows it', () => {
    const alone = { sha1: good.sha1, sha256: undefined };
    expect(check.fits(body, alone, lenient)).toBe(true);
    expect(check.fits(body, alone, signers(key))).toBe(false);
    expect(check.fits(body, { sha1: good.sha1.slice(2), sha256: undefined }, lenient)).toBe(false);
  });

  it.each([
    ['a known project', signers(key), good],
    ['an unknown project', signers(), good],
    ['three keys', signers(key, other, 'x'), good],
    ['more keys than slots', signers('1', '2', '3', '4'), good],
    ['a malformed header', signers(key), { ...good, sha256: 'no' }],
    ['no header', signers(key), { sha1: undefined, sha256: undefined }],
  ])('costs exactly three HMAC-SHA256 for %s', (_who, who, presented) => {
    check.fits(body, presented, who);
    expect(asked).toEqual(['sha256', 'sha256', 'sha256']);
  });

  it('costs the same for SHA-1 alone whether the project is known or not', () => {
    const alone = { sha1: good.sha1, sha256: undefined };
    check.fits(body, alone, lenient);
    const known = [...asked];
    asked.length = 0;
    check.fits(body, alone, signers());
    expect(asked).toEqual(known);
    expect(known.filter((hash) => hash === 'sha256')).toHaveLength(3);
  });
});
