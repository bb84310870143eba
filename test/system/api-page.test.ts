/** The page to try the API in a real browser: it works under its strict policy, asks nobody else, and keeps no token. */
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenApi, startApi } from '../api/open-api.js';
import { sampleProject } from '../api/samples.js';

const CHROMIUM = '/usr/bin/chromium';

interface Seen {
  readonly page: Page;
  /** Addresses of all that was asked for. */
  readonly asked: string[];
  /** What the browser complains about, refusals of the policy among it. */
  readonly complaints: string[];
}

describe('the page to try the API', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pagure-actions-page-'));
  let api: OpenApi;
  let browser: Browser;
  let origin: string;
  let token: string;

  beforeAll(async () => {
    api = await startApi(folder, { hostSharesEverything: true });
    await sampleProject(api);
    token = await api.token('read');
    await api.app.listen(0, '127.0.0.1');
    origin = `http://localhost:${(api.app.getHttpServer().address() as AddressInfo).port}`;
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  });

  afterAll(async () => {
    await browser?.close();
    await api?.app.close();
    rmSync(folder, { recursive: true });
  });

  async function opened(): Promise<Seen> {
    const page = await browser.newPage();
    const [asked, complaints]: [string[], string[]] = [[], []];
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${origin}/api/`);
    await page.waitForSelector('.opblock-tag');
    return { page, asked, complaints };
  }

  it('lists the routes, without a word against its policy and without asking anybody else', async () => {
    const { page, asked, complaints } = await opened();
    await page.locator('.opblock-tag').first().click();
    await page.locator('.opblock-summary').first().waitFor();
    if (process.env['SCREENSHOTS']) await page.screenshot({ path: join(process.env['SCREENSHOTS'], 'api.png') });
    expect(complaints).toEqual([]);
    expect(asked.filter((url) => !url.startsWith(`${origin}/`) && !url.startsWith('data:'))).toEqual([]);
    await page.close();
  });

  it('shows data only with a token, and keeps it nowhere', async () => {
    const { page, complaints } = await opened();
    await askForProjects(page);
    expect(await answerOf(page)).toContain('token-missing');
    await page.locator('.btn.authorize').first().click();
    await page.locator('.auth-container input').first().fill(token);
    await page.locator('.auth-btn-wrapper .authorize').first().click();
    await page.locator('.btn-done').click();
    await page.locator('.execute').click();
    await page.getByText('"fullname": "lab"').first().waitFor();
    if (process.env['SCREENSHOTS']) await page.screenshot({ path: join(process.env['SCREENSHOTS'], 'api-asked.png') });
    expect(await kept(page)).toEqual({ local: 0, session: 0, cookie: '' });
    await page.reload();
    await askForProjects(page);
    expect(await answerOf(page)).toContain('token-missing');
    expect(complaints.filter((each) => !each.includes('401'))).toEqual([]);
    await page.close();
  });
});

async function askForProjects(page: Page): Promise<void> {
  await page.locator('.opblock-tag', { hasText: 'projects' }).click();
  await page.locator('.opblock-get .opblock-summary', { has: page.locator('[data-path="/api/v1/projects"]') }).click();
  await page.locator('.execute').click();
}

async function answerOf(page: Page): Promise<string> {
  const answer = page.locator('.live-responses-table .highlight-code').first();
  await answer.waitFor();
  return answer.innerText();
}

function kept(page: Page): Promise<{ local: number; session: number; cookie: string }> {
  const script = '({ local: localStorage.length, session: sessionStorage.length, cookie: document.cookie })';
  return page.evaluate(script);
}
