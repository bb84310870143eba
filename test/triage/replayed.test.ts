/** The bounds of a replay (TRUST §2): judged now, never higher than before; a change of its own; the same commits. */
import { describe, expect, it } from 'vitest';
import type { Event } from '../../src/model/event.js';
import type { Run } from '../../src/model/run.js';
import type { Trust } from '../../src/model/trust.js';
import { keptCommit, replaySituation } from '../../src/triage/replayed.js';
import type { Situation } from '../../src/triage/situation.js';

const SITUATION: Situation = {
  cause: 'ref refs/heads/main a b 0',
  ref: 'refs/heads/main',
  commit: 'b'.repeat(40),
  pipelineCommit: 'b'.repeat(40),
  trust: 'trusted',
  trustReason: 'now',
  waitsFor: 'approval',
  refused: null,
  subject: null,
  paths: null,
  before: null,
  defaultBranch: 'main',
  isOwnChange: true,
  superseded: null,
};
const run = (trust: Trust, commit = 'c') => ({ trust, trustReason: `was ${trust}`, resolved: { commit } }) as Run;
const replayed = (...runs: readonly Run[]) => ({ first: { id: 1 } as Event, runs });

describe('the trust of a replay', () => {
  it.each([
    ['trusted', ['trusted'], 'trusted', 'now'],
    ['trusted', [], 'trusted', 'now'],
    ['trusted', ['trusted', 'restricted'], 'restricted', 'no higher than it was judged before: was restricted'],
    ['trusted', ['restricted', 'held'], 'held', 'no higher than it was judged before: was held'],
    ['restricted', ['trusted'], 'restricted', 'now'],
    ['held', ['restricted'], 'held', 'now'],
  ] as const)('%s now and %j before is %s', (now, before, trust, trustReason) => {
    const situation = { ...SITUATION, trust: now };
    expect(replaySituation({ id: 7 }, replayed(...before.map((one) => run(one))), situation)).toEqual({
      ...situation,
      cause: 'event 7',
      trust,
      trustReason,
    });
  });
});

describe('the commit of a replay', () => {
  it('is what the first run was resolved to', () => {
    expect(keptCommit(replayed(run('trusted', 'one'), run('trusted', 'two')))).toBe('one');
  });

  it('is found anew where nothing was started, and of an event of its own', () => {
    expect([keptCommit(replayed()), keptCommit(null)]).toEqual([null, null]);
  });
});
