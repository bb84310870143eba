/** "Did you mean" names the word that was meant, and nothing when none is near. */
import { describe, expect, it } from 'vitest';
import { nearestWord } from '../../src/kernel/suggest.js';

describe('the nearest word', () => {
  it.each([
    ['prot', 'port'],
    ['porta', 'port'],
    ['PORT', 'port'],
    ['data-dir', 'data_dir'],
    ['alowed_host', 'allowed_hosts'],
    ['por', 'port'],
  ])('of %s is %s', (word, near) => {
    expect(nearestWord(word, ['port', 'slots', 'data_dir', 'allowed_hosts'])).toBe(near);
  });

  it.each(['', 'x', 'plate', 'constructor', 'port'.repeat(30)])('of %s is none', (word) => {
    expect(nearestWord(word, ['port', 'slots'])).toBeNull();
  });
});
