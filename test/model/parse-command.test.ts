/** What a comment asks for: only when the whole of it is a command. */
import { describe, expect, it } from 'vitest';
import { faultOfWords, parseCommand } from '../../src/model/parse-command.js';

const SHA = 'ab12'.repeat(10);
const NOTED = '**1 new commit added**\n\n * ``[citest]``\n';
const WORDS = { '[citest]': '/rerun', deploy: '/run deploy where=staging' };

describe('a comment', () => {
  it.each([
    ['/rerun', { kind: 'rerun', jobs: 'all' }],
    ['  /rerun failed\n', { kind: 'rerun', jobs: 'failed' }],
    ['/cancel', { kind: 'cancel' }],
    ['/explain', { kind: 'explain' }],
    [`/approve ${SHA}`, { kind: 'approve', sha: SHA }],
    ['/run deploy', { kind: 'run', pipeline: 'deploy', inputs: {} }],
    ['/run a.yml x=1  y="two words" z=', { kind: 'run', pipeline: 'a.yml', inputs: { x: '1', y: 'two words', z: '' } }],
  ] as const)('%j is a command', (text, command) => {
    expect(parseCommand(text)).toEqual(command);
  });

  it.each([
    '/approve',
    '/approve abc1234',
    `/approve ${SHA.toUpperCase()}`,
    `/approve ${SHA} please`,
    `/approve ${SHA}0`,
  ])('%j approves no commit', (text) => {
    expect(parseCommand(text)).toEqual({ kind: 'approve', sha: null });
  });

  it.each(['/run', '/run "x"', '/run x y', '/run x =1', '/run x a="1', '/run x 1a=2'])(
    '%j is told how to run',
    (text) => {
      expect(parseCommand(text)).toMatchObject({ kind: 'wrong' });
    },
  );

  it.each([
    ...[
      '',
      'please /rerun',
      '/rerun please',
      '/RERUN',
      '/rerunfailed',
      '/rerun\nfailed',
      '/cancel!',
      '> /rerun',
      '`/rerun`',
    ],
    ...['/rerun\u2028failed', '/runs', '/approved', '[citest]', NOTED, `/run ${'x'.repeat(1_000)}`, '\u202e/rerun'],
  ])('%j is talk', (text) => {
    expect(parseCommand(text)).toBeNull();
  });
});

describe('words of a project', () => {
  it('stand for commands of ours, when they are the whole comment', () => {
    expect(parseCommand(' [citest] ', WORDS)).toEqual({ kind: 'rerun', jobs: 'all' });
    expect(parseCommand('deploy', WORDS)).toEqual({ kind: 'run', pipeline: 'deploy', inputs: { where: 'staging' } });
  });

  it('FACTS trap 11: in the title of a commit that the forge notes are none', () => {
    for (const text of [NOTED, '[citest] and more', 'constructor', '__proto__', 'toString'])
      expect(parseCommand(text, WORDS)).toBeNull();
  });
});

describe('words that a project gives', () => {
  it('stand for commands of ours, but never for an approval', () => {
    expect(faultOfWords(WORDS)).toBeNull();
    const wrong: Record<string, string>[] = [
      { approve: `/approve ${SHA}` },
      { x: 'no command' },
      { '/rerun': '/cancel' },
      { '': '/rerun' },
      { ' x': '/rerun' },
      { 'a\nb': '/rerun' },
      { ['x'.repeat(51)]: '/rerun' },
      Object.fromEntries(Array.from({ length: 21 }, (_, at) => [`w${at}`, '/rerun'])),
    ];
    for (const words of wrong) expect(faultOfWords(words)).toMatch(/^must /);
  });
});
