/** The page to try the API in a real browser: it works under its strict policy, asks nobody else, and keeps no token. */
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenApi, startApi } from '../api/open-api.js';
import { sampleProject } from '../api/samples.js';
import { startBrowser, type Visit, visit } from './browser.js';

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
    browser = await startBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await api?.app.close();
    rmSync(folder, { recursive: true });
  });

  async function opened(): Promise<Visit> {
    const seen = await visit(browser, `${origin}/api/`);
    await seen.page.waitForSelector('.opblock-tag');
    return seen;
  }

  it('lists the routes, without a word against its policy and without asking anybody else', async () => {
    const { page, requests, complaints } = await opened();
    await page.locator('.opblock-tag').first().click();
    await page.locator('.opblock-summary').first().waitFor();
    expect(complaints).toEqual([]);
    expect(requests.filter((url) => !url.startsWith(`${origin}/`) && !url.startsWith('data:'))).toEqual([]);
    await page.context().close();
  });

  it('shows data only with a token, and keeps it nowhere', async () => {
    const { page, complaints } = await opened();
    await askForProjects(page);
    expect(await answerOf(page)).toContain('token-missing');
    await page.locator('.btn.authorize').first().click();
    await page.locator('.auth-container input').first().fill(token);
    await page.locator('.auth-btn-wrapper .authorize').first().click();
    await page.locator('.btn-done').first().click();
    await page.locator('.execute').click();
    await page.getByText('"fullname": "lab"').first().waitFor();
    expect(await kept(page)).toEqual({ local: 0, session: 0, cookie: '' });
    await page.reload();
    await askForProjects(page);
    expect(await answerOf(page)).toContain('token-missing');
    expect(complaints.filter((each) => !each.includes('401'))).toEqual([]);
    await page.context().close();
  });
});

async function askForProjects(page: Page): Promise<void> {
  await page.locator('.opblock-tag', { hasText: 'projects' }).first().click();
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
