/** The pages on the house say what the linters check, and their links lead somewhere. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOMS } from '../../scripts/rooms.mjs';

const PROJECT = resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(resolve(PROJECT, file), 'utf8');

function pages(): readonly string[] {
  const docs = readdirSync(resolve(PROJECT, 'docs'), { recursive: true, encoding: 'utf8' });
  const top = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'].filter((file) => existsSync(resolve(PROJECT, file)));
  return [...top, ...docs.filter((file) => file.endsWith('.md')).map((file) => `docs/${file}`)];
}

describe('docs/architecture.md', () => {
  it('shows the table of rooms that the linters read', () => {
    const rows = read('docs/architecture.md').match(/^\| \d.*\|$/gm) ?? [];
    const shown = rows.map((row) =>
      row
        .split('|')
        .map((cell) => cell.trim())
        .slice(1, 4),
    );
    expect(shown).toEqual(ROOMS.map(({ floor, room, purpose }) => [String(floor), `\`${room}/\``, purpose]));
  });
});

describe('docs/decisions', () => {
  const files = readdirSync(resolve(PROJECT, 'docs/decisions')).filter((file) => /^\d{4}-/.test(file));

  it('are numbered without a gap', () => {
    expect(files.map((file) => Number(file.slice(0, 4)))).toEqual(files.map((_, index) => index + 1));
  });

  it('are all in the index, under their own titles', () => {
    const titles = files.map(
      (file) => `- [${file.slice(0, 4)}](${file}) ${read(`docs/decisions/${file}`).split('\n')[0]?.slice(7)}`,
    );
    expect(read('docs/decisions/README.md').match(/^- .*$/gm)).toEqual(titles);
  });

  it.each(files)('%s says context, decision and consequences', (file) => {
    const text = read(`docs/decisions/${file}`);
    for (const part of ['**Context.**', '**Decision.**', '**Consequences.**']) expect(text).toContain(part);
  });
});

describe('links', () => {
  it.each(pages())('of %s lead to files of the project', (page) => {
    const targets = [...read(page).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map((match) => match[1] ?? '');
    const own = targets.filter((target) => !/^[a-z]+:/.test(target));
    expect(own.filter((target) => !existsSync(resolve(PROJECT, dirname(page), target)))).toEqual([]);
  });
});
