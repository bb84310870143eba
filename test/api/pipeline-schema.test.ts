/** The schema for editors as it is served: to everybody, and to nobody twice. */
import { describe, expect, it } from 'vitest';
import { jsonSchema } from '../../src/pipeline/index.js';
import { openApi } from './open-api.js';

const URL = '/schema/pipeline.json';

describe('GET /schema/pipeline.json', () => {
  it('is the JSON Schema of the language, without a token', async () => {
    const { ask } = await openApi();
    const { status, headers, json } = await ask('GET', URL);
    expect([status, headers['content-type']]).toEqual([200, 'application/schema+json; charset=utf-8']);
    expect(json).toEqual(jsonSchema());
  });

  it('may be kept for an hour and then costs no second transfer', async () => {
    const { ask } = await openApi();
    const { headers } = await ask('GET', URL);
    expect(headers['cache-control']).toBe('public, max-age=3600');
    const again = await ask('GET', URL, { headers: { 'if-none-match': String(headers['etag']) } });
    expect([again.status, again.text, again.headers['etag']]).toEqual([304, '', headers['etag']]);
    const other = await ask('GET', URL, { headers: { 'if-none-match': '"other"' } });
    expect(other.status).toBe(200);
  });
});
