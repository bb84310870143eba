/** A pipeline's text is judged without being stored. */
import { describe, expect, it } from 'vitest';
import { BROKEN_PIPELINE, GOOD_PIPELINE } from '../projects/open-projects.js';
import { openApi } from './open-api.js';
import { sampleProject } from './samples.js';

async function linting() {
  const api = await openApi();
  const token = await api.token('read');
  return { api, token, lint: (body: unknown) => api.ask('POST', '/api/v1/lint', { token, body }) };
}

describe('POST /api/v1/lint', () => {
  it('accepts a text without problems', async () => {
    const { lint } = await linting();
    const { status, json } = await lint({ text: GOOD_PIPELINE });
    expect([status, json]).toEqual([200, { accepted: true, problems: [] }]);
  });

  it('accepts a text with warnings, and tells them', async () => {
    const { lint } = await linting();
    const { json } = await lint({ text: GOOD_PIPELINE.replace('on: push', 'on: [push, release]') });
    expect(json).toEqual({
      accepted: true,
      problems: [expect.objectContaining({ file: 'pipeline', line: 1, column: 12, severity: 'warning' })],
    });
  });

  it('tells every problem of a broken text with its place, code and severity', async () => {
    const { lint } = await linting();
    const { status, json } = await lint({ text: `onn: push\n${BROKEN_PIPELINE}`, name: '.pagure/pipelines/ci.yml' });
    const { accepted, problems } = json as { accepted: boolean; problems: readonly Record<string, unknown>[] };
    expect([status, accepted]).toEqual([200, false]);
    expect(problems.length).toBeGreaterThan(2);
    expect(problems[0]).toEqual({
      ...{ file: '.pagure/pipelines/ci.yml', line: 1, column: 1, severity: 'error', code: 'unknown-key' },
      message: expect.stringContaining('did you mean `on`') as string,
    });
    expect(problems).toContainEqual(expect.objectContaining({ line: 6, column: 9, severity: 'error' }));
  });

  it('judges as storing does', async () => {
    const { api, lint } = await linting();
    const token = await api.token('maintain');
    const url = `/api/v1/projects/${await sampleProject(api)}/pipelines/ci`;
    const refused = await api.ask('PUT', url, { token, body: { text: BROKEN_PIPELINE } });
    const linted = await lint({ text: BROKEN_PIPELINE, name: 'ci' });
    expect(refused.json['problems']).toEqual(linted.json['problems']);
  });

  it('of thousands of problems tells the first, and how many are left', async () => {
    const { lint } = await linting();
    const { json } = await lint({ text: `on: push\njobs:\n  a:\n    runs-on: host\n${'    rn: x\n'.repeat(2_000)}` });
    const problems = json['problems'] as readonly { readonly code: string; readonly message: string }[];
    expect(problems).toHaveLength(101);
    expect(problems.at(-1)).toMatchObject({ code: 'more-problems', message: expect.stringMatching(/^\d+ more /) });
  });

  it.each([[{}], [{ text: 3 }], [{ text: GOOD_PIPELINE, name: '' }], [{ text: GOOD_PIPELINE, name: 'a\nb' }]])(
    'of %j is 400',
    async (body) => {
      const { lint } = await linting();
      const { status, json } = await lint(body);
      expect([status, json['code']]).toEqual([400, 'invalid-input']);
    },
  );
});
