/** The reference knows all that the language knows. */
import { describe, expect, it } from 'vitest';
import { FUNCTIONS, CONTEXTS, PLACED_FUNCTIONS } from '../../src/pipeline/expression/names.js';
import { languageReference, startedNames } from '../../src/pipeline/index.js';

const { contexts, functions, limits } = languageReference();

describe('the reference', () => {
  it('describes every context and no other', () => {
    expect(contexts.map(({ name }) => name).sort()).toEqual([...CONTEXTS].sort());
  });

  it('describes every function and no other', () => {
    const named = functions.map(({ call }) => call.slice(0, call.indexOf('(')).toLowerCase());
    expect(named.sort()).toEqual([...FUNCTIONS.keys(), ...PLACED_FUNCTIONS.keys()].sort());
  });

  it('writes limits for people', () => {
    expect(limits.filter(({ most }) => !/^[\d,]+( [KM]iB)?$/.test(most))).toEqual([]);
  });

  it("knows which of GitHub's names an event starts", () => {
    expect(startedNames('create', null)).toEqual(['push', 'create']);
    expect(startedNames('pull-request', 'opened')).toEqual(['pull_request', 'pull_request_target']);
    expect(startedNames('comment', 'created')).toEqual(['issue_comment']);
    expect(startedNames('pull-request', null)).toEqual([]);
  });
});
