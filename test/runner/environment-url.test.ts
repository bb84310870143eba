/** `environment.url`: evaluated at the end of a job, shown only when it is a web address. */
import { describe, expect, it } from 'vitest';
import { runYaml } from './run-yaml.js';

const job = (url: string) => `on: push
jobs:
  one:
    runs-on: host
    environment: { name: production, url: '${url}' }
    steps:
      - { id: deploy, run: 'echo "page=v2" >> "$GITHUB_OUTPUT"' }
`;

describe('environment.url', () => {
  it('may hold what the steps found out', async () => {
    const { result } = await runYaml(job('https://example.org/${{ steps.deploy.outputs.page }}'));
    expect(result).toMatchObject({ result: 'success', environmentUrl: 'https://example.org/v2' });
  });

  it.each(['javascript:alert(1)', 'file:///etc/passwd', 'https://user:key@example.org/', 'just text'])(
    'that is %s is left out with a warning, and the job passes',
    async (url) => {
      const { result, log } = await runYaml(job(url));
      expect(result).toEqual({ result: 'success', reason: null, outputs: {}, masks: [] });
      expect(log).toContain('##[warning]environment.url: it must be an http or https address');
    },
  );

  it('that is empty is none', async () => {
    const { result, log } = await runYaml(job('${{ steps.deploy.outputs.nothing }}'));
    expect(result).toEqual({ result: 'success', reason: null, outputs: {}, masks: [] });
    expect(log).not.toContain('environment.url');
  });
});
