/** The address of an instance, as people and messages write it. */
import { describe, expect, it } from 'vitest';
import { normaliseInstance } from '../../src/model/project.js';

describe('an instance', () => {
  it.each([
    ['http://127.0.0.1:15000/', 'http://127.0.0.1:15000'],
    ['HTTPS://Pagure.IO', 'https://pagure.io'],
    ['https://pagure.io:443//', 'https://pagure.io'],
    ['https://example.org/pagure/', 'https://example.org/pagure'],
  ])('%s is written %s', (url, normal) => {
    expect(normaliseInstance(url)).toBe(normal);
  });

  it('is not worked on when it is too long to be one', () => {
    expect(normaliseInstance(`https://pagure.io${'/'.repeat(1_000_000)}x`)).toBeNull();
  });

  it('is an address of http', () => {
    expect([normaliseInstance('ftp://pagure.io'), normaliseInstance('pagure.io')]).toEqual([null, null]);
  });
});
