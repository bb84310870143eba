/** What a job masked in its outputs: dependents are planned with it, and nobody sees it. */
import { describe, expect, it } from 'vitest';
import { HideMasked, shownOutputs } from '../../src/runs/hide-masked.js';
import { settleRun } from '../../src/runs/settle-run.js';
import { CONTEXTS, job, plannedRun } from './samples.js';

const SECRET = 'hunter2-hunter2';
const masks = [SECRET, '31415926'];

const PIPELINE = `
on: push
jobs:
  make:
    runs-on: host
    outputs: { token: x, list: x }
    steps: [{ run: make }]
  use:
    needs: make
    if: needs.make.outputs.token == '${SECRET}'
    name: use \${{ needs.make.outputs.token }}
    runs-on: [host, "for-\${{ needs.make.outputs.token }}"]
    environment: env-\${{ needs.make.outputs.token }}
    concurrency: group-\${{ needs.make.outputs.token }}
    steps: [{ run: make }]
  each:
    needs: make
    strategy: { matrix: { one: "\${{ fromJSON(needs.make.outputs.list) }}" } }
    runs-on: host
    steps: [{ run: make }]
  broken:
    needs: make
    runs-on: host
    timeout-minutes: \${{ needs.make.outputs.token }}
    steps: [{ run: make }]
`;

/** The commit that ends the job whose outputs are masked. */
function settled() {
  const make = job({ key: 'make' });
  const standing = { run: plannedRun(PIPELINE, { state: 'running' }), jobs: [make], contexts: CONTEXTS };
  const outputs = { token: SECRET, list: `["${SECRET}", 31415926, "plain"]` };
  const change = { state: 'done', result: 'success', outputs: shownOutputs({ outputs, masks }) } as const;
  const hidden = new Map([[make.id, { outputs, masks }]]);
  return { ...settleRun(standing, { jobs: [{ job: make, change }], hidden }, 5_000), outputs };
}

describe('a masked output', () => {
  it('is shown as three asterisks, and what is not masked as it is', () => {
    expect(shownOutputs({ outputs: { a: `x${SECRET}y`, b: 'plain' }, masks })).toEqual({ a: 'x***y', b: 'plain' });
    const plain = { a: 'plain' };
    expect([shownOutputs({ outputs: plain, masks }), shownOutputs({ outputs: plain, masks: [] })]).toEqual([
      plain,
      plain,
    ]);
  });

  it('decides of the jobs that need it by its value', () => {
    expect(settled().newJobs.map(({ key, state }) => [key, state])).toEqual([
      ['use', 'queued'],
      ['each[0]', 'queued'],
      ['each[1]', 'queued'],
      ['each[2]', 'queued'],
      ['broken', 'done'],
    ]);
  });

  it('stands in no name, reason, matrix, environment or group of them', () => {
    const { newJobs, edits } = settled();
    const shown = JSON.stringify([
      edits.map(({ change }) => change),
      newJobs.map((one) => ({ ...one, planned: { ...one.planned, runsOn: [], if: null } })),
    ]);
    expect(shown).not.toContain(SECRET);
    expect(shown).not.toContain('31415926');
    expect(newJobs.map(({ name }) => name)).toEqual(['use ***', 'each (***)', 'each (***)', 'each (plain)', 'broken']);
    expect(newJobs.at(-1)?.reason).toContain("not '***'");
  });

  it('is kept for the job itself, with labels by which agents choose', () => {
    const { hidden, hiddenPlans, newJobs, outputs } = settled();
    expect([...hidden.values()]).toEqual([{ outputs, masks }]);
    expect([...hiddenPlans.keys()]).toEqual(['use', 'each[0]', 'each[1]']);
    expect(hiddenPlans.get('each[1]')?.matrix).toEqual({ one: 31415926 });
    expect(hiddenPlans.get('use')?.environment?.name).toBe(`env-${SECRET}`);
    expect(newJobs[0]?.planned.runsOn).toEqual(['host', `for-${SECRET}`]);
  });

  it('of an earlier commit is known to the later ones', () => {
    const outputs = { token: SECRET, list: '["plain"]' };
    const make = job(
      { key: 'make' },
      { state: 'done', result: 'success', outputs: { token: '***', list: '["plain"]' } },
    );
    const run = plannedRun(PIPELINE, { state: 'running' });
    const hidden = new Map([[make.id, { outputs, masks: [SECRET] }]]);
    const { newJobs } = settleRun({ run, jobs: [make], contexts: CONTEXTS, hidden }, {}, 5_000);
    expect(newJobs.map(({ name }) => name)).toEqual(['use ***', 'each (plain)', 'broken']);
  });

  it('goes to those alone with its masks whom it is told', () => {
    const hiding = new HideMasked(new Map([[1, { outputs: {}, masks }]]));
    expect(hiding.masksIn({ needs: { make: { outputs: { a: `x${SECRET}` } } } })).toEqual([SECRET]);
    expect(hiding.masksIn({ planned: { matrix: { one: 31415926 } } })).toEqual(['31415926']);
    expect(hiding.masksIn({})).toEqual([]);
  });
});
