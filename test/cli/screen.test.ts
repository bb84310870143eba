/** What stands on the screen: tables, times, pictures of runs, and text of others made harmless. */
import { describe, expect, it } from 'vitest';
import { changeLines } from '../../src/cli/screen/change-lines.js';
import { NO_COLOURS } from '../../src/cli/screen/paint.js';
import { jsonLine, plainText } from '../../src/cli/screen/plain-text.js';
import { drawRun } from '../../src/cli/screen/run-picture.js';
import { drawTable, widthOf } from '../../src/cli/screen/table.js';
import { duration, pointInTime, relativeTime } from '../../src/cli/screen/times.js';
import { at, aJob, aRun, aStep } from './answers.js';

const NOW = Date.parse(at(60));

describe('a table', () => {
  const columns = [
    { title: 'ID', align: 'right' as const },
    { title: 'NAME', least: 6 },
    { title: 'ACTOR', leftOut: 2 },
    { title: 'WHEN', leftOut: 1 },
  ];
  const rows = [
    ['1', 'a short name', 'alice', 'now'],
    ['12', 'a name that is a lot longer', 'bob', '3m ago'],
  ];
  const draw = (width: number | null) => drawTable({ columns, rows, width, paintTitle: (text) => text });

  it('is as wide as it needs where nothing limits it', () => {
    expect(draw(null)).toBe(
      [
        'ID  NAME                         ACTOR  WHEN',
        ' 1  a short name                 alice  now',
        '12  a name that is a lot longer  bob    3m ago',
      ].join('\n'),
    );
  });

  it('cuts long cells first, then leaves out what is needed least', () => {
    expect(draw(36)).toBe(
      [
        'ID  NAME               ACTOR  WHEN',
        ' 1  a short name       alice  now',
        '12  a name that is a…  bob    3m ago',
      ].join('\n'),
    );
    expect(draw(20)).toBe(['ID  NAME      WHEN', ' 1  a short…  now', '12  a name …  3m ago'].join('\n'));
    expect(draw(5)).toBe(['ID  NAME', ' 1  a sho…', '12  a nam…'].join('\n'));
  });

  it('never gets wider than the terminal while its least fits', () => {
    for (let width = 10; width < 60; width += 1) {
      expect(Math.max(...draw(width).split('\n').map(widthOf))).toBeLessThanOrEqual(width);
    }
  });

  it('counts letters of East Asia twice', () => {
    expect(widthOf('漢字 é🚀')).toBe(8);
  });
});

describe('times', () => {
  it.each([
    [0, 'just now'],
    [-30, 'just now'],
    [59, '59s ago'],
    [60, '1m ago'],
    [3 * 3600 + 59 * 60, '3h ago'],
    [29 * 86_400, '29d ago'],
    [400 * 86_400, '2025-10-20'],
  ])('%i seconds old is %s', (seconds, says) => {
    const now = Date.parse('2026-11-24T12:00:00Z');
    expect(relativeTime(new Date(now - seconds * 1000).toISOString(), now)).toBe(says);
  });

  it.each([
    [0.44, '0.4s'],
    [9.96, '9.9s'],
    [59, '59s'],
    [65, '1m 05s'],
    [2 * 3600 + 3 * 60, '2h 03m'],
  ])('%d seconds took %s', (seconds, says) => {
    expect(duration(at(0), at(seconds), 0)).toBe(says);
  });

  it('of what runs is counted until now, and there is none of what has not begun', () => {
    expect(duration(at(0), null, Date.parse(at(5)))).toBe('5s');
    expect(duration(null, null, NOW)).toBe('');
  });

  it.each([
    ['2h', '2026-11-24T10:00:00.000Z'],
    ['3d', '2026-11-21T12:00:00.000Z'],
    ['2026-11-01', '2026-11-01T00:00:00.000Z'],
    ['2026-11-01T10:00:00+01:00', '2026-11-01T09:00:00.000Z'],
    ['yesterday', null],
    ['11/24/2026', null],
    ['2026-13-01', null],
    ['-1h', null],
  ])('%s means %s', (text, means) => {
    expect(pointInTime(text, Date.parse('2026-11-24T12:00:00Z'))).toBe(means);
  });
});

describe('text of others (TRUST §6)', () => {
  it('moves nothing on a terminal', () => {
    expect(plainText('a\u001b[2Jb\nc\u202ed\u009be')).toBe('a [2Jb c d e');
  });

  it('stays JSON, and one line, where it is JSON', () => {
    const value = { text: 'a\u001b\u009b2J\u202e\u2028\n"ä' };
    const line = jsonLine(value);
    expect(line).toMatch(/^[ -~ä]*$/);
    expect(JSON.parse(line)).toEqual(value);
  });
});

describe('the picture of a run', () => {
  const run = aRun({
    state: 'running',
    startedAt: at(10),
    jobs: [
      aJob({
        id: 1,
        key: 'lint',
        state: 'done',
        result: 'success',
        startedAt: at(10),
        finishedAt: at(14),
        steps: [aStep(1, 'success')],
      }),
      aJob({ id: 2, key: 'build', state: 'running', startedAt: at(14), steps: [aStep(1, 'success'), aStep(2, null)] }),
      aJob({ id: 3, key: 'deploy', needs: ['lint', 'build'], state: 'waiting' }),
    ],
  });

  it('shows the steps of what is under way, and why something waits', () => {
    expect(drawRun(run, { paint: NO_COLOURS, width: 80, steps: 'telling', nowMs: NOW })).toMatchInlineSnapshot(`
      "● ci #3 of lab: running, 50s (run 7)
        Fix the tests
        refs/heads/main · bbbbbbbbbbbb · push by alice, 1m ago

      ✓ lint 4.0s
      ● build 46s
          ✓ 1 step 1 1.0s
          ● 2 step 2 59s
      ○ deploy waits for build"
    `);
  });

  it('shows why it failed', () => {
    const failed = aRun({
      state: 'done',
      result: 'failure',
      reason: 'job build failed',
      startedAt: at(10),
      finishedAt: at(90),
      trust: 'restricted',
      jobs: [
        aJob({
          id: 2,
          key: 'build',
          state: 'done',
          result: 'failure',
          steps: [{ ...aStep(1, 'failure'), exitCode: 2 }],
        }),
      ],
    });
    expect(drawRun(failed, { paint: NO_COLOURS, width: null, steps: 'telling', nowMs: NOW })).toMatchInlineSnapshot(`
      "✗ ci #3 of lab: failure, 1m 20s (run 7)
        Fix the tests
        refs/heads/main · bbbbbbbbbbbb · push by alice, 1m ago
        trust: restricted
        job build failed

      ✗ build
          ✗ 1 step 1 1.0s, exit code 2"
    `);
  });

  it('has no line wider than the terminal, whatever a title holds', () => {
    const titled = { ...run, title: '\u001b[2J漢字'.repeat(40) };
    for (const line of drawRun(titled, { paint: NO_COLOURS, width: 40, steps: 'all', nowMs: NOW }).split('\n')) {
      expect(widthOf(line)).toBeLessThanOrEqual(40);
      expect(line).not.toContain('\u001b');
    }
  });
});

describe('the lines of a change', () => {
  const waiting = aRun({ state: 'queued', jobs: [aJob({ id: 1, key: 'build', state: 'queued' })] });
  const running = aRun({
    state: 'running',
    jobs: [aJob({ id: 1, key: 'build', state: 'running', steps: [aStep(1, null)] })],
  });
  const done = aRun({
    ...{ state: 'done', result: 'failure', startedAt: at(0), finishedAt: at(5), reason: 'job build failed' },
    jobs: [
      aJob({
        id: 1,
        key: 'build',
        state: 'done',
        result: 'failure',
        startedAt: at(0),
        finishedAt: at(4),
        steps: [aStep(1, 'failure')],
      }),
    ],
  });

  it('tell first where the run stands', () => {
    expect(changeLines(null, waiting)).toEqual(['run 7 (ci #3 of lab): queued', 'job build: queued']);
  });

  it('tell only what changed, in the order in which it happened', () => {
    expect(changeLines(waiting, running)).toEqual([
      'job build: running',
      'job build, step 1 step 1: running',
      'run 7 (ci #3 of lab): running',
    ]);
    expect(changeLines(running, done)).toEqual([
      'job build, step 1 step 1: failure (1.0s)',
      'job build: failure (4.0s)',
      'run 7 (ci #3 of lab): failure (5.0s, job build failed)',
    ]);
    expect(changeLines(done, done)).toEqual([]);
  });
});
