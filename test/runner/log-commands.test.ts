/** What real steps print: log commands, problem matchers and masks, over several steps of a job. */
import { describe, expect, it } from 'vitest';
import { byNumber, outcomes, runSteps } from './one-job.js';

const MATCHERS = JSON.stringify({
  problemMatcher: [{ owner: 'cc', pattern: [{ regexp: '^(.+):(\\d+): (.+)$', file: 1, line: 2, message: 3 }] }],
});

describe('log commands of real steps', () => {
  it('give outputs to later steps, and annotations and groups to whoever looks', async () => {
    const told = await runSteps(
      `- id: a
  run: |
    echo "::set-output name=word::hello"
    echo "::group::Inner"
    printf '::warn'; sleep 0.05; echo 'ing file=src/a.c,line=3::careful'
    echo "::endgroup::"
- run: echo "\${{ steps.a.outputs.word }} again"`,
    );
    expect(told.log).toMatch(/##\[group\]Inner\n##\[warning\]careful\n##\[endgroup\]\n[^]*\nhello again\n/);
    expect(byNumber(told)[0]).toMatchObject({
      outputs: { word: 'hello' },
      annotations: [{ level: 'warning', file: 'src/a.c', line: 3, message: 'careful' }],
    });
  });

  it('mask in all steps from then on', async () => {
    const told = await runSteps(
      '- run: echo "::add-mask::$(printf made)-up-value"\n- run: printf made; sleep 0.05; echo "-up-value"',
    );
    expect(told.log).toMatch(/\n\*\*\*\n$/);
  });

  it('that would change the environment fail their step, unless it may', async () => {
    const told = await runSteps(
      `- run: echo "::set-env name=A::1"
- if: always()
  env: { ACTIONS_ALLOW_UNSECURE_COMMANDS: 'true' }
  run: echo "::set-env name=B::2"
- if: always()
  run: echo "<$A> <$B>"`,
    );
    expect(outcomes(told)).toEqual(['failure', 'success', 'success']);
    expect(told.steps.find(({ number }) => number === 1)?.reason).toContain("the command 'set-env'");
    expect(told.log).toContain('\n<> <2>\n');
  });
});

describe('problem matchers of the repository', () => {
  it('find problems in what later steps print', async () => {
    const told = await runSteps('- run: echo "::add-matcher::.ci/cc.json"\n- run: echo "src/b.c:7:"" bad"; exit 1', {
      files: { '.ci/cc.json': MATCHERS },
    });
    expect(told.log).toContain('\n##[error]src/b.c:7: bad\n');
    expect(byNumber(told)[1]?.annotations).toMatchObject([
      { level: 'error', file: 'src/b.c', line: 7, message: 'bad' },
      { level: 'error', file: null, message: 'Process completed with exit code 1.' },
    ]);
  });

  it.each([
    ['a link', 'ln -s /etc/hostname m.json', 'm.json'],
    ['a pipe', 'mkfifo m.json', 'm.json'],
    ['a path that leads out', ':', '../../../../etc/hostname'],
    ['a path elsewhere', ':', '/etc/hostname'],
  ])('TRUST §4: are read through the executor alone, never through %s', async (_what, prepare, path) => {
    const told = await runSteps(`- run: ${prepare}; echo "::add-matcher::${path}"`);
    expect(outcomes(told)).toEqual(['failure']);
    expect(told.steps.find(({ number }) => number === 1)?.reason).toContain("the command 'add-matcher'");
  });
});

describe('a fault of the world', () => {
  it('tells no secret to whoever runs the job', async () => {
    const missing = `${'0'.repeat(39)}1`;
    const running = runSteps('- run: echo no', {
      prepare: (order) => ({ ...order, secrets: { KEY: missing }, source: { ...order.source, commit: missing } }),
    });
    await expect(running).rejects.toThrow(/the checkout failed: .*\*\*\*/);
  });
});
