/** The law of time, chance and state bites: ESLint on planted text, in the room that each line names. */
import { resolve } from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

const PROJECT = resolve(import.meta.dirname, '../..');

const TYPED = [
  'no-floating-promises',
  'no-misused-promises',
  'await-thenable',
  'switch-exhaustiveness-check',
  'only-throw-error',
];

/** The project's own configuration, less the rules that need a file on disk. */
const eslint = new ESLint({
  cwd: PROJECT,
  overrideConfig: {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: false } },
    rules: Object.fromEntries(TYPED.map((rule) => [`@typescript-eslint/${rule}`, 'off'])),
  },
});

async function rulesAt(file: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(`${text}\n`, { filePath: resolve(PROJECT, file) });
  return (result?.messages ?? []).map((each) => each.ruleId ?? each.message);
}

const PROPERTIES = 'no-restricted-properties';
const GLOBALS = 'no-restricted-globals';
const SYNTAX = 'no-restricted-syntax';
const IMPORTS = 'no-restricted-imports';

const REFUSED: readonly (readonly [string, string, string])[] = [
  ['src/runs/x.ts', 'export const t = Date.now();', PROPERTIES],
  ['src/runs/x.ts', 'export const t = new Date();', SYNTAX],
  ['src/runs/x.ts', 'export const t = Date();', SYNTAX],
  ['src/runs/x.ts', 'export const t = performance.now();', GLOBALS],
  ['src/runs/x.ts', 'export const t = process.hrtime();', PROPERTIES],
  ['src/runs/x.ts', "import { performance } from 'node:perf_hooks'; export const t = performance.now();", IMPORTS],
  ['src/runs/x.ts', 'setTimeout(String, 1);', GLOBALS],
  ['src/runs/x.ts', 'setInterval(String, 1);', GLOBALS],
  ['src/runs/x.ts', 'setImmediate(String);', GLOBALS],
  ['src/runs/x.ts', 'globalThis.setTimeout(String, 1);', PROPERTIES],
  ['src/runs/x.ts', 'export const s = AbortSignal.timeout(5);', PROPERTIES],
  ['src/runs/x.ts', 'export const r = Math.random();', PROPERTIES],
  ['src/runs/x.ts', 'export const r = crypto.randomUUID();', PROPERTIES],
  ['src/runs/x.ts', 'export const r = globalThis.crypto;', PROPERTIES],
  ['src/store/x.ts', "import { randomBytes } from 'node:crypto'; export const r = randomBytes(2);", IMPORTS],
  ['src/kernel/x.ts', "import { randomUUID } from 'crypto'; export const r = randomUUID();", IMPORTS],
  ['src/kernel/clock.ts', 'export const r = Math.random();', PROPERTIES],
  ['src/kernel/random.ts', 'export const t = Date.now();', PROPERTIES],
  ['src/report/x.ts', "await fetch('http://127.0.0.1/');", GLOBALS],
  ['src/forge/x.ts', "await fetch('http://127.0.0.1/');", GLOBALS],
  ['src/store/x.ts', 'export const e = process.env.HOME;', PROPERTIES],
  ['src/serve.ts', 'export const { env } = process;', PROPERTIES],
  ['src/cli/x.ts', "import { env } from 'node:process'; export const e = env;", IMPORTS],
  ['src/config/x.ts', "import { createServer } from 'node:net'; export const s = createServer();", IMPORTS],
  ['src/store/x.ts', 'let last = 1; export const next = () => ++last;', SYNTAX],
  ['src/store/x.ts', 'export let last = 1; last = 2;', SYNTAX],
  ['src/store/x.ts', 'export const seen = new Map<string, string>();', SYNTAX],
  ['src/store/x.ts', 'export const seen: string[] = [];', SYNTAX],
  ['src/store/x.ts', 'export class X { static last = 1; }', SYNTAX],
  ['src/store/x.ts', 'export const x: any = 1;', '@typescript-eslint/no-explicit-any'],
  ['src/store/x.ts', 'const x = 1; export default x;', 'no-restricted-exports'],
  ['test/store/x.ts', 'export default 1;', 'no-restricted-exports'],
  ['src/store/x.ts', '// @ts-ignore\nexport const x = 1;', '@typescript-eslint/ban-ts-comment'],
];

const ALLOWED: readonly (readonly [string, string])[] = [
  ['src/kernel/clock.ts', 'export const t = Date.now(); setTimeout(String, t);'],
  ['src/kernel/random.ts', "import { randomBytes } from 'node:crypto'; export const r = randomBytes(2);"],
  ['src/runs/x.ts', 'export const t = new Date(5).toISOString();'],
  ['src/store/x.ts', "import { createHash } from 'node:crypto'; export const h = createHash('sha256');"],
  ['src/store/x.ts', 'export const NONE: readonly string[] = []; export class X { static readonly limit = 1; }'],
  ['src/store/x.ts', "export const WORDS = new Set(['a']); export const f = () => { let i = 0; i += 1; return i; };"],
  ['src/forge/pagure/x.ts', "await fetch('http://127.0.0.1/');"],
  ['src/config/x.ts', "import { isIP } from 'node:net'; export const i = isIP('::1');"],
  ['src/process/x.ts', "import { createServer } from 'node:net'; export const s = createServer();"],
  ['src/config/x.ts', 'export const e = process.env.HOME;'],
  ['src/main.ts', 'export const e = process.env.HOME;'],
  ['test/store/x.ts', 'export const t = Date.now();'],
];

describe('the law of time, chance and state', () => {
  it.each(REFUSED)('in %s refuses %s', async (file, text, rule) => {
    expect(await rulesAt(file, text)).toContain(rule);
  });

  it.each(ALLOWED)('in %s allows %s', async (file, text) => {
    expect(await rulesAt(file, text)).toEqual([]);
  });

  it('cannot be switched off by a comment', async () => {
    const messages = await rulesAt('src/runs/x.ts', '/* eslint-disable */\nexport const t = Date.now();');
    expect(messages).toContain(PROPERTIES);
    expect(messages.some((each) => each.includes('eslint-disable'))).toBe(true);
  });
});
