/** Runs as people meet them: one passed, one failed, one that runs, one that is held, and one that wants to do harm. */
import type { EventFacts } from '../../src/model/event.js';
import { FACTS, NOW } from '../store/open-store.js';
import type { RunScene } from './page-scenes.js';

const ESC = '\u001b';

const FAILING_LOG = [
  '##[group]Run npm ci',
  'shell: bash -e {0}',
  '##[endgroup]',
  'added 214 packages in 6s',
  '##[group]Run npm test',
  'shell: bash -e {0}',
  'env:',
  '  CI: true',
  '##[endgroup]',
  '',
  '> parser@2.4.0 test',
  '> node --test',
  '',
  ...Array.from(
    { length: 38 },
    (_, at) => `${ESC}[32m✔${ESC}[0m reads block ${at + 1} ${ESC}[90m(${(at % 7) + 1}.2ms)${ESC}[39m`,
  ),
  `${ESC}[31m✖ keeps the order of keys (3.1ms)${ESC}[0m`,
  `  ${ESC}[31mAssertionError: Expected values to be strictly equal:${ESC}[0m`,
  `  ${ESC}[32m+ 'b, a'${ESC}[0m`,
  `  ${ESC}[31m- 'a, b'${ESC}[0m`,
  '      at TestContext.<anonymous> (file:///workspace/test/order.test.js:41:10)',
  '',
  `ℹ tests 39`,
  `ℹ pass 38`,
  `ℹ fail 1`,
  '##[error]exit code 1',
  '',
].join('\n');

const DECISIONS = [
  {
    pipelineName: 'docs',
    pipelineKey: 'repo:.pagure/docs.yml',
    reason: '"docs/**" matches none of the 3 changed paths',
  },
  {
    pipelineName: 'release',
    pipelineKey: 'server:release',
    reason: 'push to refs/heads/main matches no tag of "tags: [v*]"',
  },
];

export const FAILED: RunScene = {
  result: 'failure',
  facts: { summary: 'alice pushed 3 commits to main' },
  jobs: [
    { name: 'lint', steps: [{ name: 'Check out' }, { name: 'Run npm run lint' }], log: 'all good\n' },
    {
      ...{ name: 'test (node 20)', result: 'failure', reason: 'Run npm test: exit code 1', finishedAt: NOW + 48_000 },
      steps: [
        { name: 'Check out' },
        { name: 'Run npm ci' },
        {
          ...{ name: 'Run npm test', outcome: 'failure', conclusion: 'failure', exitCode: 1, reason: 'exit code 1' },
          finishedAt: NOW + 46_000,
        },
        { name: 'Keep the report', outcome: 'skipped', conclusion: 'skipped', startedAt: null, finishedAt: null },
      ],
      log: FAILING_LOG,
    },
    {
      name: 'test (node 22)',
      steps: [{ name: 'Check out' }, { name: 'Run npm ci' }, { name: 'Run npm test' }],
      log: 'ok\n',
    },
    {
      name: 'deploy',
      result: 'skipped',
      reason: 'a job that it needs failed',
      startedAt: null,
      finishedAt: null,
      attempt: 0,
    },
  ],
  decisions: DECISIONS,
};

export const PASSED: RunScene = {
  facts: { summary: 'alice pushed 3 commits to main' },
  jobs: [
    { name: 'lint', steps: [{ name: 'Check out' }, { name: 'Run npm run lint' }], log: 'all good\n' },
    {
      ...{ name: 'test', finishedAt: NOW + 130_000 },
      steps: [{ name: 'Check out' }, { name: 'Run npm ci' }, { name: 'Run npm test' }],
      log: FAILING_LOG.split('\n').slice(0, 40).join('\n'),
    },
  ],
  decisions: DECISIONS,
};

const PULL_REQUEST: Partial<EventFacts> = {
  ...{
    topic: 'pull-request.new',
    kind: 'pull-request',
    action: 'opened',
    actor: 'bob',
    ref: null,
    after: null,
    before: null,
  },
  summary: 'bob opened pull-request #12: Read the configuration once',
  pullRequest: {
    ...{ number: 12, title: 'Read the configuration once', targetBranch: 'main', sourceBranch: 'once' },
    ...{ source: 'fork', sourceProject: 'forks/bob/parser', head: 'b'.repeat(40), author: 'bob' },
  },
};

export const RUNNING: RunScene = {
  ...{ state: 'running', result: null, finishedAt: null, startedAt: NOW - 42_000, createdAt: NOW - 45_000 },
  facts: { ...PULL_REQUEST },
  resolved: {
    ...{ eventName: 'pull_request', action: 'opened', ref: 'refs/pull/12/merge', commit: 'c'.repeat(40), before: null },
    ...{ defaultBranch: 'main', headMessage: '' },
  },
  ...{ trust: 'restricted', trustReason: 'a pull-request of the project itself' },
  plan: {
    jobs: [
      { id: 'test', name: null },
      { id: 'deploy', name: 'Deploy to staging' },
    ],
  } as never,
  jobs: [
    {
      ...{ name: 'test', key: 'test', state: 'running', result: null, startedAt: NOW - 40_000, finishedAt: null },
      steps: [
        { name: 'Check out', startedAt: NOW - 40_000, finishedAt: NOW - 37_000 },
        { name: 'Run npm ci', startedAt: NOW - 37_000, finishedAt: NOW - 20_000 },
        {
          ...{ name: 'Run npm test', state: 'running', outcome: null, conclusion: null, exitCode: null },
          ...{ startedAt: NOW - 20_000, finishedAt: null },
        },
      ],
      log: FAILING_LOG.split('\n').slice(0, 24).join('\n'),
    },
  ],
};

export const HELD: RunScene = {
  ...{ state: 'waiting', result: null, finishedAt: null, startedAt: null, trust: 'held' },
  ...{ trustReason: 'held: the source is not this project', reason: 'held: the source is not this project' },
  facts: PULL_REQUEST,
  resolved: RUNNING.resolved,
};

const SCRIPT = `"><script>alert(1)</script><img src=https://evil.example/x onerror=alert(2)>'\`</title></style>`;
const SPOOF = '\u202eevil\u2066 \u0000\u0007\u009b31m\ud800';

/** Every text that comes from outside is one that wants out of its place. */
export const HOSTILE: RunScene = {
  result: 'failure',
  ...{
    title: SCRIPT + SPOOF,
    pipelineName: SCRIPT + SPOOF,
    pipelineKey: `repo:${SCRIPT}`,
    reason: SCRIPT,
    actor: SCRIPT,
  },
  ...{ trustReason: SCRIPT + SPOOF },
  facts: {
    ...FACTS,
    ...PULL_REQUEST,
    summary: SCRIPT + SPOOF,
    url: 'javascript:alert(3)',
    topic: SCRIPT,
    actor: SCRIPT,
  },
  resolved: {
    ...{
      eventName: 'push',
      action: null,
      ref: `refs/heads/${SCRIPT}`,
      commit: '../../"><script>alert(4)</script>',
      before: null,
    },
    ...{ defaultBranch: 'main', headMessage: SCRIPT },
  },
  problems: [{ file: SCRIPT, line: 1, column: 1, message: SCRIPT, code: 'x', severity: 'error' }] as never,
  jobs: [
    {
      ...{ name: SCRIPT + SPOOF, result: 'failure', reason: SCRIPT },
      steps: [{ name: SCRIPT + SPOOF, outcome: 'failure', conclusion: 'failure', exitCode: 1, reason: SCRIPT }],
      log: [
        ...[SCRIPT, SPOOF, `</pre>${SCRIPT}`, `${ESC}]8;;javascript:alert(5)${ESC}\\click${ESC}]8;;${ESC}\\`],
        ...[`${ESC}[31m${SCRIPT}${ESC}[0m`, `${ESC}[2J${ESC}[1;1Hgone`, `##[error]${SCRIPT}`, `##[group]${SCRIPT}`, ''],
      ].join('\n'),
    },
  ],
  decisions: [{ pipelineName: SCRIPT, pipelineKey: `server:${SCRIPT}`, reason: SCRIPT + SPOOF }],
};
