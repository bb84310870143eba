/** What the changed pipelines of a stranger `uses`, also where the file is broken on purpose. */
import { describe, expect, it } from 'vitest';
import { usesIn } from '../../src/triage/held-changes.js';

const CI = '.pagure/pipelines/ci.yml';
const read = (text: string, path = CI) => usesIn(Buffer.from(text), path);

describe('what a changed file uses', () => {
  it('is read out of steps and calls, whatever the spelling', () => {
    const text = `on: push
jobs:
  a: { runs-on: host, steps: [{ uses: ./local }, { "\\u0075ses": actions/checkout@v4 }] }
  b: { uses: ./.pagure/pipelines/other.yml }
`;
    expect(read(text)).toEqual(['./.pagure/pipelines/other.yml', './local', 'actions/checkout@v4']);
  });

  it('is looked for in a file that does not read', () => {
    expect(read('on: push\njobs: {a: {nonsense: 1, steps: [{uses: evil/action@main}]}}')).toEqual(['evil/action@main']);
  });

  it('is read out of the steps of a composite action', () => {
    const text = 'runs: {using: composite, steps: [{uses: other/action@v1}]}';
    expect(read(text, 'tools/action.yml')).toEqual(['other/action@v1']);
  });
});
