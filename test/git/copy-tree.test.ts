/** A workspace that is filled from a folder that somebody works in: its files as they stand, and a repository of its own. */
import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SystemClock } from '../../src/kernel/clock.js';
import { NO_COMMIT } from '../../src/model/event.js';
import type { JobSource, WorkingTree } from '../../src/model/job-order.js';
import { ProcessStarter } from '../../src/process/process-starter.js';
import { gitIn } from '../fixtures/repositories/restore.js';
import { runCheckout } from './run-checkout.js';

let folder = '';
let tree = '';
let workspace = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'copy-tree-'));
  tree = join(folder, 'my tree');
  workspace = join(folder, 'work space');
  mkdirSync(tree);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(join(tree, path)), { recursive: true });
  writeFileSync(join(tree, path), text);
  chmodSync(join(tree, path), mode);
}

/** A repository with one commit of what stands in the tree. */
function commitAll(): string {
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org'];
  gitIn(tree, 'init', '--quiet', '--initial-branch=topic/x');
  gitIn(tree, 'add', '--all');
  gitIn(tree, ...who, 'commit', '--quiet', '--allow-empty', '-m', 'first');
  return gitIn(tree, 'rev-parse', 'HEAD');
}

async function copy(source: Partial<JobSource> = {}, how: Partial<WorkingTree> = {}) {
  const starter = ProcessStarter.withGroups(join(folder, 'pipes'), new SystemClock());
  const whole: JobSource = {
    ...{ mirror: join(tree, '.git'), commit: NO_COMMIT, ref: 'refs/heads/topic/x', url: tree, ...source },
    tree: { folder: tree, files: 'git', excludes: null, without: null, ...how },
  };
  const end = await runCheckout((command, output) => starter.start(command, output), whole, workspace);
  starter.close();
  return end;
}

const read = (path: string) => readFileSync(join(workspace, path), 'utf8');
const GOOD = { code: 0, output: '' };

describe('a working tree', () => {
  it('is copied as it stands: changed and new files, not what is ignored or was deleted', async () => {
    write('.gitignore', 'build/\n');
    write('kept', 'old');
    write('gone', 'x');
    const commit = commitAll();
    write('kept', 'new');
    write('a folder/new\nfile', 'here');
    write('build/out', 'no');
    rmSync(join(tree, 'gone'));
    expect(await copy({ commit })).toEqual(GOOD);
    expect([read('kept'), read('a folder/new\nfile')]).toEqual(['new', 'here']);
    expect([existsSync(join(workspace, 'gone')), existsSync(join(workspace, 'build'))]).toEqual([false, false]);
    expect(gitIn(workspace, 'status', '--porcelain', '--branch', '-z').split('\0')).toEqual(
      gitIn(tree, 'status', '--porcelain', '--branch', '-z').split('\0'),
    );
  });

  it('has a repository of its own on the branch and commit of the tree, with its history', async () => {
    write('file', 'x');
    const commit = commitAll();
    expect(await copy({ commit })).toEqual(GOOD);
    expect(gitIn(workspace, 'rev-parse', 'HEAD')).toBe(commit);
    expect(gitIn(workspace, 'symbolic-ref', 'HEAD')).toBe('refs/heads/topic/x');
    gitIn(workspace, '-c', 'user.name=A', '-c', 'user.email=a@b', 'commit', '--quiet', '--allow-empty', '-m', 'second');
    expect(gitIn(tree, 'rev-parse', 'HEAD')).toBe(commit);
  });

  it('keeps links as links and what may be executed', async () => {
    write('run.sh', '#!/bin/sh\n', 0o755);
    symlinkSync('run.sh', join(tree, 'link'));
    symlinkSync('/nowhere', join(tree, 'dangling'));
    commitAll();
    expect(await copy()).toEqual(GOOD);
    expect([readlinkSync(join(workspace, 'link')), readlinkSync(join(workspace, 'dangling'))]).toEqual([
      'run.sh',
      '/nowhere',
    ]);
    expect(lstatSync(join(workspace, 'run.sh')).mode & 0o777).toBe(0o755);
  });

  it('leaves out what the user ignores everywhere', async () => {
    write('kept', 'x');
    commitAll();
    write('notes~', 'x');
    writeFileSync(join(folder, 'ignore'), '*~\n');
    expect(await copy({}, { excludes: join(folder, 'ignore') })).toEqual(GOOD);
    expect([existsSync(join(workspace, 'kept')), existsSync(join(workspace, 'notes~'))]).toEqual([true, false]);
  });

  it('without a commit has a branch that is not born yet', async () => {
    gitIn(tree, 'init', '--quiet', '--initial-branch=topic/x');
    write('file', 'x');
    expect(await copy()).toEqual(GOOD);
    expect(gitIn(workspace, 'status', '--porcelain')).toBe('?? file');
  });

  it('that holds another repository leaves that one out', async () => {
    write('file', 'x');
    commitAll();
    mkdirSync(join(tree, 'inner'));
    gitIn(join(tree, 'inner'), 'init', '--quiet');
    expect(await copy()).toEqual(GOOD);
    expect([read('file'), existsSync(join(workspace, 'inner'))]).toEqual(['x', false]);
  });

  it('does not copy the folder of the jobs into themselves', async () => {
    write('file', 'x');
    commitAll();
    write('jobs [1]/file', 'x');
    expect(await copy({}, { without: join(tree, 'jobs [1]') })).toEqual(GOOD);
    expect([read('file'), existsSync(join(workspace, 'jobs [1]'))]).toEqual(['x', false]);
  });

  it('in no repository gives all its files, but for the folder that is left out', async () => {
    write('.hidden/file', 'x');
    write('jobs [1]/file', 'x');
    const without = join(tree, 'jobs [1]');
    expect(await copy({ mirror: '' }, { files: 'all', without })).toEqual(GOOD);
    expect([read('.hidden/file'), existsSync(join(workspace, 'jobs [1]'))]).toEqual(['x', false]);
    expect(existsSync(join(workspace, '.git'))).toBe(false);
  });

  it('that git cannot list is no empty workspace but a failure', async () => {
    write('file', 'x');
    commitAll();
    writeFileSync(join(tree, '.git/index'), 'broken');
    const { code, output } = await copy();
    expect([code, output]).toEqual([1, expect.stringContaining('index')]);
  });

  it('copied twice gives the files anew', async () => {
    write('file', 'x', 0o444);
    commitAll();
    await copy();
    rmSync(join(workspace, 'file'));
    symlinkSync(join(folder, 'elsewhere'), join(workspace, 'file'));
    expect(await copy()).toEqual(GOOD);
    expect([read('file'), existsSync(join(folder, 'elsewhere'))]).toEqual(['x', false]);
  });
});
