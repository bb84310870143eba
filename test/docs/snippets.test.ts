/** Every snippet of the pages is tried: pipelines are read, settings are read, commands and their scripts exist. */
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SettingsError } from '../../src/config/faults.js';
import { readSettings } from '../../src/config/settings.js';
import { formatProblem } from '../../src/kernel/errors.js';
import { readPipeline } from '../../src/pipeline/index.js';

const PROJECT = resolve(import.meta.dirname, '../..');
const SCRIPTS = (JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as { scripts: Record<string, string> })
  .scripts;

interface Snippet {
  readonly place: string;
  readonly language: string;
  readonly text: string;
}

function snippetsOf(page: string): readonly Snippet[] {
  const text = readFileSync(join(PROJECT, page), 'utf8');
  return [...text.matchAll(/^( *)```(\w*)\n([\s\S]*?)^ *```$/gm)].map(
    ({ 1: indent = '', 2: language = '', 3: body = '', index }) => ({
      place: `${page}:${text.slice(0, index).split('\n').length}`,
      language,
      text: body.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    }),
  );
}

function allSnippets(): readonly Snippet[] {
  const docs = readdirSync(join(PROJECT, 'docs'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.md'),
  );
  return ['README.md', 'CONTRIBUTING.md', ...docs.map((file) => `docs/${file}`)].flatMap(snippetsOf);
}

/** Reads the settings in a folder where every file that they name exists. */
function faultsOf(text: string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'snippet-'));
  try {
    for (const [index, match] of [...text.matchAll(/\b(?:file|path): *([\w./-]+)/g)].entries()) {
      mkdirSync(dirname(join(folder, match[1] ?? '')), { recursive: true });
      writeFileSync(join(folder, match[1] ?? ''), `${'k'.repeat(40)}${index}`);
    }
    writeFileSync(join(folder, 'pagure-actions.yml'), text);
    const named = Object.fromEntries(
      [...text.matchAll(/\benv: *(\w+)/g)].map((match) => [match[1], `${'e'.repeat(40)}`]),
    );
    readSettings({ env: { HOME: folder, ...named }, cwd: folder, args: [] });
    return [];
  } catch (thrown) {
    if (!(thrown instanceof SettingsError)) throw thrown;
    return thrown.faults.map((fault) => `${fault.where}: ${fault.message}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const VERBS = [...readFileSync(join(PROJECT, 'src/main.ts'), 'utf8').matchAll(/^ {2}(\w+): \{/gm)].map(
  (match) => match[1],
);
const snippets = allSnippets();
const yaml = snippets.filter((snippet) => snippet.language === 'yaml');
const isSettings = ({ text }: Snippet) => /^(?:server|projects):/m.test(text);
const commands = snippets
  .filter((snippet) => snippet.language === 'sh')
  .flatMap(({ place, text }) => text.split('\n').map((line) => ({ place, line: line.replace(/ *#.*/, '').trim() })))
  .filter(({ line }) => line !== '');

describe('snippets', () => {
  it('are pipelines, settings, commands or pictures', () => {
    expect(
      snippets.filter(({ language }) => !['yaml', 'sh', 'text'].includes(language)).map(({ place }) => place),
    ).toEqual([]);
    expect([yaml.some(isSettings), yaml.some((each) => !isSettings(each)), commands.length > 0]).toEqual([
      true,
      true,
      true,
    ]);
  });

  it.each(yaml.filter((each) => !isSettings(each)))('the pipeline at $place has no problem', ({ text }) => {
    expect(readPipeline(text, { file: 'ci.yml' }).problems.map(formatProblem)).toEqual([]);
  });

  it.each(yaml.filter(isSettings))('the settings at $place have no fault', ({ text }) => {
    expect(faultsOf(text)).toEqual([]);
  });

  it.each(commands)('the command at $place exists: $line', ({ line }) => {
    const [, verb] = /^npx pagure-actions (\w+)/.exec(line) ?? [];
    if (verb !== undefined) return expect(VERBS).toContain(verb);
    const [, run, name = ''] = /^npm (run )?([\w:]+)/.exec(line) ?? [];
    expect(run === undefined ? ['test', 'start'] : Object.keys(SCRIPTS)).toContain(name);
    expect(Object.keys(SCRIPTS)).toContain(name);
  });
});

describe('npm scripts', () => {
  it('that the pages name in a sentence exist', () => {
    const pages = ['README.md', 'CONTRIBUTING.md', 'docs/configuration.md', 'docs/architecture.md'];
    const named = pages.flatMap((page) => [
      ...readFileSync(join(PROJECT, page), 'utf8').matchAll(/`npm run ([\w:]+)`/g),
    ]);
    expect(named.map((match) => match[1]).filter((name) => SCRIPTS[name ?? ''] === undefined)).toEqual([]);
  });
});
