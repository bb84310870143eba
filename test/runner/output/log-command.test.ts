/** Which lines are log commands, and what they say. */
import { describe, expect, it } from 'vitest';
import { readLogCommand } from '../../../src/runner/output/log-command.js';

describe('a log command', () => {
  it.each([
    ['::error::text', 'error', {}, 'text'],
    ['  \t::Error::text', 'error', {}, 'text'],
    ['::error file=a.js,line=1,col=2::a::b', 'error', { file: 'a.js', line: '1', col: '2' }, 'a::b'],
    ['::error FILE=a%3Ab%2Cc::x%0Ay%25%0D', 'error', { file: 'a:b,c' }, 'x\ny%\r'],
    ['::group::', 'group', {}, ''],
    ['::error::%253A%3A', 'error', {}, '%3A%3A'],
    ['::error title=a=b,,nonsense,=x::m', 'error', { title: 'a=b' }, 'm'],
    ['##[error]text', 'error', {}, 'text'],
    ['before ##[error file=a;line=2%3B%5D]text', 'error', { file: 'a', line: '2;]' }, 'text'],
    ['##[group]a]b', 'group', {}, 'a]b'],
  ])('%j', (line, name, properties, data) => {
    const read = readLogCommand(line);
    expect([read?.name, Object.fromEntries(read?.properties ?? []), read?.data]).toEqual([name, properties, data]);
  });

  it.each(['', 'text', ':error::x', '::error', 'a ::error::x', '::::x', ':: x::y', '##error]x', '##[error', '##[]x'])(
    'is not %j',
    (line) => {
      expect(readLogCommand(line)).toBeNull();
    },
  );
});
