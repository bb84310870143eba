/** What a flag's url opens: one line of HTML that nothing from outside can change (TRUST §5, §6). */
import { describe, expect, it } from 'vitest';
import { openApi } from './open-api.js';
import { sampleProject, sampleRun } from './samples.js';

async function opened({ isPublic = true, pipelineName = 'ci' } = {}) {
  const api = await openApi();
  const projectId = await sampleProject(api, 'lab', isPublic);
  const { runId } = await sampleRun(api, projectId, { pipelineName });
  return { ...api, runId, projectId };
}

const POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

describe('GET /runs/:id', () => {
  it('says the state of a public run without a token', async () => {
    const { ask, runId } = await opened();
    const { status, headers, text } = await ask('GET', `/runs/${runId}`);
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(text).toContain('<bdi>lab</bdi>: <bdi>ci</bdi> #1 on <bdi>main</bdi> (<bdi>bbbbbbbbbb</bdi>): ');
    expect(text).toContain('<strong><bdi>queued</bdi></strong>');
  });

  it('says the result and why, once there is one', async () => {
    const { ask, runId, token } = await opened();
    await ask('POST', `/api/v1/runs/${runId}/cancel`, { token: await token('write') });
    const { text } = await ask('GET', `/runs/${runId}`);
    expect(text).toContain('<strong><bdi>canceled</bdi></strong>: <bdi>canceled by write</bdi>');
  });

  it('lets a page load, run, send and be framed by nothing', async () => {
    const { ask, runId } = await opened();
    const { headers } = await ask('GET', `/runs/${runId}`);
    expect(headers).toMatchObject({
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
  });

  it('escapes what came from outside, and keeps it on one line', async () => {
    const pipelineName = '</p><script>alert(1)</script>"\'`&\n\u2028\u0000' + 'x'.repeat(2_000);
    const { ask, runId } = await opened({ pipelineName });
    const { text } = await ask('GET', `/runs/${runId}`);
    expect(text).toContain('<bdi>&#60;/p&#62;&#60;script&#62;alert(1)&#60;/script&#62;&#34;&#39;&#96;&#38; xxx');
    expect(text.trimEnd()).not.toMatch(/[\n\u2028\u0000]|<script/);
    expect(text.length).toBeLessThan(2_000);
  });

  it('tells nobody whether a run that is not public exists', async () => {
    const { ask, runId } = await opened({ isPublic: false });
    const answers = await Promise.all(
      [`/runs/${runId}`, '/runs/999', '/runs/0', '/runs/x', '/runs/1e3', '/runs/%00', '/runs/1%2F..'].map((url) =>
        ask('GET', url),
      ),
    );
    for (const { status, text, headers } of answers) {
      expect([status, text]).toEqual([404, answers[0]?.text]);
      expect(headers).toMatchObject({ 'content-security-policy': POLICY, 'content-type': 'text/html; charset=utf-8' });
    }
    expect(answers[0]?.text).toContain('With an API token');
  });

  it.each([
    ['shows it to a token that sees the project', {}, 200],
    ['hides it from a token of another project', { projects: [99] }, 404],
    ['hides it from an expired token', { expiresAt: 1 }, 404],
  ])('%s', async (_, change, expected) => {
    const { ask, runId, token } = await opened({ isPublic: false });
    expect((await ask('GET', `/runs/${runId}`, { token: await token('read', change) })).status).toBe(expected);
  });
});
