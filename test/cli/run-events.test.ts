/** `run`: what happened, as it is made up, taken from a file, or told by a bundle. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunBundle } from '../../src/model/run-bundle.js';
import { planRun, readPipeline } from '../../src/pipeline/index.js';
import { recording } from '../forge/recordings.js';
import { jobWith, PIPELINE, printed, type Tree, treeWith } from './run-scene.js';

const EVERY = [
  ...['push', 'create', 'delete', 'pull_request', 'pull_request_target', 'issues', 'issue_comment', 'schedule'],
  ...['workflow_dispatch', 'repository_dispatch', 'workflow_run', 'release', 'pull-request.new', 'deploy.requested'],
];
const ON_ALL = `{${EVERY.map((name) => (name === 'schedule' ? "schedule: [{cron: '0 0 * * *'}]" : `${name}:`)).join(', ')}}`;
const TELLS = jobWith(
  '[{run: "echo ${{ github.event_name }} [${{ github.event.pull_request.title }}] [${{ event.msg.branch }}] ${{ github.ref }}"}]',
  { on: ON_ALL },
);

describe('a made-up event', () => {
  it('is about the branch and commit that are checked out', async () => {
    const steps = '[{run: "echo $GITHUB_REF $GITHUB_SHA ${{ github.event.before }} ${{ github.event.after }}"}]';
    const tree = treeWith(jobWith(steps)).commit('second');
    const [head, before] = [tree.git('rev-parse', 'HEAD'), tree.git('rev-parse', 'HEAD^')];
    expect(printed(await tree.run('--json'))).toEqual([`refs/heads/main ${head} ${before} ${head}`]);
  });

  it('of a pull-request comes from the branch that is checked out', async () => {
    const steps = '[{run: "echo $GITHUB_HEAD_REF to $GITHUB_BASE_REF, ${{ github.event.action }}"}]';
    const tree = treeWith(jobWith(steps, { on: 'pull_request' }));
    tree.git('checkout', '--quiet', '-b', 'topic');
    expect(printed(await tree.run('--json --event-name pull_request'))).toEqual(['topic to main, opened']);
  });

  it.each(EVERY)('%s runs what names it', async (name) => {
    const ran = await treeWith(TELLS).run(`${PIPELINE} --json --event-name ${name}`);
    expect([ran.code, printed(ran)[0]?.split(' ')[0]]).toEqual([0, name]);
  });
});

describe('--event', () => {
  it.each(EVERY)('{} is legal for %s: a missing field is null', async (name) => {
    const tree = treeWith(TELLS).write('event.json', '{}');
    const ran = await tree.run(`${PIPELINE} --json --event-name ${name} --event event.json`);
    expect([ran.code, printed(ran)[0]]).toEqual([0, expect.stringContaining(`${name} [] [`)]);
  });

  it('is taken as it is: inputs are not checked', async () => {
    const on = '{workflow_dispatch: {inputs: {size: {type: choice, options: [s], required: true}}}}';
    const tree = treeWith(jobWith('[{run: "echo ${{ inputs.size }} ${{ inputs.other }}"}]', { on }));
    tree.write('event.json', '{"inputs": {"size": "huge", "other": 1}}');
    const ran = await tree.run(`${PIPELINE} --json --event-name workflow_dispatch --event event.json`);
    expect([ran.code, printed(ran)]).toEqual([0, ['huge 1']]);
  });

  it('may be a whole message of Pagure', async () => {
    const { message } = recording('029');
    const steps = '[{run: "echo ${{ event.topic }} ${{ github.event.action }} $GITHUB_REPOSITORY"}]';
    const tree = treeWith(jobWith(steps, { on: 'pull_request' })).write('event.json', JSON.stringify(message));
    const ran = await tree.run(`${PIPELINE} --json --event event.json`);
    const { project_fullname: fullname } = message.msg;
    expect(printed(ran)).toEqual([`pull-request.new opened ${String(fullname)}`]);
  });

  it.each([
    ['{', 'event.json is no JSON'],
    ['[]', 'event.json holds no object'],
  ])('that is none is wrong: %s', async (text, says) => {
    const ran = await treeWith(TELLS).write('event.json', text).run(`${PIPELINE} --event event.json`);
    expect([ran.code, ran.err]).toEqual([2, expect.stringContaining(says)]);
  });
});

describe('--input', () => {
  const ON = `{workflow_dispatch: {inputs: {n: {type: number, default: 3}, where: {type: choice, options: [here, there], required: true}}}}`;
  const TYPED = jobWith('[{run: "echo ${{ inputs.n + 0 == 4 && inputs.where || toJSON(inputs) }}"}]', { on: ON });
  const SUM = jobWith('[{run: "echo ${{ inputs.where }} ${{ inputs.n == 4 }} ${{ toJSON(github.event.inputs.n) }}"}]', {
    on: ON,
  });

  it('is checked and typed, and means that somebody starts it by hand', async () => {
    const ran = await treeWith(SUM).run(`${PIPELINE} --json --input where=here --input n=4`);
    expect([ran.code, printed(ran)]).toEqual([0, ['here true 4']]);
  });

  it.each([
    ['--input where=nowhere', 'inputs.where: it must be one of here, there'],
    ['--input where=here --input n=x', 'inputs.n: it must be a number'],
    ['--input n=1', 'inputs.where: it must be given'],
    ['--input where=here --input more=1', 'inputs.more: the pipeline has no such input'],
  ])('%s is wrong', async (words, says) => {
    const ran = await treeWith(TYPED.replace(' + 0', '')).run(`${PIPELINE} ${words}`);
    expect([ran.code, ran.out, ran.err]).toEqual([2, '', expect.stringContaining(says)]);
  });

  it('of an event that gives none is wrong', async () => {
    const ran = await treeWith(jobWith('[{run: "true"}]')).run('--input a=1');
    expect([ran.code, ran.err]).toEqual([2, expect.stringContaining('push gives no inputs')]);
  });
});

describe('--event-name workflow_call', () => {
  const ON =
    '{workflow_call: {inputs: {deep: {type: boolean, required: true}, who: {type: string, default: "${{ github.actor }}"}}}}';
  const CALLABLE = jobWith('[{run: "echo ${{ inputs.deep && 1 || 2 }} ${{ inputs.who }}"}]', { on: ON });

  it('runs a callable file alone', async () => {
    const ran = await treeWith(CALLABLE).run(`${PIPELINE} --json --event-name workflow_call --input deep=false`);
    expect([ran.code, printed(ran)]).toEqual([0, ['2 ada']]);
  });

  it.each([
    ['', 'inputs.deep: it must be given'],
    ['--input deep=maybe', 'inputs.deep: it must be a boolean'],
  ])('with %j is wrong', async (words, says) => {
    const ran = await treeWith(CALLABLE).run(`${PIPELINE} --event-name workflow_call ${words}`);
    expect([ran.code, ran.err]).toEqual([2, expect.stringContaining(says)]);
  });

  it('of a file that nobody may call is wrong', async () => {
    const ran = await treeWith(jobWith('[{run: "true"}]')).run(`${PIPELINE} --event-name workflow_call`);
    expect([ran.code, ran.err]).toEqual([2, expect.stringContaining('does not start on workflow_call')]);
  });
});

describe('text from outside', () => {
  const title = '"; touch "$HOME/pwned"; echo "';
  const PASTES = jobWith('[{run: \'echo "${{ github.event.pull_request.title }}"\'}]', { on: 'pull_request' });
  const hostile = () => treeWith(PASTES).write('event.json', JSON.stringify({ pull_request: { title } }));
  const pwned = ({ folder }: Tree) => existsSync(join(folder, 'pwned'));
  const run = (tree: Tree, more: string) => tree.run(`${PIPELINE} --json --event event.json ${more}`);
  const inTree = (tree: Tree) => JSON.stringify({ pull_request: { title: title.replace('$HOME', tree.folder) } });

  it('is pasted into scripts, as on GitHub', async () => {
    const tree = hostile();
    const ran = await run(tree.write('event.json', inTree(tree)), '');
    expect([ran.code, pwned(tree)]).toEqual([0, true]);
  });

  it('never becomes code with --untrusted', async () => {
    const tree = hostile();
    const ran = await run(tree.write('event.json', inTree(tree)), '--untrusted');
    expect([ran.code, pwned(tree)]).toEqual([0, false]);
    expect(printed(ran)[0]).toContain('; touch ');
  });
});

describe('--bundle', () => {
  function bundleOf(tree: Tree, change: Partial<RunBundle> = {}): string {
    const text = jobWith('[{run: "cat file; echo ${{ github.event.word }} ${{ secrets.KEY }} $GITHUB_RUN_NUMBER"}]');
    const { pipeline } = readPipeline(text, { file: PIPELINE });
    const github = { event: { word: 'as-it-was' }, run_number: '7' };
    const contexts = { github, event: {}, pagure: {}, vars: {}, inputs: {} };
    const planned = pipeline && planRun(pipeline, contexts, { checkout: true });
    if (planned?.kind !== 'plan') throw new Error('no plan');
    const commit = tree.git('rev-parse', 'HEAD');
    const place = { project: 'lab', pipeline: { key: `repo:${PIPELINE}`, name: 'CI' }, eventName: 'push' };
    const run = {
      id: 9,
      number: 7,
      attempt: 1,
      trust: 'trusted',
      ...place,
      ref: 'refs/heads/main',
      commit,
      url: 'https://x/lab.git',
    } as const;
    return JSON.stringify({ version: 1, run, plan: planned.plan, contexts, jobs: [], ...change } satisfies RunBundle);
  }

  const tree = () => treeWith(jobWith('[{run: "true"}]'), { file: 'committed\n' });

  it('repeats the run at its commit, with what happened then', async () => {
    const lab = tree();
    lab.write('bundle.json', bundleOf(lab)).write('file', 'changed since\n');
    const ran = await lab.run('--json --bundle bundle.json --secret KEY=hush-hush');
    expect([ran.code, printed(ran)]).toEqual([0, ['committed', 'as-it-was *** 7']]);
  });

  it('with --workspace works on that tree as it stands', async () => {
    const lab = tree();
    lab.write('bundle.json', bundleOf(lab)).write('file', 'changed since\n');
    expect(printed(await lab.run('--json --bundle bundle.json --workspace .'))[0]).toBe('changed since');
  });

  it('whose commit is not here says how to get it', async () => {
    const lab = tree();
    const text = bundleOf(lab).replace(lab.git('rev-parse', 'HEAD'), 'c'.repeat(40));
    const ran = await lab.write('bundle.json', text).run('--bundle bundle.json');
    expect([ran.code, ran.err]).toEqual([2, expect.stringContaining('git fetch https://x/lab.git')]);
  });

  it.each([
    ['{}', 'no bundle of version 1'],
    ['[]', 'holds no object'],
    [
      '{"version": 1, "run": {}, "plan": {"jobs": []}, "contexts": {"github": {}}}',
      'it lacks its run, plan or contexts',
    ],
    ['nope', 'is no JSON'],
  ])('that is none is wrong: %s', async (text, says) => {
    const ran = await tree().write('bundle.json', text).run('--bundle bundle.json');
    expect([ran.code, ran.err]).toEqual([2, expect.stringContaining(says)]);
  });

  it.each(['ci.yml --bundle b.json', '--bundle b.json --event-name push', '--bundle b.json --input a=1'])(
    '%s is wrong',
    async (words) => {
      const ran = await tree().run(words);
      expect([ran.code, ran.err]).toEqual([2, expect.stringContaining('--bundle holds')]);
    },
  );
});
