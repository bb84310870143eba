/** Deleting what a stranger left: all of it, and nothing else. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { deleteFolder } from '../../src/executor/host/delete-folder.js';
import { compileRooms } from '../process/compiled.js';
import { scratchFolder } from '../process/starters.js';

const top = scratchFolder();
const forEverybody = scratchFolder();
let count = 0;

describe('a folder is deleted', () => {
  let yard: string;
  let outside: string;

  beforeEach(() => {
    yard = `${top}/${count++}`;
    outside = `${yard}-outside`;
    mkdirSync(`${yard}/job`, { recursive: true });
    mkdirSync(outside);
    writeFileSync(`${outside}/kept`, 'kept');
  });

  const bash = (text: string) => execFileSync('bash', ['-c', text], { cwd: `${yard}/job`, stdio: 'pipe' });

  it('with all that is in it, of any kind and name', async () => {
    bash(
      `mkdir -p a/b/c empty; touch a/x a/b/.y 'a/b/c/z z' $'a/\\xff\\xfe' $'new\\nline'; mkfifo pipe; mkdir $'\\xfe'; touch $'\\xfe/x'`,
    );
    await deleteFolder(yard, 'job');
    expect(readdirSync(yard)).toEqual([]);
  });

  it('without following links', async () => {
    symlinkSync(outside, `${yard}/job/link`);
    symlinkSync(`${outside}/kept`, `${yard}/job/file`);
    await deleteFolder(yard, 'job');
    expect([readdirSync(yard), readFileSync(`${outside}/kept`, 'utf8')]).toEqual([[], 'kept']);
  });

  it('however deep it is', async () => {
    execFileSync(process.execPath, ['-e', DEEP], { cwd: `${yard}/job` });
    await deleteFolder(yard, 'job');
    expect(readdirSync(yard)).toEqual([]);
  });

  it('however wide it is, and with files of any size', async () => {
    bash(`touch file-{1..100}; mkdir folder-{1..100}; touch folder-{1..70}/{1..40}; truncate -s 2M folder-1/large`);
    bash(`fallocate -l 2M folder-2/full || head -c 2M /dev/zero > folder-2/full`);
    await deleteFolder(yard, 'job');
    expect(readdirSync(yard)).toEqual([]);
  });

  it('without entering a mount, which is reported', async (context) => {
    const mounted = spawnSync('mount', ['--bind', outside, bashMade('mount')]);
    if (mounted.status !== 0) return context.skip();
    try {
      await expect(deleteFolder(yard, 'job')).rejects.toThrow('not wholly deleted');
      expect(readFileSync(`${outside}/kept`, 'utf8')).toBe('kept');
    } finally {
      execFileSync('umount', [`${yard}/job/mount`]);
    }
    await deleteFolder(yard, 'job');
    expect(readdirSync(yard)).toEqual([]);
  });

  it.runIf(process.getuid?.() === 0)('by a user who is not root although folders in it are read-only', () => {
    const program = compileRooms(forEverybody, ['kernel', 'executor'], DELETER);
    const { status, stderr } = spawnSync(process.execPath, [program, outside], { uid: 65534, gid: 65534 });
    expect([String(stderr), status]).toEqual(['', 0]);
  });

  function bashMade(name: string): string {
    mkdirSync(`${yard}/job/${name}`);
    chmodSync(outside, 0o777);
    return `${yard}/job/${name}`;
  }
});

const DEEP = `
for (let i = 0; i < 3000; i++) {
  require('fs').mkdirSync('d'.repeat(50));
  process.chdir('d'.repeat(50));
}
require('fs').writeFileSync('leaf', '');
`;

const DELETER = `
import { mkdirSync, mkdtempSync, writeFileSync, chmodSync, readdirSync, rmdirSync } from 'node:fs';
import { deleteFolder } from './executor/host/delete-folder.js';
const yard = mkdtempSync('/tmp/pagure-actions-test-');
mkdirSync(yard + '/job/a/b/c', { recursive: true });
writeFileSync(yard + '/job/a/b/c/file', '');
writeFileSync(yard + '/job/a/b/file', '');
for (const name of ['a/b/c', 'a/b', 'a']) chmodSync(yard + '/job/' + name, name === 'a/b' ? 0 : 0o555);
chmodSync(yard + '/job', 0o555);
await deleteFolder(yard, 'job');
if (readdirSync(yard).length > 0) throw new Error('left: ' + readdirSync(yard));
rmdirSync(yard);
`;
