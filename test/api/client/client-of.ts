/** The client that is generated from the description, talking to an API of a test. */
import createClient from 'openapi-fetch';
import type { paths } from '../../../src/cli/api/schema.js';
import type { OpenApi } from '../open-api.js';

/** Of these a test sees the head. */
const ENDLESS = ['/api/v1/stream'];

export type ApiClient = ReturnType<typeof clientOf>;

export function clientOf(api: OpenApi, token: string) {
  return createClient<paths>({
    baseUrl: 'http://localhost:8080',
    fetch: async (request: Request) => {
      const { pathname, search } = new URL(request.url);
      const text = await request.text();
      const ask = ENDLESS.includes(pathname) ? api.glance : api.ask;
      const {
        status,
        headers,
        text: body,
      } = await ask(request.method, pathname + search, {
        token,
        body: text === '' ? undefined : text,
        headers: Object.fromEntries(request.headers),
      });
      const sent = Object.entries(headers).map(([name, value]) => [name, String(value)] as [string, string]);
      return new Response(status === 204 || status === 304 ? null : body, { status, headers: sent });
    },
  });
}
