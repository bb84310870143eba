/** Pipelines that call others of the same repository, through the whole house. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { restoreRepository, setRef } from '../fixtures/repositories/restore.js';
import { recording } from '../forge/recordings.js';
import { commitFile } from './commit-file.js';
import { openHouse, ShiftedClock, temporaryFolder } from './house.js';

const PUSH = recording('006');
const HEAD = PUSH.message.msg['end_commit'] as string;
const LIB = `on:
  workflow_call:
    inputs: { who: { type: string, required: true }, loud: { type: boolean } }
    secrets: { KEY: { required: false } }
    outputs: { said: { value: '\${{ jobs.greet.outputs.said }}' } }
env: { FROM: the library }
jobs:
  greet:
    runs-on: host
    outputs: { said: '\${{ steps.say.outputs.said }}' }
    steps:
      - id: say
        run: echo "said=hello \${{ inputs.who }} \${{ inputs.loud }} from $FROM, $OTHER" >> "$GITHUB_OUTPUT"
`;
const CALLER = (uses: string) => `on: deploy.requested
env: { OTHER: the caller }
jobs:
  call:
    strategy: { matrix: { who: [ann, bob] } }
    uses: ${uses}
    with: { who: '\${{ matrix.who }}', loud: true }
    secrets: inherit
  after:
    needs: call
    runs-on: host
    steps: [{ run: 'echo "it said \${{ needs.call.outputs.said }}."' }]
`;

/** What the pipelines of the server do with these files in the repository. */
async function ran(pipelines: Readonly<Record<string, string>>, files: Readonly<Record<string, string>>) {
  const repositories = temporaryFolder('repositories');
  const lab = restoreRepository('lab', repositories);
  setRef(lab, 'refs/heads/main', HEAD);
  let head = HEAD;
  for (const [path, text] of Object.entries(files)) head = commitFile(lab, 'main', path, text);
  const house = await openHouse({ clock: new ShiftedClock(PUSH.message.timestamp * 1000 + 60_000), repositories });
  await house.register('lab', PUSH.key, pipelines);
  const msg = { agent: 'bob', repo: { fullname: 'lab' }, pagure_instance: house.pagure.appUrl };
  expect(await house.deliver('lab', 'deploy.requested', msg)).toBe(202);
  await house.settle();
  await house.untilDone(1);
  return { house, head, runs: await house.runs() };
}

describe('a job that calls a pipeline', () => {
  it('of the server calls a file of the repository, once per combination, and gets its outputs', async () => {
    const { house, runs } = await ran(
      { ci: CALLER('./.github/workflows/lib.yml') },
      { '.github/workflows/lib.yml': LIB },
    );
    const [run] = runs.filter(({ pipelineKey }) => pipelineKey === 'server:ci');
    expect(run!.jobs.map(({ key, name, result }) => [key, name, result])).toEqual([
      ['call[0]/greet', 'call (ann) / greet', 'success'],
      ['call[1]/greet', 'call (bob) / greet', 'success'],
      ['after', 'after', 'success'],
    ]);
    expect(run!.jobs[0]!.outputs).toEqual({ said: 'hello ann true from the library, ' });
    expect(await house.log(run!.jobs[2]!)).toMatch(/it said hello (ann|bob) true from the library, \./);
  });

  it('of the repository calls the file of its own commit, in any folder, also by $/', async () => {
    for (const uses of ['./ci/lib.yml', '$/ci/lib.yml']) {
      const { runs, head } = await ran({}, { 'ci/lib.yml': LIB, '.pagure/pipelines/ci.yml': CALLER(uses) });
      expect(runs).toMatchObject([{ pipelineKey: 'repo:.pagure/pipelines/ci.yml', pipelineCommit: head }]);
      expect(runs[0]!.jobs.map(({ result }) => result)).toEqual(['success', 'success', 'success']);
    }
  }, 240_000);

  it('calls a file that calls another, at the top of the repository', async () => {
    const middle = 'on: workflow_call\njobs: { inner: { uses: ./lib.yml, with: { who: eve } } }\n';
    const text = 'on: deploy.requested\njobs: { outer: { uses: ./middle.yml } }\n';
    const { runs } = await ran({ ci: text }, { 'lib.yml': LIB, 'middle.yml': middle });
    expect(runs[0]!.jobs.map(({ name, outputs }) => [name, outputs['said']])).toEqual([
      ['outer / inner / greet', 'hello eve false from the library, '],
    ]);
  });

  it.each([
    ['is not there', './missing.yml', './missing.yml cannot be called: there is no such file at'],
    ['nobody may call', './plain.yml', './plain.yml: it has no `on: workflow_call`'],
    ['is broken', './broken.yml', 'broken.yml:1:1'],
  ])('ends the run with the place when the file %s', async (_, uses, message) => {
    const job = 'jobs: { a: { runs-on: host, steps: [{ run: "true" }] } }\n';
    const { runs } = await ran(
      { ci: `on: deploy.requested\njobs:\n  call: { uses: ${uses} }\n` },
      {
        'plain.yml': `on: push\n${job}`,
        'broken.yml': 'on: workflow_call\njobz: {}\n',
      },
    );
    expect(runs).toMatchObject([{ state: 'done', result: 'error', jobs: [] }]);
    expect(runs[0]!.problems[0]).toMatchObject({ line: 3, message: expect.stringContaining(message) as string });
  });

  it('takes turns with its other calls, in the group of the call or of the called file', async () => {
    const seen = join(temporaryFolder('turns'), 'seen');
    const script = `echo in >> ${seen}; sleep 0.1; echo out >> ${seen}`;
    const lib = (own: string) =>
      `on: workflow_call\n${own}jobs: { a: { runs-on: host, steps: [{ run: '${script}' }] } }\n`;
    const matrix = 'strategy: { matrix: { at: [1, 2] } }';
    const text = `on: deploy.requested
jobs:
  one: { ${matrix}, concurrency: { group: x, queue: max }, uses: ./plain.yml }
  two: { ${matrix}, uses: ./turns.yml }
`;
    const { runs } = await ran(
      { ci: text },
      { 'plain.yml': lib(''), 'turns.yml': lib('concurrency: { group: X, queue: max }\n') },
    );
    expect(runs[0]).toMatchObject({ result: 'success' });
    expect(runs[0]!.jobs.map(({ key }) => key)).toEqual(['one[0]/a', 'one[1]/a', 'two[0]/a', 'two[1]/a']);
    expect(readFileSync(seen, 'utf8')).toBe('in\nout\n'.repeat(4));
  });

  it('of elsewhere fails alone: the other jobs of the file run', async () => {
    const text = `on: deploy.requested
jobs:
  call: { uses: 'other/repo/.github/workflows/x.yml@v1' }
  own: { runs-on: host, steps: [{ run: 'true' }] }
`;
    const { runs } = await ran({ ci: text }, {});
    expect(runs[0]!.jobs.map(({ key, result }) => [key, result])).toEqual([
      ['call', 'failure'],
      ['own', 'success'],
    ]);
    expect(runs[0]!.jobs[0]!.reason).toContain('pipelines of other repositories are not fetched here');
  });
});
