/** The public pages in a real browser: nothing from outside runs or leaves, and people can read them on every screen. */
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Runs } from '../../src/store/runs.js';
import { NOW } from '../store/open-store.js';
import { type OpenApi, startApi } from '../api/open-api.js';
import { FAILED, HELD, HOSTILE, PASSED, RUNNING } from '../api/page-samples.js';
import { type RunScene, sceneProject, sceneRun } from '../api/page-scenes.js';
import { startBrowser, visit } from './browser.js';

const RUNS: Readonly<Record<string, RunScene>> = {
  passed: PASSED,
  failed: FAILED,
  running: RUNNING,
  held: HELD,
  hostile: HOSTILE,
};

const SCREENS = {
  light: { colorScheme: 'light', viewport: { width: 1_000, height: 900 } },
  dark: { colorScheme: 'dark', viewport: { width: 1_000, height: 900 } },
  phone: { colorScheme: 'light', viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true },
} as const;

describe('the pages in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pagure-actions-pages-'));
  const pictures = mkdtempSync(join(tmpdir(), 'pagure-actions-pictures-'));
  const addresses: Record<string, string> = {};
  let api: OpenApi;
  let browser: Browser;
  let origin: string;
  let projectId: number;

  beforeAll(async () => {
    api = await startApi(folder, { hostSharesEverything: true });
    projectId = await sceneProject(api, 'parser');
    for (const [name, scene] of Object.entries(RUNS))
      addresses[name] = `/runs/${await sceneRun(api, projectId, scene)}`;
    addresses['event'] = '/events/2';
    addresses['missing'] = '/runs/999';
    await api.app.listen(0, '127.0.0.1');
    origin = `http://localhost:${(api.app.getHttpServer().address() as AddressInfo).port}`;
    browser = await startBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await api?.app.close();
    rmSync(folder, { recursive: true });
    console.log(`The pictures are in ${pictures}`);
  });

  const names = [...Object.keys(RUNS), 'event', 'missing'];

  it.each(names.flatMap((name) => Object.keys(SCREENS).map((screen) => [name, screen] as const)))(
    '%s, %s: runs nothing, asks nobody, needs no scrolling sideways',
    async (name, screen) => {
      const options = SCREENS[screen as keyof typeof SCREENS];
      const { page, requests, complaints, dialogs } = await visit(browser, origin + addresses[name], options);
      await page.screenshot({ path: join(pictures, `${name}-${screen}.png`), fullPage: true });
      const expected = name === 'missing' ? [expect.stringContaining('404')] : [];
      expect({ complaints, dialogs }).toEqual({ complaints: expected, dialogs: [] });
      expect(requests.filter((url) => !url.startsWith('data:'))).toEqual([origin + addresses[name]]);
      expect(await page.locator('script, img, iframe, object, embed, form').count()).toBe(0);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      expect(await page.locator('h1').count()).toBe(1);
      const background = String(await page.evaluate('getComputedStyle(document.body).backgroundColor'));
      expect(background).toBe(screen === 'dark' ? 'rgb(20, 22, 26)' : 'rgb(251, 251, 249)');
      await page.context().close();
    },
  );

  it('show the end of the log first, and let it be scrolled by keyboard', async () => {
    const { page } = await visit(browser, origin + addresses['failed']);
    const isInView = `(() => {
      const line = document.querySelector('pre.end .le');
      const [box, own] = [line.closest('pre').getBoundingClientRect(), line.getBoundingClientRect()];
      return own.top >= box.top && own.bottom <= box.bottom;
    })()`;
    expect(await page.evaluate(isInView)).toBe(true);
    await page.locator('pre.end').focus();
    await page.keyboard.press('Home');
    await vi.waitUntil(() => page.evaluate("document.querySelector('pre.end').scrollTop < -100"));
    await page.context().close();
  });

  it('of a run that is under way show its end without a script', async () => {
    const runId = await sceneRun(api, projectId, RUNNING);
    const { page, complaints } = await visit(browser, `${origin}/runs/${runId}`, { javaScriptEnabled: false });
    expect(await page.locator('h1').textContent()).toContain('Running');
    const end = { state: 'done', result: 'canceled', reason: 'canceled by alice', finishedAt: NOW } as const;
    await api.store.commit((tx) => api.get(Runs).update(tx, { id: runId, version: 1 }, end));
    await page.locator('h1', { hasText: 'Canceled: canceled by alice' }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
