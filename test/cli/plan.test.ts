/** `plan`: which jobs would run for an event, and why; without a server. */
import { describe, expect, it } from 'vitest';
import type { TriedPipeline } from '../../src/cli/local/try-pipeline.js';
import { recording } from '../forge/recordings.js';
import { GOOD_PIPELINE } from '../projects/open-projects.js';
import { type Said, type Scene, serverless } from './scene.js';

const MATRIX = `name: CI
run-name: "\${{ github.actor }} on \${{ github.ref_name }}"
on:
  push: {branches: [main]}
  pull_request:
  pull-request.*: {users: [nobody]}
jobs:
  build:
    runs-on: host
    outputs: {list: x}
    steps: [{run: make}]
  test:
    needs: build
    strategy:
      matrix: {node: [20, 22], os: [linux]}
    runs-on: [self, '\${{ matrix.os }}']
    steps: [{run: make test}]
  dynamic:
    needs: build
    strategy: {matrix: {item: '\${{ fromJSON(needs.build.outputs.list) }}'}}
    runs-on: host
    steps: [{run: make}]
  release:
    needs: test
    if: startsWith(github.ref, 'refs/tags/')
    runs-on: host
    steps: [{run: make release}]
  rescue:
    needs: test
    if: failure()
    runs-on: host
    steps: [{run: make clean}]
`;

async function scene(text = MATRIX, branch = 'main'): Promise<Scene> {
  const made = serverless();
  await made.write('.git/HEAD', `ref: refs/heads/${branch}\n`);
  await made.write('ci.yml', text);
  return made;
}

const answerOf = ({ out }: Said) => JSON.parse(out) as TriedPipeline;
const planned = async (words: string, text?: string, branch?: string) =>
  answerOf(await (await scene(text, branch)).say(`plan ci.yml --json ${words}`));

describe('plan for a topic', () => {
  it('tells of every trigger why it matches or not', async () => {
    const { starts, triggers } = await planned('--topic git.receive');
    expect(starts).toBe(true);
    expect(triggers).toEqual([
      { name: 'push', matches: true, reason: 'on push matches git.receive' },
      { name: 'pull_request', matches: false, reason: expect.stringContaining('this event is git.receive') as string },
      {
        name: 'pull-request.*',
        matches: false,
        reason: expect.stringContaining('this event is git.receive') as string,
      },
    ]);
  });

  it('of pull_request_target stands on the default branch, of pull_request on the merge', async () => {
    const titleOf = async (event: string) =>
      (
        await planned(
          '--topic pull-request.new',
          `on: ${event}\nrun-name: "\${{ github.ref }}"\njobs: {a: {runs-on: x, steps: [{run: x}]}}\n`,
        )
      ).title;
    expect(await titleOf('pull_request_target')).toBe('refs/heads/main');
    expect(await titleOf('pull_request')).toBe('refs/pull/1/merge');
  });

  it('names the concurrency groups of the run and of its jobs, those of a call first', async () => {
    const made = await scene(`on: push
concurrency: 'at-\${{ github.ref_name }}'
jobs:
  plain: { runs-on: host, steps: [{ run: make }] }
  deploy: { runs-on: host, concurrency: Deploy, steps: [{ run: make }] }
  call: { uses: ./lib.yml, concurrency: lane }
`);
    await made.write(
      'lib.yml',
      'on: workflow_call\nconcurrency: lib\njobs: { a: { runs-on: host, concurrency: own, steps: [{ run: x }] } }\n',
    );
    const { group, jobs } = answerOf(await made.say('plan ci.yml --json --topic git.receive'));
    expect(group).toBe('at-main');
    expect(jobs.map(({ key, groups }) => [key, ...groups])).toEqual([
      ['plain'],
      ['deploy', 'deploy'],
      ['call/a', 'lane', 'lib', 'own'],
    ]);
    const { out } = await made.say('plan ci.yml --topic git.receive');
    expect(out).toMatch(/^group +at-main$/im);
    expect(out).toContain('lane, lib, own');
  });

  it('tells of every job its combinations, and when it would run', async () => {
    const { title, jobs } = await planned('--topic git.receive');
    expect(title).toBe('alice on main');
    expect(jobs.map(({ key, name, matrix, runsOn, state }) => [key, name, matrix, runsOn.join(), state])).toEqual([
      ['build', 'build', {}, 'host', 'ready'],
      ['test[0]', 'test (20, linux)', { node: 20, os: 'linux' }, 'self,linux', 'waits'],
      ['test[1]', 'test (22, linux)', { node: 22, os: 'linux' }, 'self,linux', 'waits'],
      ['dynamic', 'dynamic', { item: '${{ fromJSON(needs.build.outputs.list) }}' }, '', 'open'],
      ['release', 'release', {}, '', 'skipped'],
      ['rescue', 'rescue', {}, '', 'skipped'],
    ]);
    expect(jobs[3]?.reason).toBe('it reads what build will put out');
    expect(jobs[4]?.reason).toContain('its if does not hold');
  });

  it('is about the branch that is checked out', async () => {
    const { starts, triggers, event } = await planned('--topic git.receive', MATRIX, 'feature/x');
    expect([starts, event.ref]).toEqual([false, 'refs/heads/feature/x']);
    expect(triggers[0]?.reason).toBe('push: branches [main] do not match feature/x');
  });

  it.each([
    ['schedule', "schedule: [{cron: '0 3 * * 1'}]"],
    ['workflow_dispatch', 'workflow_dispatch: {inputs: {how: {default: fast}}}'],
    ['repository_dispatch', 'repository_dispatch: {types: [deploy]}'],
    ['workflow_run', 'workflow_run: {workflows: [CI], branches: [main]}'],
    ['git.tag.creation', "push: {tags: ['v*']}"],
    ['pull-request.new', 'pull_request: {branches: [main]}'],
    ['issue.new', 'issues: {types: [opened]}'],
    ['pull-request.comment.added', 'issue_comment:'],
    ['deploy.requested', 'deploy.requested:'],
  ])('%s starts what waits for it', async (topic, on) => {
    const { starts, jobs } = await planned(`--topic ${topic}`, GOOD_PIPELINE.replace('on: push', `on:\n  ${on}`));
    expect([starts, jobs.length]).toEqual([true, 1]);
  });

  it.each([
    ['push', 'did you mean git.receive?'],
    ['pull_request', 'did you mean pull-request.new?'],
    ['schedul', 'did you mean schedule?'],
    ['constructor', 'a topic is one word'],
  ])('that is no word of Pagure is refused: %s', async (topic, says) => {
    const said = await (await scene()).say(`plan ci.yml --topic ${topic}`);
    expect([said.code, said.err]).toEqual([2, expect.stringContaining(says)]);
  });
});

describe('plan for a recorded message', () => {
  const pull = recording('029');

  it.each([
    ['the whole delivery', { body_base64: pull.body.toString('base64') }, ''],
    ['the envelope', pull.message, ''],
    ['the msg and its topic', pull.message.msg, ' --topic pull-request.new'],
  ])('takes %s', async (_, record, more) => {
    const made = await scene();
    await made.write('event.json', JSON.stringify(record));
    const { event, starts, triggers } = answerOf(await made.say(`plan ci.yml --json --event event.json${more}`));
    expect(event).toMatchObject({ topic: 'pull-request.new', kind: 'pull-request', action: 'opened' });
    expect([starts, triggers.map(({ matches }) => matches)]).toEqual([true, [false, true, false]]);
    expect(triggers[2]?.reason).toMatch(/users \[nobody\] do not hold/);
  });

  it('holds path filters against the files that the message names', async () => {
    const push = recording('009').message;
    const changed = { ...push, msg: { ...push.msg, old_commit: 'a'.repeat(40), changed_files: { 'docs/x.md': 'M' } } };
    const made = await scene(GOOD_PIPELINE.replace('on: push', "on: {push: {paths-ignore: ['docs/**']}}"));
    await made.write('event.json', JSON.stringify(changed));
    const { starts, triggers } = answerOf(await made.say('plan ci.yml --json --event event.json'));
    expect([starts, triggers[0]?.reason]).toEqual([
      false,
      expect.stringContaining('paths-ignore [docs/**] matches all'),
    ]);
  });

  it('says of a pull-request from elsewhere that it is held', async () => {
    const { message } = recording('029');
    const pullrequest = { ...(message.msg['pullrequest'] as object), repo_from: { fullname: 'forks/bob/lab' } };
    const made = await scene();
    await made.write('event.json', JSON.stringify({ ...message, msg: { ...message.msg, pullrequest } }));
    const { notes } = answerOf(await made.say('plan ci.yml --json --event event.json'));
    expect(notes).toEqual([expect.stringContaining('held until somebody approves')]);
  });

  it.each([
    ['{', 'event.json is no JSON'],
    ['{"branch": "main"}', 'name the topic'],
    ['[]', 'name the topic'],
  ])('that is none is refused: %s', async (text, says) => {
    const made = await scene();
    await made.write('event.json', text);
    const said = await made.say('plan ci.yml --event event.json');
    expect([said.code, said.err]).toEqual([2, expect.stringContaining(says)]);
  });
});

describe('plan', () => {
  it('prints the event, the triggers and the jobs for people', async () => {
    const { code, out } = await (await scene()).say('plan ci.yml --topic git.receive');
    expect(code).toBe(0);
    expect(out).toMatch(/^pipeline +CI ci\.yml\nevent +alice pushed .*\ntopic +git\.receive\nref +refs\/heads\/main\n/);
    expect(out).toContain('✓ on push: on push matches git.receive\n- on pull_request: ');
    expect(out).toMatch(/\nJOB +MATRIX +RUNS ON +WHEN\nbuild +host +at once\n/);
    expect(out).toMatch(/\ntest \(20, linux\) +node: 20, os: linux +self, linux +after build\n/);
    expect(out).toMatch(/\nrelease +skipped: its if does not hold/);
  });

  it('says when nothing would start', async () => {
    const { code, out } = await (await scene()).say('plan ci.yml --topic issue.new');
    expect([code, out]).toEqual([0, expect.stringContaining('\nNothing would start.\n')]);
  });

  it('reads the pipeline from stdin', async () => {
    const said = await (await scene()).say('plan - --topic git.receive --json', { input: MATRIX });
    expect(answerOf(said)).toMatchObject({ file: 'stdin', pipeline: 'CI', starts: true });
  });

  it('of a broken pipeline says what is wrong and ends with 1', async () => {
    const { code, out } = await (await scene('on: push\njobs: {}\n')).say('plan ci.yml --topic git.receive');
    expect([code, out]).toEqual([1, expect.stringMatching(/^ci\.yml:2:7: .* \[[a-z-]+\]\n/)]);
  });

  it('of what cannot be planned says so at its job', async () => {
    const text = GOOD_PIPELINE.replace('runs-on: host', "runs-on: '${{ github.nothing }}'");
    const { jobs } = await planned('--topic git.receive', text);
    expect(jobs[0]).toMatchObject({ state: 'failure', reason: expect.stringContaining('cannot be planned') as string });
  });

  it.each(['plan ci.yml', 'plan none.yml --topic git.receive', 'plan ci.yml --event none.json', 'plan'])(
    'ends with 2 for %s',
    async (words) => {
      expect((await (await scene()).say(words)).code).toBe(2);
    },
  );

  it.each(['', '--json'])('lets no control character of file and message reach the terminal: %s', async (option) => {
    const made = await scene(MATRIX.replace('name: CI', 'name: "a\\e[2J\\u202eb"'));
    const { message } = recording('029');
    const pullrequest = {
      ...(message.msg['pullrequest'] as object),
      title: 'a\u001b[2J\u009b\u202eb',
      branch: '\u001b',
    };
    await made.write('event.json', JSON.stringify({ ...message, msg: { ...message.msg, pullrequest } }));
    const { code, out, err } = await made.say(`plan ci.yml --event event.json ${option}`.trim());
    expect(code).toBe(0);
    expect((out + err).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
  });
});
