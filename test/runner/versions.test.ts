/** Ranges of versions, as setup actions ask for them. */
import { describe, expect, it } from 'vitest';
import { compareVersions, satisfies, versionIn } from '../../src/runner/actions/versions.js';

describe('a range of versions', () => {
  it.each([
    ['20', '20.11.1', true],
    ['20', '21.0.0', false],
    ['20.x', '20.0.0', true],
    ['20.11', '20.11.9', true],
    ['20.11', '20.12.0', false],
    ['20.11.1', '20.11.1', true],
    ['v20.11.1', '20.11.1', true],
    ['>=18', '20.1.0', true],
    ['>=18 <20', '20.1.0', false],
    ['>= 18 < 21', '20.1.0', true],
    ['>20', '20.9.0', false],
    ['<=20', '20.9.0', true],
    ['^20.2', '20.9.0', true],
    ['^20.2', '20.1.0', false],
    ['^0.3.1', '0.4.0', false],
    ['~20.2.1', '20.2.9', true],
    ['~20.2.1', '20.3.0', false],
    ['18 || 20', '20.1.0', true],
    ['18 - 20', '20.9.9', true],
    ['18 - 20', '21.0.0', false],
    ['*', '1.0.0', true],
    ['', '1.0.0', true],
    ['latest', '1.0.0', null],
    ['pypy3.9', '3.9.1', null],
  ])('%j takes %s: %j', (range, version, fits) => {
    expect(satisfies(versionIn(version) ?? [], range)).toBe(fits);
  });

  it('compares by number', () => {
    expect(compareVersions([3, 9], [3, 10])).toBeLessThan(0);
    expect(versionIn('openjdk version "17.0.9" 2023-10-17')).toEqual([17, 0, 9]);
    expect(versionIn('none')).toBeNull();
  });
});
