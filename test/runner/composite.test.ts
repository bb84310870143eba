/** Composite actions of the repository. */
import { describe, expect, it } from 'vitest';
import { byNumber, outcomes, runSteps } from './one-job.js';

const composite = (steps: string, more = '') =>
  `name: An action\n${more}\nruns:\n  using: composite\n  steps:\n${steps.trim().replace(/^/gm, '    ')}\n`;

const sh = (text: string, more = '') => `- { run: ${JSON.stringify(text)}, shell: bash${more} }`;

const use = (actions: Readonly<Record<string, string>>) => ({
  files: Object.fromEntries(Object.entries(actions).map(([name, text]) => [`${name}/action.yml`, text])),
});

describe('a composite action', () => {
  it('runs its steps within the step that calls it, with inputs and outputs', async () => {
    const action = composite(
      `${sh('echo "hello ${{ inputs.who }} $INPUT_WHO" && echo "word=done by ${{ inputs.WHO }}" >> "$GITHUB_OUTPUT"', ', id: say')}`,
      'inputs: { who: { default: "${{ github.ref_name }}" }, other: { required: true } }\noutputs: { said: { value: "${{ steps.say.outputs.word }}" } }',
    );
    const told = await runSteps(
      '- { id: one, uses: ./a, with: { WHO: Ada } }\n- { id: two, uses: ./a/ }\n- run: echo "<${{ steps.one.outputs.said }}> <${{ steps.two.outputs.said }}> <${{ steps.say }}>"',
      use({ a: action }),
    );
    expect(told.log).toMatch(/^hello Ada $/m);
    expect(told.log).toContain('<done by Ada> <done by main> <>');
    expect(told.started.map(({ number }) => number)).toEqual([0, 1, 2, 3]);
    expect(told.result.result).toBe('success');
  });

  it('sees the env of its caller, which does not leak out; its exports and paths do reach the job', async () => {
    const action = composite(`
${sh('echo "in <$CALLER> <${{ env.CALLER }}> <$OWN>"; echo EXPORTED=yes >> "$GITHUB_ENV"; echo /added >> "$GITHUB_PATH"', ', env: { OWN: own }')}
${sh('echo "then <$EXPORTED> <$OWN>"')}`);
    const told = await runSteps(
      '- { uses: ./a, env: { CALLER: me } }\n- run: echo "out <$CALLER> <$EXPORTED> ${PATH%%:*}"',
      use({ a: action }),
    );
    expect(told.log).toContain('in <me> <me> <own>');
    expect(told.log).toContain('then <yes> <>');
    expect(told.log).toContain('out <> <yes> /added');
  });

  it('looks at its own steps in success() and failure()', async () => {
    const action = composite(`
- { run: echo first runs, shell: bash }
- { run: echo no, shell: bash, if: failure() }
- { run: exit 6, shell: bash, id: bad }
- { run: echo not reached, shell: bash }
- { run: "echo cleaned \${{ steps.bad.outcome }} \${{ github.action_status }} \${{ job.status }}", shell: bash, if: failure() }`);
    const told = await runSteps(
      '- run: exit 1\n- { uses: ./a, if: always() }\n- { run: echo no, if: success() }',
      use({ a: action }),
    );
    expect(told.log).toMatch(/^first runs$/m);
    expect(told.log).toMatch(/^cleaned failure failure failure$/m);
    expect(told.log).not.toMatch(/^(no|not reached)$/m);
    expect(byNumber(told)[1]?.reason).toContain('exit code 6');
  });

  it('fails its step unless the failing one may fail; outputs are evaluated all the same', async () => {
    const action = composite(
      `${sh('echo x=1 >> "$GITHUB_OUTPUT"; exit 1', ', id: s')}`,
      'outputs: { x: { value: "${{ steps.s.outputs.x }}${{ steps.s.conclusion }}" } }',
    );
    const told = await runSteps(
      '- { id: a, uses: ./a, continue-on-error: true }\n- { id: b, uses: ./b }\n- run: echo "<${{ steps.a.outputs.x }}> <${{ steps.b.outputs.x }}>"',
      use({ a: action, b: action.replace('shell: bash', 'shell: bash, continue-on-error: true') }),
    );
    expect(outcomes(told)).toEqual(['failure', 'success', 'success']);
    expect(told.log).toContain('<1failure> <1success>');
  });

  it('knows where it lies, and runs in the workspace', async () => {
    const action = composite(sh('cat "$GITHUB_ACTION_PATH/data" "${{ github.action_path }}/data"; pwd'));
    const told = await runSteps('- uses: ./dir/a', { files: { 'dir/a/action.yml': action, 'dir/a/data': 'data!\n' } });
    expect(told.log).toMatch(/^data!\ndata!\n.*\/workspace$/m);
  });

  it('gets no secrets, needs or vars', async () => {
    const told = await runSteps('- uses: ./a', use({ a: composite(sh('echo ${{ secrets.KEY }}')) }));
    expect(byNumber(told)[0]?.reason).toMatch(/a\/action.yml:6:\d+: the context `secrets` is not known here/);
  });

  it('does not take the defaults of the job', async () => {
    const told = await runSteps(
      '- uses: ./a\n- run: pwd',
      use({ a: composite(sh('pwd')), sub: 'x' }),
      'defaults: { run: { working-directory: sub } }',
    );
    expect(told.log).toMatch(/workspace$[^]*workspace\/sub$/m);
  });

  it('gives its summaries to the step that calls it', async () => {
    const action = composite(
      `${sh('echo one >> "$GITHUB_STEP_SUMMARY"')}\n${sh('echo two >> "$GITHUB_STEP_SUMMARY"')}`,
    );
    expect(byNumber(await runSteps('- uses: ./a', use({ a: action })))[0]?.summary).toBe('one\n\ntwo\n');
  });
});

describe('nested composite actions', () => {
  const outer = composite(
    `
- { run: "echo outer began; \${{ inputs.fail == 'outer' && 'exit 1' || ':' }}", shell: bash }
- { uses: ./middle, id: m, with: { fail: "\${{ inputs.fail }}" }, env: { FROM: outer } }
- { run: "echo outer cleans \${{ steps.m.outcome }}", shell: bash, if: always() }
- { run: echo outer ended, shell: bash }`,
    'inputs: { fail: {} }',
  );
  const middle = composite(
    `
- { run: "echo middle began in $FROM; \${{ inputs.fail == 'middle' && 'exit 1' || ':' }}", shell: bash }
- { uses: ./inner, with: { fail: "\${{ inputs.fail }}" } }
- { run: echo middle ended, shell: bash }`,
    'inputs: { fail: {} }',
  );
  const inner = composite(
    `- { run: "echo inner runs in $FROM; \${{ inputs.fail == 'inner' && 'exit 1' || ':' }}", shell: bash }`,
    'inputs: { fail: {} }',
  );
  const files = use({ outer, middle, inner });

  it.each([
    [
      '',
      [
        'outer began',
        'middle began in outer',
        'inner runs in outer',
        'middle ended',
        'outer cleans success',
        'outer ended',
      ],
    ],
    ['outer', ['outer began', 'outer cleans skipped']],
    ['middle', ['outer began', 'middle began in outer', 'outer cleans failure']],
    ['inner', ['outer began', 'middle began in outer', 'inner runs in outer', 'outer cleans failure']],
  ])('stop where one fails: in %j', async (place, said) => {
    const told = await runSteps(`- { uses: ./outer, with: { fail: '${place}' } }`, files);
    const lines = told.log.split('\n').filter((line) => /^(outer|middle|inner) (began|runs|ended|cleans)/.test(line));
    expect(lines).toEqual(said);
    expect(outcomes(told)).toEqual([place === '' ? 'success' : 'failure']);
  });

  it('are nested nine deep at most', async () => {
    const actions = Object.fromEntries(
      Array.from({ length: 10 }, (_, n) => [
        `a${n}`,
        composite(n === 9 ? sh('echo bottom') : `- { uses: ./a${n + 1} }`),
      ]),
    );
    expect((await runSteps('- uses: ./a1', use(actions))).log).toContain('bottom');
    const told = await runSteps('- uses: ./a0', use(actions));
    expect(byNumber(told)[0]?.reason).toContain('nested 9 deep');
  });

  it('end with the time of the step that calls them', async () => {
    const action = composite(`${sh('sleep 60')}\n- { run: echo no, shell: bash, if: always() }`);
    const told = await runSteps(
      '- { uses: ./b, timeout-minutes: 0.005 }',
      use({ a: action, b: composite('- uses: ./a') }),
    );
    expect(byNumber(told)[0]).toMatchObject({ outcome: 'failure', reason: expect.stringContaining('timeout-minutes') });
    expect(told.log).not.toMatch(/^no$/m);
  });

  it('are canceled with the job, and clean up', async () => {
    const action = composite(
      `${sh('echo ready; sleep 60')}\n${sh('echo no')}\n- { run: echo cleaned inside, shell: bash, if: always() }`,
    );
    const told = await runSteps('- uses: ./a\n- { run: echo cleaned, if: always() }', {
      ...use({ a: action }),
      onLog: (log, cancel) => /^ready$/m.test(log) && cancel('by alice'),
    });
    expect(outcomes(told)).toEqual(['canceled', 'success']);
    expect(told.log).toMatch(/^cleaned inside$[^]*^cleaned$/m);
    expect(told.log).not.toMatch(/^no$/m);
  });

  it('go on in a canceled job where the step that calls them does', async () => {
    const action = composite(`${sh('echo clean one')}\n- { run: echo clean two, shell: bash, if: cancelled() }`);
    const told = await runSteps('- run: echo ready; sleep 60\n- { uses: ./a, if: always() }', {
      ...use({ a: action }),
      onLog: (log, cancel) => /^ready$/m.test(log) && cancel('by alice'),
    });
    expect(told.log).toMatch(/^clean one$[^]*^clean two$/m);
  });
});

describe('an action that cannot be run', () => {
  it.each([
    ['is not there', {}, 'there is no action.yml'],
    ['has no runs.using', { 'a/action.yml': 'name: x' }, 'runs.using'],
    ['is no YAML', { 'a/action.yml': '{' }, 'not valid YAML'],
    [
      'names no shell',
      { 'a/action.yml': 'runs: { using: composite, steps: [{ run: x }] }' },
      'the key `shell` is missing',
    ],
    [
      'has a time-out inside',
      { 'a/action.yml': composite('- { run: x, shell: bash, timeout-minutes: 1 }') },
      'timeout-minutes',
    ],
    ['runs in docker', { 'a/action.yml': 'runs: { using: docker, image: Dockerfile }' }, 'docker'],
    ['is a Dockerfile', { 'a/Dockerfile': 'FROM x' }, 'docker'],
    ['wants an unknown runtime', { 'a/action.yml': 'runs: { using: ruby3, main: x.rb }' }, "'ruby3'"],
  ])('because it %s fails its step alone, and says why', async (_what, files, reason) => {
    const told = await runSteps('- uses: ./a\n- { run: echo after, if: failure() }', { files });
    expect(outcomes(told)).toEqual(['failure', 'success']);
    expect(byNumber(told)[0]?.reason).toContain(reason);
  });

  it('because it lies outside the workspace is not looked at', async () => {
    const told = await runSteps('- uses: ./../../../etc');
    expect(byNumber(told)[0]?.reason).toContain('does not lie in the workspace');
  });

  it('because a link leads out of the workspace is not read (TRUST 4)', async () => {
    const told = await runSteps(
      '- run: ln -s /etc a && mkdir b && ln -s /etc/hostname b/action.yml\n- { uses: ./a, if: always() }\n- { uses: ./b, if: always() }',
    );
    expect(outcomes(told)).toEqual(['success', 'failure', 'failure']);
  });

  it.each(['actions/cache@v4', 'actions/upload-artifact@v4', 'actions/download-artifact@v4', 'someone/else@v1'])(
    'because it is %s fails its step by name',
    async (action) => {
      const told = await runSteps(`- uses: ${action}\n- { run: echo after, if: failure() }`);
      expect(byNumber(told)[0]?.reason).toContain(action);
      expect(told.result.result).toBe('failure');
    },
  );
});
