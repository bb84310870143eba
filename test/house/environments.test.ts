/** A job with an environment, through the whole house. */
import { expect, it } from 'vitest';
import { restoreRepository, setRef } from '../fixtures/repositories/restore.js';
import { recording } from '../forge/recordings.js';
import { openHouse, ShiftedClock, temporaryFolder } from './house.js';

const PUSH = recording('006');
const CI = `on: push
jobs:
  plain: { runs-on: host, steps: [{ run: 'true' }] }
  named: { runs-on: host, environment: 'stage-\${{ github.ref_name }}', steps: [{ run: 'true' }] }
  linked:
    runs-on: host
    environment: { name: production, url: 'https://example.org/\${{ steps.deploy.outputs.page }}' }
    steps: [{ id: deploy, run: 'echo page=v2 >> "$GITHUB_OUTPUT"' }]
`;

it('is shown by the API and the page with its name, and the address that the job gave', async () => {
  const repositories = temporaryFolder('repositories');
  setRef(restoreRepository('lab', repositories), 'refs/heads/main', PUSH.message.msg['end_commit'] as string);
  const house = await openHouse({ clock: new ShiftedClock(PUSH.message.timestamp * 1000 + 60_000), repositories });
  await house.register('lab', PUSH.key, { ci: CI });
  await house.post(PUSH);
  await house.settle();
  await house.untilDone(1);
  const { json } = await house.ask('GET', '/runs/1', { role: 'read' });
  expect((json['jobs'] as { environment: unknown }[]).map(({ environment }) => environment)).toEqual([
    null,
    { name: 'stage-main', url: null },
    { name: 'production', url: 'https://example.org/v2' },
  ]);
  const page = await house.browse('/runs/1');
  expect(page).toContain('<span class="why">environment <bdi>stage-main</bdi></span>');
  const link = '<a href="https://example.org/v2" rel="nofollow noreferrer">https://example.org/v2</a>';
  expect(page).toContain(`<span class="why">environment <bdi>production</bdi>: ${link}</span>`);
  expect(page.split('environment <bdi>')).toHaveLength(3);
});
