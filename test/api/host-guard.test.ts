/** TRUST §6: the Host allow-list. */
import { describe, expect, it } from 'vitest';
import { hostGuard } from '../../src/api/host-guard.js';
import { openApi } from './open-api.js';

describe('the Host allow-list (TRUST §6)', () => {
  it.each(['localhost', 'LOCALHOST:8080', 'localhost.', 'localhost.:80'])('lets %s through', async (host) => {
    const { ask } = await openApi();
    expect((await ask('GET', '/runs/1', { headers: { host } })).status).toBe(404);
  });

  it.each(['evil.example.org', 'localhost.evil.org', 'evil.org:8080', 'localhost@evil.org', 'x localhost', '[::1]'])(
    'refuses %j, whatever is asked for',
    async (host) => {
      const { ask, token } = await openApi();
      const asked = await token('maintain');
      for (const url of ['/api/v1/projects', '/runs/1', '/nothing', '/hooks', '/healthz/x']) {
        const { json } = await ask('GET', url, { token: asked, headers: { host } });
        expect(json).toMatchObject({ status: 403, code: 'host-not-allowed' });
      }
    },
  );

  it.each([
    ['localhost', undefined, false],
    ['[::1]', '[::1]:8080', true],
    ['localhost', '', false],
    ['', '', false],
  ])('of %j takes the host %j: %s', (allowed, host, isTaken) => {
    const answers: unknown[] = [];
    const request = { headers: { host }, routeOptions: {} };
    hostGuard([allowed])(request as never, null, (error) => answers.push(error === undefined));
    expect(answers).toEqual([isTaken]);
  });

  it('does not ask for it at the door for web-hooks, nor for health', async () => {
    const { ask } = await openApi();
    const headers = { host: 'evil.example.org' };
    expect((await ask('GET', '/healthz', { headers })).json).toEqual({ status: 'ok' });
    expect((await ask('POST', '/hooks/pagure', { headers, body: {} })).status).toBe(401);
  });
});
