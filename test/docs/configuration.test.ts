/** The page on configuration says what the code does. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { configurationPage } from '../../scripts/configuration-page.mjs';
import * as tables from '../../src/config/settings-table.js';

const PAGE = resolve(import.meta.dirname, '../../docs/configuration.md');

describe('docs/configuration.md', () => {
  it('is what `npm run docs` makes of the table of settings', async () => {
    const made = await format(configurationPage(tables), { ...(await resolveConfig(PAGE)), filepath: PAGE });
    expect(readFileSync(PAGE, 'utf8')).toBe(made);
  });
});
