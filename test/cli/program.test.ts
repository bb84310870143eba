/** The program as a process of its own: pipes that close, Ctrl-C, verbs that are none. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileRooms } from '../process/compiled.js';
import { aRun } from './answers.js';
import { openStub, type Scene, signedIn } from './scene.js';

const PROJECT = resolve(import.meta.dirname, '../..');
const OPTIONS = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };

let folder = '';
let program = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'program-'));
  const main = ts.transpileModule(readFileSync(join(PROJECT, 'src/main.ts'), 'utf8'), { compilerOptions: OPTIONS });
  program = compileRooms(folder, ['kernel', 'model', 'cli'], main.outputText);
  symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** `onOut` is told of the first piece of stdout. */
function start(
  args: readonly string[],
  scene: Scene | null,
  onOut: (child: ReturnType<typeof spawn>) => void = () => {},
) {
  const env = { PATH: process.env['PATH'], HOME: folder, ...(scene === null ? {} : signedIn(scene).env) };
  const child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.once('data', () => onOut(child));
  child.stdout.on('data', (text: Buffer) => (said.out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (said.err += text.toString()));
  return new Promise<{ code: number | null; signal: string | null; out: string; err: string }>((done) => {
    child.once('close', (code, signal) => done({ code, signal, ...said }));
  });
}

describe('the program', () => {
  it.each([[['help']], [['--help']], [[]]])('with %j says its verbs and exit codes', async (args) => {
    const { code, out } = await start(args, null);
    expect(code).toBe(0);
    expect(out).toMatch(/^usage: pagure-actions VERB[^]* {2}runs +list[^]*Exit codes:/);
    expect(out).not.toMatch(/^ {2}complete /m);
  });

  it.each([
    ['eventz', 'error: there is no verb "eventz". Did you mean events?'],
    ['log', 'error: there is no verb "log". Did you mean logs?'],
    ['xyzzy', 'error: there is no verb "xyzzy".\n'],
    ['constructor', 'error: there is no verb "constructor".'],
  ])('with the verb %s ends with 2', async (verb, says) => {
    const { code, err } = await start([verb], null);
    expect([code, err]).toEqual([2, expect.stringContaining(says)]);
  });

  it('ends without a word when its reader has seen enough', async () => {
    const items = Array.from({ length: 100 }, (_, id) => aRun({ id, title: 'x'.repeat(3_000) }));
    const { scene } = await openStub(() => ({ body: { items, next: 'more' } }));
    const said = await start(['runs', 'list', '--json', '--limit', '99999'], scene, (child) => child.stdout?.destroy());
    expect(said).toMatchObject({ code: 141, err: '' });
  });

  it('ends a watch in order by Ctrl-C', async () => {
    const { scene } = await openStub(() => ({ body: aRun({ state: 'running' }) }));
    const said = await start(['runs', 'watch', '7'], scene, (child) => child.kill('SIGINT'));
    expect(said).toEqual({
      ...{ code: 130, signal: null, out: 'run 7 (ci #3 of lab): running\n' },
      err: '\nThe run goes on: pagure-actions runs watch 7\n',
    });
  });
});
