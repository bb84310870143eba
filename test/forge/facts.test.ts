/** What a message is taken to tell, for every recording and for any bytes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFacts } from '../../src/forge/pagure/facts.js';
import { LISTED_TOPICS } from '../../src/forge/pagure/topics.js';
import type { Json, JsonObject } from '../../src/kernel/json.js';
import { NO_COMMIT } from '../../src/model/event.js';
import { hostileMessage } from './hostile.js';
import { RECORDED_INSTANCE, recording, RECORDINGS } from './recordings.js';

const LAB = { instance: RECORDED_INSTANCE, fullname: 'lab' };
const A = 'a'.repeat(40);
const B = 'b'.repeat(40);

const factsOf = (number: string, fullname = 'lab') => readFacts(recording(number).message, { ...LAB, fullname });
const factsWith = (topic: string, msg: JsonObject) => readFacts({ topic, msg }, LAB);

describe('the facts of a recorded message', () => {
  it('cover every listed topic', () => {
    const seen = new Set(RECORDINGS.map(({ message }) => message.topic));
    expect(LISTED_TOPICS.filter((topic) => !seen.has(topic))).toEqual([]);
    expect([...seen].filter((topic) => !LISTED_TOPICS.includes(topic))).toEqual([]);
  });

  it.each(RECORDINGS.map((one) => [one.name, one] as const))('%s has its topic and its actor', (_name, { message }) => {
    const { topic, msg } = message;
    const facts = readFacts(message, { ...LAB, fullname: msg.project_fullname });
    const agent = (msg['agent'] ?? null) as string | null;
    const pull = msg['pullrequest'] as { user: { name: string } } | undefined;
    expect(facts.topic).toBe(topic);
    expect(facts.actor).toBe(agent === 'pagure' ? pull?.user.name : agent);
    expect(facts.summary.startsWith(facts.actor ?? 'somebody')).toBe(true);
  });

  it('of a push are its ref and both ends', () => {
    expect(factsOf('007')).toMatchObject({
      kind: 'push',
      action: null,
      ref: 'refs/heads/main',
      before: '561b351ee85cad936499e97d2e293c0a4fd62034',
      after: '4d6f4cad6f836e90f42d0fd020c4ff5e3712edc3',
      commit: '4d6f4cad6f836e90f42d0fd020c4ff5e3712edc3',
      forced: false,
      actor: 'alice',
      url: `${RECORDED_INSTANCE}/lab/c/4d6f4cad6f836e90f42d0fd020c4ff5e3712edc3`,
      summary: 'alice pushed 3 commits to main',
    });
  });

  it('of a new branch begin at forty zeros, in the creation and in the push', () => {
    const [creation, push] = [factsOf('008'), factsOf('009')];
    expect(creation).toMatchObject({ kind: 'create', ref: 'refs/heads/feature/one', before: NO_COMMIT });
    expect(push).toMatchObject({ kind: 'push', ref: creation.ref, before: NO_COMMIT, after: creation.after });
  });

  it('of a forced push say so', () => {
    expect(factsOf('011')).toMatchObject({ forced: true, summary: 'alice force-pushed 1 commit to feature/one' });
  });

  it('of an annotated tag name the tag object', () => {
    expect(factsOf('013')).toMatchObject({ ref: 'refs/tags/v1.1', after: '50f80dc87eb3d3f9870e106295bbd5bd84b6fd23' });
  });

  it('of a moved tag keep its full ref, and of a tag that comes as a branch read as one', () => {
    expect(factsOf('018').ref).toBe('refs/tags/v1.0');
    expect(factsOf('017').ref).toBe('refs/heads/v1.3');
  });

  it('of a deletion end at forty zeros and name no commit', () => {
    expect(factsOf('019')).toMatchObject({ kind: 'delete', ref: 'refs/tags/v1.0', after: NO_COMMIT, commit: null });
    expect(factsOf('021')).toMatchObject({ kind: 'delete', ref: 'refs/heads/empty-branch', after: NO_COMMIT });
  });

  it('of a pull-request from an own branch say so', () => {
    expect(factsOf('029')).toMatchObject({
      kind: 'pull-request',
      action: 'opened',
      commit: '379d5a0b9853c1412add721dd93b461ec3902fd7',
      ref: null,
      pullRequest: {
        number: 1,
        title: 'Feature one',
        targetBranch: 'main',
        sourceBranch: 'feature/one',
        source: 'own',
        sourceProject: 'lab',
        head: '379d5a0b9853c1412add721dd93b461ec3902fd7',
        author: 'alice',
      },
      url: `${RECORDED_INSTANCE}/lab/pull-request/1`,
    });
  });

  it('of a pull-request from a fork name the fork', () => {
    expect(factsOf('048').pullRequest).toMatchObject({ source: 'fork', sourceProject: 'forks/bob/lab' });
  });

  it.each([
    ['029', 'opened'],
    ['031', 'synchronize'],
    ['053', 'synchronize'],
    ['066', 'reopened'],
    ['064', 'closed'],
    ['041', 'labeled'],
    ['094', 'unlabeled'],
    ['043', 'assigned'],
    ['105', 'unassigned'],
    ['044', 'edited'],
    ['102', null],
    ['104', null],
  ])('%s of a pull-request has the action %s', (number, action) => {
    expect(factsOf(number)).toMatchObject({ kind: 'pull-request', action });
  });

  it.each([
    ['073', 'issue', 'opened'],
    ['099', 'issue', 'closed'],
    ['076', 'issue', 'labeled'],
    ['077', 'issue', 'unlabeled'],
    ['100', 'issue', 'assigned'],
    ['101', 'issue', 'unassigned'],
    ['079', 'issue', null],
    ['081', 'issue', null],
    ['074', 'comment', 'created'],
    ['075', 'comment', 'edited'],
    ['033', 'comment', 'created'],
    ['045', 'comment', 'edited'],
    ['036', 'flag', null],
    ['037', 'flag', null],
    ['082', 'project', null],
    ['003', 'other', null],
  ])('%s is of kind %s with the action %s', (number, kind, action) => {
    expect(factsOf(number)).toMatchObject({ kind, action });
  });

  it('of a merged pull-request say that it was merged', () => {
    expect(factsOf('062').summary).toBe("alice merged pull-request #2: Bob's fix");
    expect(factsOf('064').summary).toBe('alice closed pull-request #1: Feature one (edited)');
  });

  it.each([
    ['032', true, 'synchronize'],
    ['054', true, 'synchronize'],
    ['061', true, null],
    ['033', false, 'created'],
  ])(
    'of the comment in %s: is it of Pagure itself (%s), and does it belong to an update',
    (number, notification, action) => {
      const kind = notification && action === 'synchronize' ? 'pull-request' : 'comment';
      expect(factsOf(number)).toMatchObject({ kind, notification, action });
    },
  );

  it('of a flag name commit and url, and of a commit flag no commit to test', () => {
    const flag = { commit: 'ed1837cc4f564edf2eb56de0bf6886cd1d090b6e', url: 'http://127.0.0.1:9999/run/1' };
    expect(factsOf('036')).toMatchObject({ flag, commit: null, pullRequest: null });
    expect(factsOf('037')).toMatchObject({ flag, pullRequest: { number: 1 } });
  });

  it('of a fork link to its page, which says fork', () => {
    expect(factsOf('005', 'forks/bob/lab').url).toBe(`${RECORDED_INSTANCE}/fork/bob/lab`);
  });
});

describe('the facts of any message', () => {
  it('of an unlisted topic are kept, with its name as summary', () => {
    expect(factsWith('deploy.requested', { agent: 'carol' })).toMatchObject({
      topic: 'deploy.requested',
      kind: 'other',
      action: null,
      actor: 'carol',
      summary: 'deploy.requested by carol',
    });
  });

  it('of topics that JavaScript objects have by themselves are of no special kind', () => {
    for (const topic of ['constructor', '__proto__', 'toString']) expect(factsWith(topic, {}).kind).toBe('other');
  });

  it('of a reopened issue say so', () => {
    expect(factsWith('issue.edit', { fields: ['status'], issue: { id: 1, status: 'Open' } }).action).toBe('reopened');
    expect(factsWith('issue.edit', { fields: ['title'], issue: { id: 1, status: 'Open' } }).action).toBe('edited');
  });

  it.each<[string, Json]>([
    ['no source at all', {}],
    ['a remote', { repo_from: null, remote_git: 'https://example.org/x.git' }],
    ['a remote and an own branch at once', { repo_from: { fullname: 'lab' }, remote_git: 'https://example.org/x.git' }],
    ['a source without a name', { repo_from: {} }],
    ['a source with a wrong name', { repo_from: { fullname: ['lab'] } }],
  ])('take a pull-request with %s for a remote one', (_what, fields) => {
    const pullrequest = { id: 1, ...(fields as JsonObject) };
    expect(factsWith('pull-request.new', { pullrequest }).pullRequest).toMatchObject({
      source: 'remote',
      sourceProject: null,
    });
  });

  it.each([
    'refs/pull/1/head',
    'refs/replace/x',
    'a..b',
    'a b',
    '-',
    '/x',
    'x.lock',
    'x/',
    '~x',
    'a\u0000b',
    '\ud800',
    '@{x',
    '',
  ])('name a ref only if git would: %j', (branch) => {
    const { ref } = factsWith('git.receive', { branch, end_commit: A, old_commit: B });
    expect(ref).toBe(branch === '-' ? 'refs/heads/-' : null);
  });

  it('do not name a ref of 2,000 characters', () => {
    expect(factsWith('git.receive', { branch: 'x'.repeat(2_000) }).ref).toBeNull();
  });

  it('drop what is no commit id', () => {
    const facts = factsWith('git.receive', { branch: 'main', end_commit: '--upload-pack=x', old_commit: 7 });
    expect(facts).toMatchObject({ before: null, after: null, commit: null });
  });

  it('show a title without control characters and without marks that turn the reading direction', () => {
    const title = 'a\u001b[31m\nb\u202ec\u2066d\u0085e\u2028f\ud800';
    const { summary, pullRequest } = factsWith('pull-request.new', { agent: 'x', pullrequest: { id: 1, title } });
    expect(summary).toBe('x opened pull-request #1: a [31m bcd e f');
    expect(pullRequest?.title).toBe('a [31m bcd e f');
  });

  it('cut the summary at 300 characters, never through an astral one', () => {
    const title = `${'x'.repeat(261)}${'🚀'.repeat(200)}`;
    const { summary } = factsWith('pull-request.new', { agent: 'x', pullrequest: { id: 1, title } });
    expect(summary.length).toBeLessThanOrEqual(300);
    expect(summary).toMatch(/🚀…$/u);
    expect(summary).not.toMatch(/\p{Cs}/u);
  });

  it('link to nothing that a message says', () => {
    const facts = factsWith('pull-request.new', { pullrequest: { id: 1, full_url: 'javascript:alert(1)' } });
    expect(facts.url).toBe(`${RECORDED_INSTANCE}/lab/pull-request/1`);
  });

  it('are read without an error from whatever a message holds', () => {
    fc.assert(
      fc.property(hostileMessage, (message) => {
        const facts = readFacts(message, LAB);
        expect(facts.summary).not.toMatch(/[\p{Cc}\p{Cs}\u202e]/u);
        expect(facts.summary.length).toBeLessThanOrEqual(300);
        expect(facts.url?.startsWith(`${RECORDED_INSTANCE}/lab`)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
