/** `run` and `dev` as users start them, in a few files and in processes of their own: Ctrl-C once and twice, a reader that goes away, a shell before a step, keys. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleProgram } from '../../scripts/set-up/bundle.mjs';
import { compileRooms } from '../process/compiled.js';
import { jobWith, PIPELINE, type Tree, treeWith, withoutColours } from './run-scene.js';

const PROJECT = resolve(import.meta.dirname, '../..');
const OPTIONS = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
const ROOMS = ['kernel', 'model', 'pipeline', 'process', 'git', 'executor', 'forge', 'runner', 'runs', 'cli'];

let folder = '';
let program = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'run-program-'));
  const main = ts.transpileModule(readFileSync(join(PROJECT, 'src/main.ts'), 'utf8'), { compilerOptions: OPTIONS });
  const compiled = compileRooms(folder, ROOMS, main.outputText);
  symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
  await bundleProgram(compiled, join(folder, 'bin'));
  program = join(folder, 'bin', basename(compiled));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
}

type React = (out: string, child: ChildProcess) => void;

/** `react` is told of everything that was printed so far, with each piece. */
function follow(child: ChildProcess, react: React): Promise<Ended> {
  let out = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (piece: Buffer) => {
      out += piece.toString();
      react(out, child);
    });
  }
  return new Promise((done) => child.once('close', (code) => done({ code, out })));
}

function start({ folder: cwd, env }: Tree, args: readonly string[], react: React): Promise<Ended> {
  return follow(spawn(process.execPath, [program, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] }), react);
}

/** On a terminal of its own; what is written to stdin is typed. */
function atTerminal({ folder: cwd, env }: Tree, args: readonly string[], react: React): Promise<Ended> {
  const line = [process.execPath, program, ...args].join(' ');
  const child = spawn('script', ['-qec', line, '/dev/null'], { cwd, env: { ...env, SHELL: '/bin/sh' }, stdio: 'pipe' });
  return follow(child, react);
}

/** Acts once for each text, in their order, when it has been printed. */
function inTurn(...steps: readonly (readonly [string, (child: ChildProcess) => void])[]): React {
  let at = 0;
  return (out, child) => {
    const step = steps[at];
    if (step === undefined || !withoutColours(out).includes(step[0])) return;
    at += 1;
    step[1](child);
  };
}

const type = (text: string) => (child: ChildProcess) => void child.stdin?.write(text);
const press = (child: ChildProcess) => void child.kill('SIGINT');
const SLOW = jobWith('[{run: "echo begun; sleep 300"}, {if: always(), run: "echo cleaned"}]');
const STUBBORN = jobWith(
  `[{run: "trap 'echo heard' INT; trap '' TERM; echo begun; while true; do sleep 300 || true; done"}]`,
);

describe('Ctrl-C', () => {
  it('cancels as a cancel would: what always runs does, and nothing is left', async () => {
    const tree = treeWith(SLOW);
    const { code, out } = await start(tree, ['run'], inTurn(['[a] begun', press]));
    expect([code, out]).toEqual([1, expect.stringContaining('[a] cleaned\n')]);
    expect(tree.leftovers).toEqual([]);
  }, 60_000);

  it('pressed twice kills, and nothing is left', async () => {
    const tree = treeWith(STUBBORN);
    const { code } = await start(tree, ['run'], inTurn(['[a] begun', press], ['[a] heard', press]));
    expect([code, tree.leftovers]).toEqual([130, []]);
  }, 60_000);
});

describe('a run that is killed', () => {
  it('leaves a folder, which the next run takes away', async () => {
    const script = 'mkdir closed; touch closed/file; chmod 555 closed; echo begun; sleep 300';
    const tree = treeWith(jobWith(`[{run: "${script}"}]`));
    const kill = (child: ChildProcess) => void child.kill('SIGKILL');
    await start(tree, ['run'], inTurn(['[a] begun', kill]));
    expect(tree.leftovers).toHaveLength(1);
    tree.write(PIPELINE, jobWith('[{run: "echo next"}]'));
    const { code } = await start(tree, ['run'], () => undefined);
    expect([code, tree.leftovers]).toEqual([0, []]);
  }, 60_000);

  it('is told from one that goes on', async () => {
    const tree = treeWith(jobWith('[{run: "echo begun; while [ ! -e $HOME_OF/go ]; do sleep 0.05; done"}]'));
    const args = ['run', '--env', `HOME_OF=${tree.folder}`];
    let inner: Promise<Ended> | null = null;
    const outer = start(
      tree,
      args,
      inTurn(['[a] begun', () => (inner = start(tree.write('go', ''), args, () => undefined))]),
    );
    expect([(await outer).code, (await inner!).code, tree.leftovers]).toEqual([0, 0, []]);
  }, 60_000);
});

describe('stderr', () => {
  it('says nothing of ten steps in the background and one before them', async () => {
    const steps = Array.from({ length: 10 }, () => '{run: "until [ -e go ]; do sleep 0.1; done", background: true}');
    const tree = treeWith(jobWith(`[${steps.join(', ')}, {run: "touch go"}]`));
    const { code, out } = await start(tree, ['run'], () => undefined);
    expect(code).toBe(0);
    expect(out).not.toContain('Warning');
  }, 60_000);
});

describe('a reader that has seen enough', () => {
  it('ends the run, and nothing is left', async () => {
    const tree = treeWith(jobWith('[{run: "echo begun; while sleep 0.1; do echo more; done"}]'));
    const { code } = await start(tree, ['run'], inTurn(['[a] begun', (child) => child.stdout?.destroy()]));
    expect([code, tree.leftovers]).toEqual([141, []]);
  }, 60_000);
});

describe('--break-before', () => {
  it('gives a shell in the environment of the step, and goes on when it is left', async () => {
    const tree = treeWith(jobWith('[{run: "echo WORD=magic >> $GITHUB_ENV"}, {id: here, run: "echo step-ran"}]'));
    const react = inTurn(
      ['Leave it (exit, Ctrl-D)', type('echo "the $WORD word"; touch from-shell; ls\n')],
      ['the magic word', type('exit\n')],
    );
    const { code, out } = await atTerminal(tree, ['run', '--break-before', 'here'], react);
    expect(code).toBe(0);
    expect(withoutColours(out)).toMatch(/Stopped before step 2 of a[^]*the magic word[^]*step-ran/);
  }, 60_000);

  it('refuses a step that there is not, and names those that there are', async () => {
    const tree = treeWith(jobWith('[{id: here, run: "echo no"}]'));
    const { code, out } = await atTerminal(tree, ['run', '--break-before', 'there'], () => undefined);
    expect([code, out]).toEqual([2, expect.stringContaining('there are a/here')]);
  }, 60_000);
});

describe('dev', () => {
  it('says problems on save, runs what changed on a key, and ends in order', async () => {
    const tree = treeWith(jobWith('[{run: "cat word"}]'), { '.gitignore': 'ignored\n' });
    const broken = jobWith('[{run: "cat word"}]').replace('push', 'psuh');
    const react = inTurn(
      ['q quit', () => tree.write('ignored', 'x').write(PIPELINE, broken)],
      [
        'did you mean `push`?',
        () => tree.write(PIPELINE, jobWith('[{run: "cat word"}]')).write('word', 'changed-word\n'),
      ],
      ['(2 files)', type('r')],
      ['✓ a', type('q')],
    );
    const { code, out } = await atTerminal(tree, ['dev'], react);
    expect(code).toBe(0);
    expect(withoutColours(out)).toContain('changed-word');
    expect(out).not.toContain('ignored');
    expect(tree.leftovers).toEqual([]);
  }, 60_000);

  it('ends with Ctrl-C where no terminal is', async () => {
    const tree = treeWith(jobWith('[{run: "true"}]'));
    const { code } = await start(tree, ['dev'], inTurn(['1 pipeline: no problem', press]));
    expect([code, tree.leftovers]).toEqual([0, []]);
  }, 60_000);
});
