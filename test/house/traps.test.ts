/** The traps of Pagure (FACTS §3), each through the whole house: what it says is not what happened. */
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/kernel/json.js';
import { gitIn, restoreRepository, setRef } from '../fixtures/repositories/restore.js';
import { recording, RECORDINGS } from '../forge/recordings.js';
import { commitFile } from './commit-file.js';
import { openHouse, ShiftedClock, temporaryFolder, type TestHouse } from './house.js';

const HEAD = recording('006').message.msg['end_commit'] as string;
const LAST = Math.max(...RECORDINGS.map(({ message }) => message.timestamp));
const ZEROS = `^${'0'.repeat(40)}`;

const on = (trigger: string) => `on: ${trigger}
jobs: { one: { runs-on: host, steps: [{ run: 'git rev-parse HEAD' }] } }
`;
const PUSHES = on('push');
const PULLS = on('pull_request');
const paths = (path: string) => on(`{ push: { paths: ['${path}'] } }`);

interface Scene {
  readonly house: TestHouse;
  /** The project's repository. */
  readonly lab: string;
  post(...numbers: readonly string[]): Promise<void>;
  push(msg: JsonObject): Promise<void>;
  branch(name: string, rev: string): Promise<void>;
}

async function scene(
  pipelines: Readonly<Record<string, string>>,
  fullname: 'lab' | 'rpms/bash' = 'lab',
): Promise<Scene> {
  const repositories = temporaryFolder('repositories');
  const lab = restoreRepository(fullname, repositories);
  if (fullname === 'lab') setRef(lab, 'refs/heads/main', HEAD);
  const house = await openHouse({ clock: new ShiftedClock(LAST * 1000 + 60_000), repositories });
  const { key } = RECORDINGS.find(({ message }) => message.msg.project_fullname === fullname)!;
  await house.register(fullname, key, pipelines);
  const deliver = async (topic: string, msg: JsonObject) => {
    const whole = { agent: 'alice', repo: { fullname }, pagure_instance: house.pagure.appUrl, ...msg };
    expect(await house.deliver(fullname, topic, whole)).toBe(202);
    await house.settle();
  };
  return {
    house,
    lab,
    post: async (...numbers) => {
      for (const number of numbers) {
        expect(await house.post(recording(number))).toBeLessThan(300);
        await house.settle();
      }
    },
    push: (msg) => deliver('git.receive', { forced: false, total_commits: 1, ...msg }),
    branch: (branch, rev) => deliver('git.branch.creation', { branch, rev }),
  };
}

/** Oldest first. */
async function told({ house }: Scene) {
  return (await house.runs()).toReversed().map(({ pipelineKey, resolved, result, state }) => ({
    pipeline: pipelineKey.replace('server:', ''),
    event: resolved.eventName,
    ref: resolved.ref,
    commit: resolved.commit,
    before: resolved.before,
    ended: state === 'done' ? result : state,
  }));
}

describe('trap 1: a new branch', () => {
  it('comes as two messages and is one run; its files are those that git says it brings, not the whole tree', async () => {
    const made = await scene({ docs: paths('docs/**'), src: paths('src/**') });
    setRef(made.lab, 'refs/heads/topic', HEAD);
    const commit = commitFile(made.lab, 'topic', 'docs/new.md', 'new');
    await made.branch('topic', commit);
    const files = { 'docs/new.md': 'A', 'src/app.py': 'A', 'README.md': 'A' };
    await made.push({
      branch: 'topic',
      start_commit: commit,
      end_commit: commit,
      old_commit: ZEROS,
      changed_files: files,
    });
    expect(await told(made)).toMatchObject([{ pipeline: 'docs', ref: 'refs/heads/topic', commit, ended: 'success' }]);
  });

  it('that has no commit of its own comes as one message, and starts what a push starts', async () => {
    const made = await scene({ ci: PUSHES });
    setRef(made.lab, 'refs/heads/empty-branch', '4d6f4cad6f836e90f42d0fd020c4ff5e3712edc3');
    await made.post('010');
    expect(await told(made)).toMatchObject([{ event: 'push', ref: 'refs/heads/empty-branch', ended: 'success' }]);
  });
});

it('trap 2: the first push to an empty project comes as a branch that was made, and runs', async () => {
  const made = await scene({ ci: PUSHES });
  for (const ref of gitIn(made.lab, 'for-each-ref', '--format=%(refname)').split('\n')) setRef(made.lab, ref, null);
  setRef(made.lab, 'refs/heads/main', HEAD);
  await made.branch('main', HEAD);
  expect(await told(made)).toMatchObject([{ event: 'push', ref: 'refs/heads/main', commit: HEAD, ended: 'success' }]);
});

it('trap 3: a forced push names the merge base; what was the tip is known from before', async () => {
  const made = await scene({ ci: PUSHES });
  setRef(made.lab, 'refs/heads/feature/one', recording('008').message.msg['rev'] as string);
  await made.post('008', '009');
  setRef(made.lab, 'refs/heads/feature/one', recording('011').message.msg['end_commit'] as string);
  await made.post('011');
  const [, forced] = await told(made);
  expect(forced).toMatchObject({ before: recording('008').message.msg['rev'], ended: 'success' });
  expect(forced!.before).not.toBe(recording('011').message.msg['old_commit']);
});

it('trap 4: an annotated tag names the tag object; its commit is what runs', async () => {
  const made = await scene({ ci: PUSHES });
  const { tag, rev } = recording('016').message.msg as unknown as { tag: string; rev: string };
  expect(gitIn(made.lab, 'cat-file', '-t', rev)).toBe('tag');
  await made.post('016');
  const commit = gitIn(made.lab, 'rev-parse', `${rev}^{commit}`);
  expect(await told(made)).toMatchObject([{ ref: `refs/tags/${tag}`, commit, ended: 'success' }]);
});

describe('trap 5: tags come as pushes', () => {
  it('a tag outside the default branch comes as a branch of its name too, and is one run of the tag', async () => {
    const made = await scene({ ci: PUSHES });
    await made.post('016', '017');
    expect(await told(made)).toMatchObject([{ ref: 'refs/tags/v1.3', ended: 'success' }]);
  });

  it('a tag that was moved by force comes as a push alone, under its full ref', async () => {
    const made = await scene({ ci: PUSHES });
    const commit = recording('018').message.msg['end_commit'] as string;
    setRef(made.lab, 'refs/tags/v1.0', commit);
    await made.post('018');
    expect(await told(made)).toMatchObject([{ ref: 'refs/tags/v1.0', commit, ended: 'success' }]);
  });
});

it('trap 6: a branch whose name holds that of the default one tells of the whole history; git tells of its own commits', async () => {
  const made = await scene({ docs: paths('docs/**'), src: paths('src/**') });
  setRef(made.lab, 'refs/heads/maintenance', HEAD);
  const commit = commitFile(made.lab, 'maintenance', 'docs/new.md', 'new');
  const root = gitIn(made.lab, 'rev-list', '--max-parents=0', commit);
  const files = { 'docs/new.md': 'A', 'src/app.py': 'A' };
  await made.push({
    ...{ branch: 'maintenance', start_commit: root, end_commit: commit, old_commit: ZEROS },
    ...{ total_commits: 99, changed_files: files },
  });
  expect(await told(made)).toMatchObject([{ pipeline: 'docs', commit, ended: 'success' }]);
  const [run] = await made.house.runs();
  expect(run!.resolved.commits?.map(({ id }) => id)).toEqual([commit]);
  expect((await made.house.stores.events.byId(1))?.summary).toBe('alice pushed commits to maintenance');
});

describe('trap 7: changed files', () => {
  const rename = async (changed: JsonObject) => {
    const made = await scene({ old: paths('docs/old.md'), fresh: paths('docs/new.md'), other: paths('src/**') });
    const before = commitFile(made.lab, 'main', 'docs/old.md', 'a text that is long enough to be known again\n');
    const blob = gitIn(made.lab, 'rev-parse', `${before}:docs/old.md`);
    gitIn(made.lab, 'read-tree', before);
    gitIn(
      temporaryFolder('tree'),
      `--git-dir=${made.lab}`,
      '--work-tree=.',
      'update-index',
      '--force-remove',
      'docs/old.md',
    );
    gitIn(made.lab, 'update-index', '--add', '--cacheinfo', `100644,${blob},docs/new.md`);
    const commit = gitIn(made.lab, 'commit-tree', gitIn(made.lab, 'write-tree'), '-p', before, '-m', 'rename');
    setRef(made.lab, 'refs/heads/main', commit);
    await made.push({ branch: 'main', start_commit: commit, end_commit: commit, old_commit: before, ...changed });
    return (await told(made)).map(({ pipeline }) => pipeline).sort();
  };

  it('of a rename are broken; both of its names count, from git', async () => {
    expect(await rename({ changed_files: { 'docs/old.md\tdocs/new.md': 'R100', 'src/app.py': 'M' } })).toEqual([
      'fresh',
      'old',
    ]);
  });

  it('are not told by old Pagures, and git tells them', async () => {
    expect(await rename({})).toEqual(['fresh', 'old']);
  });
});

describe('trap 8: one change comes as several messages', () => {
  it('a push to a branch with an open pull-request is one run of the push and one of the pull-request', async () => {
    const made = await scene({ ci: on('[push, pull_request]') });
    setRef(made.lab, 'refs/heads/feature/one', recording('030').message.msg['end_commit'] as string);
    await made.post('030', '031', '032');
    expect(await told(made)).toMatchObject([
      { event: 'push', ref: 'refs/heads/feature/one', ended: 'success' },
      { event: 'pull_request', ref: 'refs/pull/1/merge', ended: 'success' },
    ]);
  });

  it('a merge is one run of the push to its target', async () => {
    const made = await scene({ ci: on('[push, pull_request, issue_comment]') });
    setRef(made.lab, 'refs/heads/main', recording('060').message.msg['end_commit'] as string);
    await made.post('060', '061', '062');
    expect(await told(made)).toMatchObject([{ event: 'push', ref: 'refs/heads/main', ended: 'success' }]);
  });
});

it('trap 10: a pull-request whose commits were dropped by force runs nothing of what its message says', async () => {
  const made = await scene({ ci: PULLS });
  setRef(made.lab, 'refs/heads/feature/one', HEAD);
  await made.post('029');
  expect(await told(made)).toMatchObject([{ ended: 'canceled' }]);
  expect((await made.house.runs())[0]).toMatchObject({
    jobs: [],
    reason: expect.stringContaining('superseded') as string,
  });
});

it('trap 11: a comment of Pagure itself that holds the title of a commit is no comment of a person', async () => {
  const made = await scene({ ci: on('issue_comment') });
  const { msg } = recording('032').message;
  const pull = msg['pullrequest'] as JsonObject & { comments: JsonObject[] };
  const last = { ...pull.comments.at(-1), comment: '**1 new commit added**\n\n * ``[citest]``\n', notification: true };
  const pullrequest = { ...pull, comments: [...pull.comments.slice(0, -1), last] };
  const said = { ...msg, pullrequest, pagure_instance: made.house.pagure.appUrl };
  expect(await made.house.deliver('lab', 'pull-request.comment.added', said)).toBe(202);
  await made.house.settle();
  expect(await made.house.runs()).toEqual([]);
});

it('trap 12: both messages of a flag of ours start nothing', async () => {
  const made = await scene({ ci: on('[push, commit.flag.added, commit.flag.updated, pull-request.flag.added]') });
  await made.post('006');
  const [flag] = made.house.pagure.flagsOf(HEAD);
  const told = { commit_hash: HEAD, url: flag!.url, username: flag!.username, status: flag!.status };
  for (const topic of ['commit.flag.added', 'commit.flag.updated', 'pull-request.flag.added']) {
    const msg = { agent: 'alice', flag: told, repo: { fullname: 'lab' }, pagure_instance: made.house.pagure.appUrl };
    expect(await made.house.deliver('lab', topic, msg)).toBe(202);
  }
  await made.house.settle();
  expect(await made.house.runs()).toHaveLength(1);
});

it('trap 13: a pull-request whose comments weigh some MiB is taken', async () => {
  const made = await scene({ ci: on('issue_comment') });
  const { msg } = recording('033').message;
  const pull = msg['pullrequest'] as JsonObject & { comments: JsonObject[] };
  const [last] = pull.comments.slice(-1) as [JsonObject];
  const long = Array.from({ length: 300 }, () => ({ ...last, comment: 'x'.repeat(20_000) }));
  const said = {
    ...msg,
    pullrequest: { ...pull, comments: [...long, last] },
    pagure_instance: made.house.pagure.appUrl,
  };
  expect(await made.house.deliver('lab', 'pull-request.comment.added', said)).toBe(202);
  await made.house.settle();
  expect(await told(made)).toHaveLength(1);
});

it('trap 14: an issue of a number is no pull-request of that number', async () => {
  const made = await scene({ ci: PULLS, talk: on('[issues, issue_comment]') });
  await made.post('073', '074');
  expect(await told(made)).toMatchObject([
    { pipeline: 'talk', ref: 'refs/heads/main' },
    { pipeline: 'talk', ref: 'refs/heads/main' },
  ]);
  expect((await made.house.stores.events.byId(1))?.pullRequest).toBeNull();
});

it('doubled deliveries: the same message twice is one event and one run', async () => {
  const made = await scene({ ci: PUSHES });
  await made.post('006', '006');
  expect(await told(made)).toHaveLength(1);
  expect(await made.house.stores.events.byId(2)).toBeNull();
});

describe('pull-requests from elsewhere', () => {
  it('of a fork of a namespaced project is held under its own name', async () => {
    const made = await scene({ ci: PULLS }, 'rpms/bash');
    const { msg } = recording('048').message;
    const pullrequest = {
      ...(msg['pullrequest'] as JsonObject),
      branch: 'rawhide',
      branch_from: 'upd',
      commit_stop: 'd248cd50b0caebb317cc039750bfc85b257879e5',
      project: { fullname: 'rpms/bash' },
      repo_from: { fullname: 'forks/bob/rpms/bash', user: { name: 'bob' } },
    };
    const said = { agent: 'bob', pullrequest, pagure_instance: made.house.pagure.appUrl };
    expect(await made.house.deliver('rpms/bash', 'pull-request.new', said)).toBe(202);
    await made.house.settle();
    const [run] = await made.house.runs();
    expect(run).toMatchObject({
      trust: 'held',
      jobs: [],
      resolved: { commit: 'd248cd50b0caebb317cc039750bfc85b257879e5' },
    });
  });

  const remote = async (commit: string | null) => {
    const made = await scene({ ci: PULLS });
    const { msg } = recording('048').message;
    const pullrequest = {
      ...(msg['pullrequest'] as JsonObject),
      ...{ repo_from: null, remote_git: 'http://10.0.0.1/x.git', commit_start: commit, commit_stop: commit },
    };
    const said = { ...msg, pullrequest, pagure_instance: made.house.pagure.appUrl };
    expect(await made.house.deliver('lab', 'pull-request.new', said)).toBe(202);
    return made;
  };

  it('of a remote names no commit at first: it is held, and nothing is fetched', async () => {
    const made = await remote(null);
    await made.house.settle();
    expect((await made.house.runs())[0]).toMatchObject({ trust: 'held', jobs: [], resolved: { commit: null } });
  });

  it('of a remote is fetched only as the egress policy says, and the run says so', async () => {
    const made = await remote('1'.repeat(40));
    await made.house.until(
      async () => (await made.house.runs())[0]?.reason?.includes('egress policy refuses') ?? false,
    );
    expect((await made.house.runs())[0]).toMatchObject({ trust: 'held', jobs: [] });
  });

  it('that is closed while it is held waits for nobody any more', async () => {
    const made = await scene({ ci: PULLS });
    await made.post('048');
    expect(await told(made)).toMatchObject([{ ended: 'waiting' }]);
    await made.post('062');
    expect(await told(made)).toMatchObject([{ ended: 'canceled' }]);
  });
});
