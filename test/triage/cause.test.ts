/** One run per change (LANGUAGE.md): which deliveries tell of the same change. */
import { describe, expect, it } from 'vitest';
import type { Git } from '../../src/git/git.js';
import { type EventFacts, NO_COMMIT } from '../../src/model/event.js';
import { Events } from '../../src/store/events.js';
import { FindCause } from '../../src/triage/cause.js';
import { FACTS, newDelivery, openStore, registerProject } from '../store/open-store.js';

const [A, B, TAG_1, TAG_2] = ['a', 'b', '1', '2'].map((digit) => digit.repeat(40)) as [string, string, string, string];

/** Tag objects lead to commit A. */
const commitsOf: Git['commitsOf'] = async (_, ids) => new Map(ids.map((id) => [id, /^[1-9]/.test(id) ? A : id]));
const git = { commitsOf } as Git;

const move = (before: string, after: string, change: Partial<EventFacts> = {}): EventFacts => ({
  ...FACTS,
  before,
  after,
  commit: after,
  ...change,
});
const created = { topic: 'git.branch.creation', kind: 'create' } as const;
const tag = { topic: 'git.tag.creation', kind: 'create', ref: 'refs/tags/v1' } as const;

/** The causes of deliveries, in the order in which they were stored. */
async function causesOf(
  all: readonly EventFacts[],
  commit: (facts: EventFacts) => string = (facts) => facts.after!,
  onLook: () => void = () => undefined,
) {
  const house = await openStore();
  const projectId = await registerProject(house);
  const events = new Events(house.store);
  const find = new FindCause(watched(events, onLook), watched(git, onLook));
  const causes: string[] = [];
  for (const [at, facts] of all.entries()) {
    const { eventId } = await house.deliveries.accept(newDelivery(projectId, `m${at}`, { facts }));
    const event = (await events.byId(eventId!))!;
    causes.push(
      facts.kind === 'pull-request' || facts.kind === 'comment'
        ? await find.ofUpdate(event)
        : (await find.ofMove(event, facts.ref!, commit(facts))).cause,
    );
  }
  return causes;
}

/** `target`, of which each call is told. */
function watched<T extends object>(target: T, onCall: () => void): T {
  const get = (on: T, key: string | symbol): unknown => {
    onCall();
    const member: unknown = Reflect.get(on, key);
    return typeof member === 'function' ? (member.bind(on) as unknown) : member;
  };
  return new Proxy(target, { get });
}

describe('the cause of a moved ref', () => {
  it('is one for a creation and its receive, in either order', async () => {
    const both = [move(NO_COMMIT, A, created), move(NO_COMMIT, A)];
    for (const order of [both, both.toReversed()]) expect(new Set(await causesOf(order)).size).toBe(1);
  });

  it('is another each time a branch is forced from A to B and back', async () => {
    const forced = { forced: true };
    const all = [
      move(NO_COMMIT, A),
      move(NO_COMMIT, B, forced),
      move(NO_COMMIT, A, forced),
      move(NO_COMMIT, B, forced),
    ];
    expect(new Set(await causesOf(all)).size).toBe(4);
  });

  it('takes the last known tip for the merge base that a forced push names', async () => {
    const [, second] = await causesOf([move(NO_COMMIT, A), move('0123'.repeat(10), B, { forced: true })]);
    expect(second).toBe(`ref refs/heads/main ${A} ${B} 0`);
  });

  it('is another when a branch is deleted and made again at the same commit', async () => {
    const causes = await causesOf([move(NO_COMMIT, A, created), move(NO_COMMIT, A, created)]);
    expect(new Set(causes).size).toBe(2);
  });

  it('is another for a tag that was deleted and made again, as another object of the same commit', async () => {
    const causes = await causesOf([move(NO_COMMIT, TAG_1, tag), move(NO_COMMIT, TAG_2, tag)], () => A);
    expect(new Set(causes).size).toBe(2);
  });

  it('is counted through a tag that is told of by its object and one that is told of by its commit', async () => {
    const causes = await causesOf(
      [TAG_1, A, TAG_2].map((after) => move(NO_COMMIT, after, tag)),
      () => A,
    );
    expect(causes.map((cause) => cause.slice(-2))).toEqual([' 0', ' 1', ' 2']);
  });

  const manyMoves = [
    ['tag, told of by other objects', (at: number) => move(NO_COMMIT, `${at + 10}`.padEnd(40, '0'), tag)],
    ['branch, by force', (at: number) => move(NO_COMMIT, at % 2 ? A : B, { forced: true })],
  ] as const;

  it.each(manyMoves)('takes no more looks for the last of many moves of one %s than for the second', async (_, nth) => {
    let looks = 0;
    const before: number[] = [];
    const commit = ({ after }: EventFacts) => (before.push(looks), /^[1-9]/.test(after!) ? A : after!);
    const all = Array.from({ length: 40 }, (_, at) => nth(at));
    await causesOf(all, commit, () => looks++);
    expect(looks - before.at(-1)!).toBe(before[2]! - before[1]!);
  });

  it('is another for equal commits on two branches', async () => {
    const causes = await causesOf([move(NO_COMMIT, A), move(NO_COMMIT, A, { ref: 'refs/heads/release' })]);
    expect(new Set(causes).size).toBe(2);
  });
});

describe('the cause of a pull-request that got commits', () => {
  const pullRequest = { number: 3, head: A } as EventFacts['pullRequest'];
  const update: EventFacts = {
    ...FACTS,
    topic: 'pull-request.updated',
    kind: 'pull-request',
    action: 'synchronize',
    ref: null,
    before: null,
    after: null,
    commit: A,
    pullRequest,
  };
  const told: EventFacts = { ...update, topic: 'pull-request.comment.added', kind: 'comment', notification: true };

  it('is one for the update and for the comment that tells of it', async () => {
    expect(new Set(await causesOf([update, told])).size).toBe(1);
  });

  it('is another when the same head comes back', async () => {
    const other = { ...update, commit: B };
    expect(new Set(await causesOf([update, told, other, update, told])).size).toBe(3);
  });
});
