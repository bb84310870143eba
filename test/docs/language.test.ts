/** The reference of the language says what the language does. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { languagePage } from '../../scripts/language-page.mjs';
import * as topics from '../../src/forge/pagure/topics.js';
import * as pipeline from '../../src/pipeline/index.js';

const PAGE = resolve(import.meta.dirname, '../../docs/language.md');
const text = readFileSync(PAGE, 'utf8');

describe('docs/language.md', () => {
  it('is what `npm run docs` makes of the tables of the language', async () => {
    const made = await format(languagePage(pipeline, topics), { ...(await resolveConfig(PAGE)), filepath: PAGE });
    expect(text).toBe(made);
  });

  it('names every key, and of every key that is not supported why', () => {
    const keys = pipeline.languageKeys();
    const dead = keys.filter(({ support }) => support === 'never-starts').map(({ path }) => `${path}.`);
    for (const { path, support, reason } of keys.filter((key) => !dead.some((one) => key.path.startsWith(one)))) {
      expect(text).toContain(`${path.split('.').at(-1) ?? ''}\``);
      if (support === 'not-yet' || support === 'refused') expect(text).toContain(reason);
    }
  });

  it('names every context and function', () => {
    const { contexts, functions } = pipeline.languageReference();
    for (const { name } of contexts) expect(text).toContain(`| \`${name}\``);
    for (const { call } of functions) expect(text).toContain(`| \`${call}\``);
  });

  it('names every topic of the forge', () => {
    for (const topic of topics.LISTED_TOPICS) expect(text).toContain(`\`${topic}\``);
  });
});
