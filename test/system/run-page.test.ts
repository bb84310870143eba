/** The public pages in a real browser: nothing from outside runs or leaves, and people can read them on every screen. */
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

  beforeAll(async () => {
    api = await startApi(folder, { hostSharesEverything: true });
    const projectId = await sceneProject(api, 'parser');
    for (const [name, scene] of Object.entries(RUNS)) addresses[name] = `/runs/${await sceneRun(api, projectId, scene)}`;
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
      await page.context().close();
    },
  );
});
