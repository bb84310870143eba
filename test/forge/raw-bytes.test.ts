/** What is found in the raw bytes of a body, before anything is parsed (TRUST.md §1). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCandidate } from '../../src/forge/pagure/candidate.js';
import { NESTING_LIMIT } from '../../src/forge/pagure/message-limits.js';
import { nestsDeeper } from '../../src/kernel/json-scan.js';
import { RECORDINGS } from './recordings.js';

const MIB = 1024 * 1024;
const of = (text: string) => findCandidate(Buffer.from(text));

describe('the candidate in the raw bytes', () => {
  it.each(RECORDINGS.map((one) => [one.name, one] as const))('of recording %s is what it says', (_name, one) => {
    const { project_fullname: fullname, pagure_instance: instance } = one.message.msg;
    expect(findCandidate(one.body)).toEqual({ fullname, instance });
  });

  it('is not a pushed file that is called project_fullname', () => {
    const msg = {
      changed_files: { project_fullname: 'A', pagure_instance: 'M' },
      pagure_instance: 'u',
      project_fullname: 'lab',
    };
    expect(of(JSON.stringify({ msg }))).toEqual({ fullname: 'lab', instance: 'u' });
  });

  it('is not what a comment says', () => {
    const comment = '", "project_fullname": "evil", "x": "';
    const text = JSON.stringify({ msg: { comment, project_fullname: 'lab' } });
    expect(of(text).fullname).toBe('lab');
  });

  it('may have blanks around its colon', () => {
    expect(of('{"msg": {"project_fullname" \t:\r\n "lab"}}').fullname).toBe('lab');
  });

  it.each([
    ['an escape', '{"msg": {"project_fullname": "l\\u0061b"}}'],
    ['a number', '{"msg": {"project_fullname": 1}}'],
    ['no value', '{"msg": {"project_fullname"'],
    ['no colon', '{"msg": {"project_fullname" "lab"}}'],
    ['513 bytes', `{"msg": {"project_fullname": "${'a'.repeat(513)}"}}`],
    ['another place', '{"project_fullname": "lab"}'],
    ['nothing', ''],
  ])('is nobody with %s', (_what, text) => {
    expect(of(text).fullname).toBeNull();
  });

  it.each([
    ['8 MiB of [', '['.repeat(8 * MIB)],
    ['8 MiB of quotes', '"'.repeat(8 * MIB)],
    ['8 MiB of backslashes', `"${'\\'.repeat(8 * MIB)}`],
    ['400,000 keys that nearly fit', `{"msg":{${'"project_fullnamX":0,'.repeat(400_000)}`],
  ])('is found to be nobody in one walk over %s', (_what, text) => {
    expect(of(text)).toEqual({ fullname: null, instance: null });
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void findCandidate(Buffer.from(bytes))));
  });
});

describe('the nesting of the raw bytes', () => {
  it.each(RECORDINGS.map((one) => [one.name, one] as const))('of recording %s is small', (_name, one) => {
    expect(nestsDeeper(one.body, 10)).toBe(false);
  });

  it('is allowed to be 100 and refused at 101', () => {
    expect(nestsDeeper(Buffer.from('['.repeat(100) + ']'.repeat(100)), NESTING_LIMIT)).toBe(false);
    expect(nestsDeeper(Buffer.from('[{'.repeat(50) + '[' + ']'.repeat(51)), NESTING_LIMIT)).toBe(true);
  });

  it('does not count brackets in strings', () => {
    expect(nestsDeeper(Buffer.from(JSON.stringify(['['.repeat(500), '\\"[[['.repeat(500)])), NESTING_LIMIT)).toBe(
      false,
    );
  });

  it('counts brackets behind a string that ends in a backslash', () => {
    expect(nestsDeeper(Buffer.from(`["\\\\",${'['.repeat(200)}`), NESTING_LIMIT)).toBe(true);
  });

  it('counts as the parser does for any JSON', () => {
    fc.assert(
      fc.property(fc.json(), fc.integer({ min: 0, max: 4 }), (text, limit) => {
        expect(nestsDeeper(Buffer.from(text), limit)).toBe(depthOf(JSON.parse(text)) > limit);
      }),
    );
  });
});

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}
