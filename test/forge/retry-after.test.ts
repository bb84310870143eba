/** What `Retry-After` asks for, as anybody may write it. */
import { expect, it } from 'vitest';
import { LONGEST_PAUSE_MS, readRetryAfter } from '../../src/forge/pagure/retry-after.js';

const NOW = Date.parse('Tue, 24 Nov 2026 12:00:00 GMT');

it.each([
  ['7', 7_000],
  ['0', 0],
  [' 12 ', 12_000],
  ['Tue, 24 Nov 2026 12:01:30 GMT', 90_000],
  ['Tue, 24 Nov 2026 11:00:00 GMT', 0],
  ['99999999999999999999999999', LONGEST_PAUSE_MS],
  ['Fri, 31 Dec 9999 23:59:59 GMT', LONGEST_PAUSE_MS],
])('%s is a pause of %i ms', (said, ms) => {
  expect(readRetryAfter({ 'retry-after': said }, NOW)).toBe(ms);
});

it.each(['', '-1', '1.5', '1e9', '0x10', 'soon', '2026-11-24T12:01:30Z', 'Tue, 99 Nov 2026 12:01:30 GMT', 'Infinity'])(
  '%j asks for nothing',
  (said) => {
    expect(readRetryAfter({ 'retry-after': said }, NOW)).toBeNull();
  },
);

it('is nothing where there is no such header', () => {
  expect(readRetryAfter({}, NOW)).toBeNull();
});

it('a date is compared with that of the answer: our clock may be a day off', () => {
  const headers = { 'retry-after': 'Tue, 24 Nov 2026 12:00:20 GMT', date: 'Tue, 24 Nov 2026 12:00:00 GMT' };
  expect(readRetryAfter(headers, NOW + 86_400_000)).toBe(20_000);
});
