/** Writes the pages of `docs/` that are made from the code; `npm run docs` builds first. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { configurationPage } from './configuration-page.mjs';
import * as tables from '../dist/src/config/settings-table.js';

const page = resolve(import.meta.dirname, '../docs/configuration.md');
writeFileSync(page, await format(configurationPage(tables), { ...(await resolveConfig(page)), filepath: page }));
