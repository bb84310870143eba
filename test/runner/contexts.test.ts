/** What a step is told of itself: the variables that the runner sets, the contexts, the token. */
import { describe, expect, it } from 'vitest';
import type { JobOrder } from '../../src/model/job-order.js';
import { byNumber, outcomes, runSteps } from './one-job.js';

/** Every name that LANGUAGE.md lists under "Environment". */
const GITHUB_NAMES =
  'ACTION ACTION_PATH ACTION_REF ACTION_REPOSITORY ACTOR ACTOR_ID API_URL BASE_REF ENV EVENT_NAME EVENT_PATH GRAPHQL_URL HEAD_REF JOB OUTPUT PATH REF REF_NAME REF_PROTECTED REF_TYPE REPOSITORY REPOSITORY_ID REPOSITORY_OWNER REPOSITORY_OWNER_ID RETENTION_DAYS RUN_ATTEMPT RUN_ID RUN_NUMBER SERVER_URL SHA STATE STEP_SUMMARY TRIGGERING_ACTOR WORKFLOW WORKFLOW_REF WORKFLOW_SHA WORKSPACE'.split(
    ' ',
  );

const withOrder = (change: (order: JobOrder) => Partial<JobOrder>) => ({
  prepare: (order: JobOrder) => ({ ...order, ...change(order) }),
});

const withGithub = (more: JobOrder['contexts']['github']) =>
  withOrder(({ contexts }) => ({ contexts: { ...contexts, github: { ...contexts.github, ...more } } }));

describe('the environment', () => {
  it('has every name that the runner sets, whatever others say', async () => {
    const env = GITHUB_NAMES.map((name) => `GITHUB_${name}: mine`).join(', ');
    const told = await runSteps(
      `- env: { ${env}, RUNNER_OS: mine }\n  run: env | grep -a '^\\(GITHUB\\|RUNNER\\)_' | sort`,
      {
        ...withGithub({ actor: 'ada', run_id: 7, ref_protected: true }),
      },
    );
    const set = told.log.slice(told.log.lastIndexOf('##[endgroup]'));
    for (const name of GITHUB_NAMES) expect(set).toMatch(new RegExp(`^GITHUB_${name}=(?!mine)`, 'm'));
    expect(set).toMatch(/^GITHUB_ACTOR=ada$/m);
    expect(set).toMatch(/^GITHUB_RUN_ID=7$/m);
    expect(set).toMatch(/^GITHUB_REF_PROTECTED=true$/m);
    expect(set).toMatch(/^RUNNER_OS=Linux$/m);
    expect(set.match(/^RUNNER_\w+/gm)).toEqual(
      ['ARCH', 'ENVIRONMENT', 'NAME', 'OS', 'TEMP', 'TOOL_CACHE', 'WORKSPACE'].map((name) => `RUNNER_${name}`),
    );
  });

  it('leaves every other GITHUB_ name an ordinary variable, and CI too', async () => {
    const told = await runSteps(
      '- env: { GITHUB_TOKEN: mine, CI: "false" }\n  run: echo "$GITHUB_TOKEN $CI"\n- run: echo "<$GITHUB_TOKEN> $CI"',
    );
    expect(told.log).toMatch(/^mine false$/m);
    expect(told.log).toMatch(/^<> true$/m);
  });

  it('has names in their own case', async () => {
    const told = await runSteps(
      '- env: { Path_x: a, PATH_X: b }\n  run: echo "$Path_x $PATH_X ${{ env.Path_x }} ${{ env.PATH_X }} <${{ env.path_x }}>"'.replace(
        '{ Path_x: a, PATH_X: b }',
        '{ Path_x: a }',
      ),
    );
    expect(told.log).toMatch(/^a {2}a {2}<>$/m);
  });

  it('goes from pipeline over job and GITHUB_ENV to step', async () => {
    const told = await runSteps(
      '- run: echo W=exported >> "$GITHUB_ENV"; echo "$W"\n- run: echo "$W ${{ env.W }}"\n- env: { W: step }\n  run: echo "$W ${{ env.W }}"',
      {},
      'env: { W: job }',
    );
    expect(told.log).toMatch(/^job$[^]*^exported exported$[^]*^step step$/m);
  });

  it('starts each job with an empty RUNNER_TEMP but for what is the runner’s own', async () => {
    const told = await runSteps('- run: ls -A "$RUNNER_TEMP" | grep -v "^step-1" ');
    expect(told.log).toMatch(/^event\.json$/m);
  });
});

describe('the contexts', () => {
  it('job and runner say what they are to say', async () => {
    const told = await runSteps(
      '- env: { JOB: "${{ toJSON(job) }}" }\n  run: echo "$JOB" | tr -d " \\n"; echo; echo "${{ runner.name }} ${{ runner.os }} ${{ runner.environment }} <${{ runner.debug }}>"',
      withGithub({
        repository: 'ns/lab',
        workflow_ref: 'ns/lab/.pagure/pipelines/ci.yml@refs/heads/main',
        workflow_sha: 'abc',
      }),
    );
    expect(JSON.parse(/^\{"check.*\}$/m.exec(told.log)?.[0] ?? '{}')).toEqual({
      check_run_id: 1,
      container: {},
      services: {},
      status: 'success',
      workflow_ref: 'ns/lab/.pagure/pipelines/ci.yml@refs/heads/main',
      workflow_sha: 'abc',
      workflow_repository: 'ns/lab',
      workflow_file_path: '.pagure/pipelines/ci.yml',
    });
    expect(told.log).toContain('pagure-actions Linux self-hosted <>');
  });

  it('runner.debug is 1 when ACTIONS_RUNNER_DEBUG is true', async () => {
    const options = withOrder(({ contexts }) => ({
      contexts: { ...contexts, vars: { ACTIONS_RUNNER_DEBUG: 'true' } },
    }));
    expect((await runSteps('- run: echo "<$RUNNER_DEBUG> <${{ runner.debug }}>"', options)).log).toMatch(/^<1> <1>$/m);
  });

  it('github.token is a masked value of its own for each job, the same as secrets.GITHUB_TOKEN', async () => {
    const steps =
      '- run: |\n    test "${{ github.token }}" = "${{ secrets.GITHUB_TOKEN }}"\n    echo "it is ${{ github.token }}"; echo "${{ github.token }}" | base64 | rev';
    const [one, other] = [await runSteps(steps), await runSteps(steps)];
    expect([one.result.result, other.result.result]).toEqual(['success', 'success']);
    expect(one.log).toContain('it is ***');
    const reversed = ({ log }: typeof one) => /^[\w=+/]{40,}$/m.exec(log)?.[0];
    expect(reversed(one)).toBeTruthy();
    expect(reversed(one)).not.toBe(reversed(other));
  });

  it('a called pipeline has the secrets that the call hands on, and the token', async () => {
    const call = (secrets: NonNullable<JobOrder['job']['call']>['secrets']) =>
      withOrder(({ job }) => ({
        secrets: { KEY: 'key-value', OTHER: 'other-value' },
        job: { ...job, call: { inputs: {}, env: {}, secrets } },
      }));
    const steps =
      "- run: echo \"${{ secrets.KEY != '' }} ${{ secrets.GIVEN == 'key-value' }} ${{ secrets.GITHUB_TOKEN != '' }}\"";
    expect((await runSteps(steps, call(['inherit']))).log).toMatch(/^true false true$/m);
    expect((await runSteps(steps, call([{ GIVEN: '${{ secrets.KEY }}' }]))).log).toMatch(/^false true true$/m);
    expect((await runSteps(steps, call([{}]))).log).toMatch(/^false false true$/m);
  });
});

describe('outside text', () => {
  const title = 'a"; touch pwned; "';
  const event = { pull_request: { title } };

  it('is followed through the env of the job, changed on its way', async () => {
    const told = await runSteps(
      '- run: |\n    echo ${{ env.T }}\n    test ! -e pwned',
      { event },
      'env: { T: "x${{ toJSON(github.event.pull_request.title) }}" }',
    );
    expect(told.result.result).toBe('success');
  });

  it('is followed through the matrix', async () => {
    const told = await runSteps('- run: |\n    echo "${{ matrix.t }}"\n    test ! -e pwned', {
      event,
      prepare: (order) => ({
        ...order,
        job: { ...order.job, matrix: { t: 'y"; touch pwned; "' }, matrixOrigin: 'outside' },
      }),
    });
    expect([told.result.result, told.log.includes('y"; touch pwned; "')]).toEqual(['success', true]);
  });

  it('is followed into the inputs of an action, and what the author wrote there is pasted', async () => {
    const action =
      'inputs: { text: {}, command: {} }\nruns:\n  using: composite\n  steps:\n    - { shell: bash, run: "echo ${{ inputs.text }}; ${{ inputs.command }}; test ! -e pwned" }\n';
    const told = await runSteps(
      '- uses: ./a\n  with: { text: "${{ toJSON(github.event.pull_request.title) }}", command: "echo one && echo two" }',
      { event, files: { 'a/action.yml': action } },
    );
    expect([told.result.result, byNumber(told)[0]?.reason]).toEqual(['success', null]);
    expect(told.log).toMatch(/^one\ntwo$/m);
  });

  it('is refused as a shell, and in a script that is no shell’s', async () => {
    const told = await runSteps(
      '- { shell: "${{ github.event.pull_request.title }} {0}", run: x }\n- { if: always(), shell: python, run: "print(\'${{ github.event.pull_request.title }}\')" }',
      { event },
    );
    expect(outcomes(told)).toEqual(['failure', 'failure']);
    expect(
      byNumber(told)
        .map(({ reason }) => reason)
        .join(),
    ).toMatch(/shell may not hold text from outside.*only bash and sh/);
  });
});
