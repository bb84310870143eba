/** Writes the pages of `docs/` that are made from the code; `npm run docs` builds first. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { configurationPage } from './configuration-page.mjs';
import { languagePage } from './language-page.mjs';
import * as settings from '../dist/src/config/settings-table.js';
import * as topics from '../dist/src/forge/pagure/topics.js';
import * as pipeline from '../dist/src/pipeline/index.js';

await write('docs/configuration.md', configurationPage(settings));
await write('docs/language.md', languagePage(pipeline, topics));

async function write(name, text) {
  const page = resolve(import.meta.dirname, '..', name);
  writeFileSync(page, await format(text, { ...(await resolveConfig(page)), filepath: page }));
}
