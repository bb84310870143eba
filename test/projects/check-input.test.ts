/** Checked inputs: every fault with its place, whatever the value is. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkInput } from '../../src/projects/check-input.js';
import { DeclaredProjectInput } from '../../src/projects/declared-input.js';
import { PipelineInput, PipelineReplacementInput } from '../../src/projects/pipeline-input.js';
import { ProjectChangeInput, ProjectInput } from '../../src/projects/project-input.js';
import { TokenInput } from '../../src/projects/token-input.js';

const KEY = 'k'.repeat(40);
const GOOD = { instance: 'https://pagure.example.org/', fullname: 'lab', keys: [KEY] };

const faults = (plain: unknown, path?: string) => {
  const checked = checkInput(ProjectInput, plain, path);
  return checked.kind === 'bad' ? checked.faults : [];
};
const paths = (plain: unknown) => faults(plain).map((fault) => fault.path);

describe('a checked input', () => {
  it('takes a full registration', () => {
    const settings = { allowSha1: true, checkout: false };
    const whole = { ...GOOD, token: 't'.repeat(64), instanceAliases: ['http://pagure.example.org:80'], settings };
    expect(faults(whole)).toEqual([]);
  });

  it('lists every fault with its path', () => {
    const bad = { instance: 'ftp://x', keys: [KEY, 'short', 5], token: 'to ken', settings: { allowSha1: 'yes' } };
    expect(paths(bad)).toEqual(['instance', 'fullname', 'keys[1]', 'keys[2]', 'token', 'settings.allowSha1']);
  });

  it('names an unknown field and the one that was meant', () => {
    expect(faults({ ...GOOD, fulname: 'lab', settings: { sha1: true } })).toEqual([
      { path: 'fulname', message: 'is not known here; did you mean fullname?' },
      { path: 'settings.sha1', message: 'is not known here' },
    ]);
  });

  it('never repeats a value', () => {
    const secret = 'a secret with blanks in it';
    expect(JSON.stringify(faults({ ...GOOD, keys: [secret], token: secret, instance: secret }))).not.toContain(secret);
  });

  it.each(['__proto__', 'constructor', 'prototype'])('refuses a key %s at any depth', (key) => {
    const hostile: unknown = JSON.parse(`{"settings":{"${key}":{"allowSha1":true}}}`);
    expect(paths({ ...GOOD, ...(hostile as object) })).toEqual([`settings.${key}`]);
  });

  it.each([null, 3, 'text', [], [GOOD]])('refuses %j as a whole', (plain) => {
    expect(faults(plain)).toEqual([{ path: '', message: 'must be an object' }]);
  });

  it.each([null, 3, 'text', [], [{}]])('refuses settings that are %j', (settings) => {
    expect(paths({ ...GOOD, settings })).toContain('settings');
  });

  it('answers a hostile body with few faults', () => {
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, at) => [`x${at}`, 1]));
    const told = faults({ ...GOOD, ...many });
    expect(told).toHaveLength(101);
    expect(told.at(-1)).toEqual({ path: '', message: '900 more faults' });
  });

  it('checks the pipelines of a declared project in their places', () => {
    const pipelines = [
      { name: 'ci', path: 'ci.yml', text: 'x' },
      { name: '../x', path: 'x', text: 'x', tex: 1 },
      { name: 'y', path: 'y', text: 3 },
    ];
    const checked = checkInput(DeclaredProjectInput, { ...GOOD, where: 'f:1', pipelines }, 'projects[1]');
    expect(checked.kind === 'bad' && checked.faults.map((fault) => fault.path)).toEqual([
      'projects[1].pipelines[1].tex',
      'projects[1].pipelines[1].name',
      'projects[1].pipelines[2].text',
    ]);
  });

  it.each([[3], [[]], [null]])('refuses pipelines that hold %j', (...pipelines) => {
    const checked = checkInput(DeclaredProjectInput, { ...GOOD, where: 'f:1', pipelines });
    expect(checked.kind === 'bad' && checked.faults).toEqual([{ path: 'pipelines[0]', message: 'must be an object' }]);
  });
});

describe('full names', () => {
  it.each(['lab', 'rpms/bash', 'forks/bob/lab', 'forks/bob/rpms/bash', 'c++', '_x'])('%s is one', (fullname) => {
    expect(paths({ ...GOOD, fullname })).toEqual([]);
  });

  it.each([
    '',
    '/',
    'a//b',
    '../x',
    'a/../b',
    'a/b/c',
    'forks/bob',
    'forks/a/b/c/d',
    '-x',
    'lab ',
    'lab\n',
    'läb',
    '.git',
  ])('%j is none', (fullname) => {
    expect(paths({ ...GOOD, fullname })).toEqual(['fullname']);
  });
});

describe('instance URLs (TRUST §5: no user-info)', () => {
  it.each(['http://127.0.0.1:15000/', 'https://Pagure.Example.org', 'https://example.org/pagure/'])(
    '%s is one',
    (instance) => {
      expect(paths({ ...GOOD, instance })).toEqual([]);
    },
  );

  it.each([
    'pagure.io',
    'ftp://pagure.io',
    'file:///etc',
    'https://user@pagure.io',
    'https://:pw@pagure.io',
    'https://pagure.io/?x',
    'https://pagure.io/#x',
    'https:\\\\pagure.io',
    'https://pag\ture.io',
    `https://${'x'.repeat(600)}.io`,
  ])('%j is none', (instance) => {
    expect(paths({ ...GOOD, instance })).toEqual(['instance']);
  });
});

describe('whatever comes', () => {
  it.each([
    ProjectInput,
    ProjectChangeInput,
    PipelineInput,
    PipelineReplacementInput,
    DeclaredProjectInput,
    TokenInput,
  ])('a checked %o never throws', (input) => {
    const known = [
      'instance',
      'fullname',
      'keys',
      'token',
      'settings',
      'pipelines',
      'name',
      'text',
      'role',
      'projects',
    ];
    const key = fc.oneof(fc.constantFrom(...known, '__proto__', 'constructor', 'then', 'toString'), fc.string());
    const value = fc.jsonValue();
    fc.assert(
      fc.property(fc.dictionary(key, fc.oneof(value, fc.dictionary(key, value))), (plain) => {
        const checked = checkInput(input as new () => object, plain);
        if (checked.kind === 'bad') expect(checked.faults.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});
