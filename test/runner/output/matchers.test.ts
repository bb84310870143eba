/** Problem matchers: what they find in lines, which of them are refused, and that none is slow. */
import { describe, expect, it } from 'vitest';
import { MatchedLines, Matchers } from '../../../src/runner/output/matchers.js';
import { readMatchers } from '../../../src/runner/output/matcher-file.js';
import { RecordedLog, WORKSPACE } from './recorded-log.js';

const COMPILER = {
  owner: 'cc',
  pattern: [
    { regexp: '^(.+?):(\\d+):(\\d+): (error|warning): (.+)$', file: 1, line: 2, column: 3, severity: 4, message: 5 },
  ],
};
const LINTER = {
  owner: 'eslint-stylish',
  pattern: [
    { regexp: '^([^\\s].*)$', file: 1 },
    {
      regexp: '^\\s+(\\d+):(\\d+)\\s+(error|warning)\\s+(.*)\\s\\s+(.*)$',
      line: 1,
      column: 2,
      severity: 3,
      message: 4,
      code: 5,
      loop: true,
    },
  ],
};
const file = (...matchers: unknown[]) => JSON.stringify({ problemMatcher: matchers });
const matching = (...matchers: object[]) => {
  const all = new Matchers();
  for (const matcher of readMatchers(file(...matchers)).matchers) all.add(matcher);
  return new MatchedLines(all);
};
const one = (changes: object, more: object = {}) => ({
  owner: 'x',
  pattern: [{ regexp: '(.*)', message: 1, ...changes }],
  ...more,
});

describe('a problem matcher', () => {
  it('finds file, line, column, severity and message', () => {
    expect(matching(COMPILER).match('a.c:3:5: warning: unused')).toMatchObject({
      level: 'warning',
      file: 'a.c',
      line: '3',
      column: '5',
      message: 'unused',
    });
    expect(matching(COMPILER).match('all is well')).toBeNull();
  });

  it('looks through colours', () => {
    expect(matching(COMPILER).match('\u001b[1ma.c\u001b[0m:3:5: \u001b[31merror\u001b[m: x')?.message).toBe('x');
  });

  it('goes over several lines, and loops on the last pattern', () => {
    const lines = matching(LINTER);
    const found = [
      'src/a.js',
      '  1:2  error  no this  rule-a',
      '  3:4  warning  no that  rule-b',
      'src/b.js',
      '  5:6  error  x  rule-c',
      '',
      '  7:8  error  lost  r',
    ].map((line) => lines.match(line));
    expect(found.map((issue) => issue && [issue.file, issue.line, issue.level, issue.title])).toEqual([
      null,
      ['src/a.js', '1', 'error', 'rule-a'],
      ['src/a.js', '3', 'warning', 'rule-b'],
      null,
      ['src/b.js', '5', 'error', 'rule-c'],
      null,
      null,
    ]);
  });

  it.each([
    [one({}), 'error'],
    [one({}, { severity: 'notice' }), 'notice'],
    [one({ regexp: '(\\w+) (.*)', severity: 1, message: 2 }), 'warning'],
  ])('%#: its severity defaults to error', (matcher, level) => {
    expect(matching(matcher).match('warning text')?.level).toBe(level);
  });

  it('leaves a line alone whose severity or message says nothing', () => {
    expect(matching(one({ regexp: '(\\w+):(.*)', severity: 1, message: 2 })).match('fatal:x')).toBeNull();
    expect(matching(one({ regexp: '(x*)' })).match('y')).toBeNull();
  });

  it('finds a file beside the project that names it', () => {
    const matcher = one({ regexp: '(\\S+) (\\S+) (.*)', file: 1, fromPath: 2, message: 3 });
    expect(matching(matcher).match('src/a.cs lib/one/one.csproj bad')?.file).toBe('lib/one/src/a.cs');
    expect(matching(matcher).match('/abs/a.cs lib/one/one.csproj bad')?.file).toBe('/abs/a.cs');
  });

  it('is asked before older ones, and the first that knows a line has it', () => {
    const older = one({ regexp: '(E.*)' }, { owner: 'older', severity: 'notice' });
    const newer = one({ regexp: '(E\\d+)' }, { owner: 'newer', severity: 'warning' });
    const lines = matching(older, newer);
    expect([lines.match('E1')?.level, lines.match('Ex')?.level]).toEqual(['warning', 'notice']);
  });
});

describe('a file of matchers', () => {
  it.each([
    ['look-ahead', one({ regexp: '(?=x)(.*)' })],
    ['a back-reference', one({ regexp: '(.)\\1' })],
    ['what is no expression', one({ regexp: '(' })],
    ['an expression that is too long', one({ regexp: `(${'x'.repeat(2_000)})` })],
    ['an expression that is too large', one({ regexp: '((a{100}){9}(b{100}){9})' })],
    ['a group that is not there', one({ message: 2 })],
    ['no message', one({ message: null, file: 1 })],
    ['no owner', one({}, { owner: '' })],
    ['a loop of one pattern', one({ loop: true })],
    ['an unknown severity', one({}, { severity: 'fatal' })],
    ['no pattern', { owner: 'x', pattern: [] }],
    [
      'one field twice',
      {
        owner: 'x',
        pattern: [
          { regexp: '(.)', message: 1 },
          { regexp: '(.)', message: 1 },
        ],
      },
    ],
    ['no object', 7],
  ])('is used without a matcher that has %s', (_what, matcher) => {
    const { matchers, refused } = readMatchers(file(matcher, COMPILER));
    expect([matchers.map(({ owner }) => owner), refused.length]).toEqual([['cc'], 1]);
  });

  it.each(['', '{', '[]', '{}', '{"problemMatcher":{}}', '['.repeat(100_000)])('cannot be %.20s', (text) => {
    expect(() => readMatchers(text)).toThrow();
  });
});

describe('add-matcher and remove-matcher', () => {
  const path = `${WORKSPACE}/cc.json`;
  const files = { [path]: file(COMPILER, one({ regexp: '(?=x)' }, { owner: 'ahead' })) };

  it('count from the next line on, in all steps; a matched line is shown as what it is', async () => {
    const log = new RecordedLog({ files, secrets: { KEY: 'the-secret' } });
    const first = await log.print(['a.c:1:2: error: no\n::add-matcher::cc.json\na.c:1:2: error: the-secret\ntext\n']);
    const second = await log.print([
      '/work/space/b.c:3:4: warning: w\n::remove-matcher owner=cc::\nb.c:3:4: warning: w\n',
    ]);
    expect(log.text).toBe(
      [
        'a.c:1:2: error: no',
        "##[warning]The problem matcher 'ahead': the linear engine does not take an expression (error parsing regexp: invalid or unsupported Perl syntax: `(?=`); it is not used.",
        '##[error]a.c:1:2: error: ***',
        'text',
        '##[warning]/work/space/b.c:3:4: warning: w',
        'b.c:3:4: warning: w',
        '',
      ].join('\n'),
    );
    expect(first.annotations).toEqual([expect.objectContaining({ message: '***', file: 'a.c', line: 1, column: 2 })]);
    expect(second.annotations).toEqual([expect.objectContaining({ level: 'warning', file: 'b.c' })]);
  });

  it('remove by the file too', async () => {
    const log = new RecordedLog({ files });
    await log.print([`::add-matcher::${path}\n::remove-matcher::${path}\na.c:1:2: error: no\n`]);
    expect(log.text).toMatch(/\na.c:1:2: error: no\n$/);
  });

  it.each(['add-matcher::', 'add-matcher::missing.json', 'remove-matcher::', 'remove-matcher owner=a::cc.json'])(
    '::%s fails the step',
    async (command) => {
      expect((await new RecordedLog({ files }).print([`::${command}\n`])).faults.length).toBe(1);
    },
  );

  it('find nothing in a line that is longer than any tool prints', async () => {
    const log = new RecordedLog({ files });
    await log.print([`::add-matcher::cc.json\n${'a'.repeat(5_000)}.c:1:2: error: no\n`]);
    expect(log.lines.at(-1)?.[1]).toBe('text');
  });
});
