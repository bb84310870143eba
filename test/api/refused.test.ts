/** What the door refused, as the API shows it. */
import { expect, it } from 'vitest';
import { Deliveries } from '../../src/store/deliveries.js';
import { Quarantine } from '../../src/store/quarantine.js';
import { projectInput } from '../projects/open-projects.js';
import { NOW } from '../store/open-store.js';
import { openApi } from './open-api.js';

it('a body over the limit leaves a record with its project, size and time (TRUST §1), beside what is in quarantine', async () => {
  const api = await openApi();
  const token = await api.token('maintain');
  await api.ask('POST', '/api/v1/projects', { token, body: projectInput() });
  const one = { code: 'body-too-large', sizeBytes: 40_000_000, remoteAddress: '192.0.2.7', receivedAt: NOW };
  const refused = ['lab', 'other', null].map((projectHint) => ({ ...one, projectHint }));
  await api.store.commit(async (tx) => {
    await api.get(Deliveries).keepRefused(tx, refused);
    const post = { projectId: 1, receivedAt: NOW, headers: {}, body: Buffer.from('{}'), isProven: false };
    await api.get(Quarantine).keep(tx, post);
  });
  const { status, json } = await api.ask('GET', '/api/v1/projects/1/refused', { token });
  const receivedAt = new Date(NOW).toISOString();
  expect([status, json]).toEqual([
    200,
    {
      items: [{ id: 1, code: 'body-too-large', sizeBytes: 40_000_000, remoteAddress: '192.0.2.7', receivedAt }],
      next: null,
      quarantined: { posts: 1, sizeBytes: 2, oldestAt: receivedAt },
    },
  ]);
});
