/** Why a run is red and why pipelines started, asked of the whole house. */
import { describe, expect, it } from 'vitest';
import type { EventExplanation, RunExplanation } from '../../src/model/explanation.js';
import { restoreRepository, setRef } from '../fixtures/repositories/restore.js';
import { recording } from '../forge/recordings.js';
import { commitFile } from './commit-file.js';
import { openHouse, ShiftedClock, temporaryFolder, type TestHouse } from './house.js';

const PUSH = recording('006');
const HEAD = PUSH.message.msg['end_commit'] as string;
const CI = `name: ci
on: push
jobs:
  test:
    runs-on: host
    steps:
      - { name: build, run: echo built }
      - name: try it
        run: |
          for n in 1 2 3 4 5 6 7 8 9 10 11 12; do echo "before $n"; done
          if [ -e broken ]; then echo "broken: error: it does not hold"; echo after; exit 3; fi
`;
const DOCS =
  'name: docs\non: { push: { paths: [docs/**] } }\njobs: { a: { runs-on: host, steps: [{ run: "true" }] } }\n';

async function pushed(house: TestHouse, before: string, after: string): Promise<void> {
  const move = { old_commit: before, end_commit: after, start_commit: after, branch: 'main' };
  const msg = { ...PUSH.message.msg, ...move, pagure_instance: house.pagure.appUrl };
  expect(await house.deliver('lab', 'git.receive', msg)).toBe(202);
  await house.settle();
}

describe('an explanation', () => {
  it('says in one short answer where a run failed and what changed since it passed', async () => {
    const repositories = temporaryFolder('repositories');
    const lab = restoreRepository('lab', repositories);
    setRef(lab, 'refs/heads/main', HEAD);
    const house = await openHouse({ clock: new ShiftedClock(PUSH.message.timestamp * 1000 + 60_000), repositories });
    await house.register('lab', PUSH.key, { ci: CI, docs: DOCS });
    await house.post(PUSH);
    await house.untilDone(1);
    commitFile(lab, 'main', 'fine', '1');
    await pushed(house, HEAD, commitFile(lab, 'main', 'broken', '1'));
    await house.untilDone(2);

    const green = await house.ask('GET', '/runs/1/explain', { role: 'read' });
    expect(green.json).toMatchObject({ says: 'passed: 1 job', failure: null, since: null, next: [] });

    const { status, json } = await house.ask('GET', '/runs/2/explain', { role: 'read' });
    expect(status).toBe(200);
    expect(JSON.stringify(json).length).toBeLessThan(6_000);
    const { says, failure, since, next } = json as unknown as RunExplanation;
    expect(says).toMatch(/^test failed: /);
    expect(failure).toMatchObject({ job: { name: 'test' }, step: { name: 'try it', exitCode: 3 } });
    const { lines, firstLine, errorLine } = failure!.error!;
    expect(lines[errorLine - firstLine]).toBe('broken: error: it does not hold');
    expect(lines).toContain('before 3');
    expect(lines).not.toContain('before 2');
    expect(lines).toContain('after');
    expect(since).toMatchObject({ run: { id: 1, commit: HEAD }, commitCount: 2, files: ['broken', 'fine'] });
    expect(since!.commits).toHaveLength(2);
    expect(next.join('\n')).toContain('pagure-actions runs rerun 2');

    const event = (await house.ask('GET', '/events/1/explain', { role: 'read' })).json as unknown as EventExplanation;
    expect(event.says).toMatch(/: 1 of 2 pipelines started\.$/);
    expect(event.pipelines.map((one) => one.says)).toEqual([
      'ci started (run 1): on push matches git.receive',
      expect.stringMatching(/^docs did not start: push: paths \[docs\/\*\*\] /),
    ]);

    const page = await house.browse('/runs/2');
    expect(Buffer.byteLength(page)).toBeLessThan(20_000);
    expect(page).toContain('broken: error: it does not hold');
    expect(page).toContain('pagure-actions runs rerun 2');
  });
});
