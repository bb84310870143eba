/** Starts by hand and by the clock: inputs checked and typed, schedules that are well-formed. */
import { describe, expect, it } from 'vitest';
import { checkInputs, cronFault, matchTrigger, neverComes, readPipeline } from '../../src/pipeline/index.js';
import { pipelineOf, PUSH } from './samples.js';

const PIPELINE = pipelineOf(`on:
  workflow_dispatch:
    inputs:
      plain:
      word: {type: string, required: true}
      many: {type: number, default: 3}
      sure: {type: boolean, default: true}
      pick: {type: choice, options: [a, b], default: b}
      where: {type: environment}
jobs: {a: {runs-on: x, steps: [{run: x}]}}
`);

describe('checkInputs', () => {
  it('keeps booleans and numbers, and gives texts to the event', () => {
    expect(checkInputs(PIPELINE, { WORD: 'hi', many: '4', sure: 'FALSE', pick: 'a', where: 'prod' })).toEqual({
      kind: 'inputs',
      inputs: { plain: '', word: 'hi', many: 4, sure: false, pick: 'a', where: 'prod' },
      eventInputs: { plain: '', word: 'hi', many: '4', sure: 'false', pick: 'a', where: 'prod' },
    });
  });

  it('takes the defaults', () => {
    expect(checkInputs(PIPELINE, { word: 'x' })).toMatchObject({
      inputs: { many: 3, sure: true, pick: 'b', where: '' },
    });
  });

  it.each([
    ['a missing one', {}, 'inputs.word'],
    ['an empty required one', { word: '' }, 'inputs.word'],
    ['an unknown one', { word: 'x', other: 1 }, 'inputs.other'],
    ['a choice that is none', { word: 'x', pick: 'c' }, 'inputs.pick'],
    ['a number that is none', { word: 'x', many: 'four' }, 'inputs.many'],
    ['a boolean that is none', { word: 'x', sure: 'yes' }, 'inputs.sure'],
    ['a list', { word: ['x'] }, 'inputs.word'],
  ])('refuses %s', (_, given, path) => {
    expect(checkInputs(PIPELINE, given)).toMatchObject({ kind: 'faults', faults: [{ path }] });
  });

  it('refuses a pipeline that is not started by hand', () => {
    expect(checkInputs(pipelineOf('on: push\njobs: {a: {runs-on: x, steps: [{run: x}]}}'), {}).kind).toBe('faults');
  });
});

describe('what is started by others than the forge', () => {
  const warnings = (on: string) =>
    readPipeline(`on: ${on}\njobs: {a: {runs-on: x, steps: [{run: x}]}}`, { file: 'ci.yml' }).problems.map(
      ({ severity, message }) => `${severity} ${message}`,
    );

  it('gives no warning when it is started by hand or by a program', () => {
    expect(warnings('[workflow_dispatch, repository_dispatch]')).toEqual([]);
  });

  it('is warned of for each activity type that the forge does not tell of', () => {
    const told = 'opened, edited, closed, reopened, labeled, unlabeled, assigned, unassigned';
    expect(warnings(`{pull_request: {types: [${told}, synchronize]}, issues: {types: [${told}]}}`)).toEqual([]);
    expect(warnings('{pull_request: {types: [opened, ready_for_review]}, issue_comment: {types: deleted}}')).toEqual([
      'warning `ready_for_review` never starts anything here: the forge does not tell of it',
      'warning `deleted` never starts anything here: the forge does not tell of it',
    ]);
  });

  it('gives no warning when it is called, by the clock or by the end of another run', () => {
    expect(warnings('workflow_call')).toEqual([]);
    expect(warnings("{schedule: [{cron: '0 4 * * *'}], workflow_run: {workflows: [CI]}}")).toEqual([]);
  });

  it('starts nothing by itself when it can only be called', () => {
    expect(matchTrigger(pipelineOf('on: workflow_call\njobs: {a: {runs-on: x, steps: [{run: x}]}}'), PUSH)).toEqual({
      kind: 'no',
      reason: 'on names workflow_call, this event is git.receive',
    });
  });
});

describe('a schedule', () => {
  it.each(['* * * * *', '*/15 0 1,15 * 1-5', '0 0 * JAN-mar SUN', '59 23 31 12 6', '5/10 * * * *', '0  4 * * *'])(
    '%s is right',
    (cron) => {
      expect(cronFault(cron)).toBeNull();
    },
  );

  it.each([
    '',
    '@daily',
    '* * * *',
    '* * * * * *',
    '60 * * * *',
    '* 24 * * *',
    '* * 0 * *',
    '* * 32 * *',
    '* * * 13 *',
    '* * * * 7',
    '* * L * *',
    '* * * * 1#2',
    '? * * * *',
    '* * W * *',
    '1-0 * * * *',
    '*/0 * * * *',
    '1,,2 * * * *',
    '-1 * * * *',
    '* * * FOO *',
    'H * * * *',
  ])('%j is malformed', (cron) => {
    expect(cronFault(cron)).not.toBeNull();
  });

  it('may never come', () => {
    expect(['0 0 30 2 *', '0 0 31 4,6 *', '0 0 31 2-2 *'].map(neverComes)).toEqual([true, true, true]);
    expect(['0 0 29 2 *', '0 0 30 2 1', '0 0 31 4-5 *', '* * * * *'].map(neverComes)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});
