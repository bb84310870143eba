/** No verb but `serve` loads a framework: each is started, and every module that it resolves is written down. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FRAMEWORKS } from '../../scripts/rooms.mjs';

const PROJECT = resolve(import.meta.dirname, '../..');
const OPTIONS = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, verbatimModuleSyntax: true };

const SPY = `
import { register } from 'node:module';
const loader = \`
  import { appendFileSync } from 'node:fs';
  export async function resolve(name, context, next) {
    const found = await next(name, context);
    appendFileSync(process.env.SEEN, found.url + '\\\\n');
    return found;
  }\`;
register('data:text/javascript,' + encodeURIComponent(loader));
`;

let folder = '';

/** The whole program, translated without a look at its types. */
function translate(): void {
  for (const file of readdirSync(join(PROJECT, 'src'), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const text = readFileSync(join(PROJECT, 'src', file), 'utf8');
    const target = join(folder, 'src', file.replace(/ts$/, 'js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, ts.transpileModule(text, { compilerOptions: OPTIONS }).outputText);
  }
}

function modulesOf(verb: string, words: readonly string[] = ['--help']): readonly string[] {
  const seen = join(folder, `${verb}.seen`);
  writeFileSync(seen, '');
  const args = ['--import', join(folder, 'spy.mjs'), join(folder, 'src/main.js'), verb, ...words];
  spawnSync(process.execPath, args, { env: { ...process.env, SEEN: seen }, encoding: 'utf8' });
  return readFileSync(seen, 'utf8').split('\n');
}

const isFramework = (url: string) => FRAMEWORKS.some((name) => url.includes(`/node_modules/${name}`));

describe('the verbs', () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'verbs-'));
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    writeFileSync(join(folder, 'spy.mjs'), SPY);
    symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
    translate();
  }, 240_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('that need no server load no framework', () => {
    const help = execFileSync(process.execPath, [join(folder, 'src/main.js'), 'help'], { encoding: 'utf8' });
    const verbs = [...help.matchAll(/^ {2}([a-z]+) /gm)].map((match) => match[1] ?? '');
    expect(verbs).toContain('send');
    for (const verb of [...verbs.filter((each) => each !== 'serve'), 'complete']) {
      const modules = modulesOf(verb);
      expect(modules.some((url) => url.includes(`/src/cli/${verb}`))).toBe(true);
      expect(modules.filter(isFramework), verb).toEqual([]);
    }
  });

  it.each([
    ['lint', ['ci.yml'], 'lint-files'],
    ['plan', ['ci.yml', '--topic', 'git.receive'], 'plan-file'],
    ['run', ['ci.yml', '--json'], 'run-local'],
  ])('%s at work loads none either', (verb, words, own) => {
    writeFileSync(join(folder, 'ci.yml'), 'on: push\njobs: {a: {runs-on: host, steps: [{run: make}]}}\n');
    const paths = words.map((word) => (word === 'ci.yml' ? join(folder, word) : word));
    const modules = modulesOf(verb, paths);
    expect(modules.some((url) => new RegExp(`/src/cli/local(-run)?/${own}`).test(url))).toBe(true);
    expect(modules.some((url) => url.includes('/src/pipeline/'))).toBe(true);
    expect(modules.filter(isFramework)).toEqual([]);
  });

  it('are watched by something that would see a framework', () => {
    expect(modulesOf('serve').some(isFramework)).toBe(true);
  });
});
