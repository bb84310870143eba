/** TRUST: the workspace belongs to the stranger. Whatever a job puts where a file was, the server neither follows nor waits. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Session } from '../../src/executor/executor.js';
import { HostExecutor } from '../../src/executor/host-executor.js';
import { scratchFolder, startersUnderTest } from '../process/starters.js';

const [[, starter] = []] = await startersUnderTest();
const top = scratchFolder();
let count = 0;

describe('files of a session', () => {
  let session: Session;
  let outside: string;

  beforeEach(async () => {
    const root = `${top}/${count++}`;
    outside = `${root}-outside`;
    mkdirSync(outside);
    writeFileSync(`${outside}/key`, 'master key');
    const executor = new HostExecutor({ root, env: {}, starter: starter!, report: () => undefined });
    session = await executor.open({ projectId: 1, jobId: 1, attempt: 1, trust: 'trusted', readable: [] });
    return () => session.close();
  });

  const text = async (path: string, limit = 1_000) => (await session.read(path, limit))?.toString() ?? null;

  it('are written below temp with the mode asked for, and read back', async () => {
    await session.put(`${session.temp}/a/b/script.sh`, 'echo hi', 0o700);
    expect(await text(`${session.temp}/a/b/script.sh`)).toBe('echo hi');
    expect(execFileSync('stat', ['-c', '%a', `${session.temp}/a/b/script.sh`]).toString()).toBe('700\n');
  });

  it('are read from the workspace too, and cut at the limit', async () => {
    writeFileSync(`${session.workspace}/long`, '0123456789');
    expect(await text(`${session.workspace}/long`, 4)).toBe('0123');
  });

  it('that are not there are null', async () => {
    expect(await text(`${session.temp}/none`)).toBeNull();
    expect(await text(`${session.temp}/no/folder/none`)).toBeNull();
  });

  it.each(['/etc/passwd', '../x', 'temp/../../x'])('elsewhere are refused: %s', async (path) => {
    const absolute = path.startsWith('/') ? path : `${session.temp}/${path}`;
    await expect(session.read(absolute, 10)).rejects.toThrow('below');
    await expect(session.put(absolute, 'x')).rejects.toThrow('not below');
  });

  it('that were swapped for a link are not followed', async () => {
    symlinkSync(`${outside}/key`, `${session.temp}/output`);
    expect(await text(`${session.temp}/output`)).toBeNull();
  });

  it('whose folder was swapped for a link are neither read nor written', async () => {
    await session.put(`${session.temp}/commands/output`, 'mine');
    renameSync(`${session.temp}/commands`, `${session.temp}/moved`);
    symlinkSync(outside, `${session.temp}/commands`);
    expect(await text(`${session.temp}/commands/key`)).toBeNull();
    await expect(session.put(`${session.temp}/commands/key`, 'x')).rejects.toThrow('cannot be written');
    expect(readFileSync(`${outside}/key`, 'utf8')).toBe('master key');
  });

  it('are not reached through temp itself once it was swapped for a link', async () => {
    renameSync(session.temp, `${session.temp}-moved`);
    symlinkSync(outside, session.temp);
    expect(await text(`${session.temp}/key`)).toBeNull();
    await session.put(`${session.temp}/new`, 'x');
    expect([existsSync(`${outside}/new`), existsSync(`${session.temp}-moved/new`)]).toEqual([false, true]);
  });

  it('cannot be written once temp was deleted', async () => {
    rmSync(session.temp, { recursive: true });
    symlinkSync(outside, session.temp);
    await expect(session.put(`${session.temp}/new`, 'x')).rejects.toThrow('cannot be written');
    expect(existsSync(`${outside}/new`)).toBe(false);
  });

  it('are closed with the session', async () => {
    await session.close();
    await expect(session.read(`${session.temp}/x`, 1)).rejects.toThrow('closed');
  });

  it('that were swapped for a pipe nobody writes to do not make the server wait', async () => {
    execFileSync('mkfifo', [`${session.temp}/output`]);
    expect(await text(`${session.temp}/output`)).toBeNull();
  });

  it.each(['folder', 'socket', 'device'])('that were swapped for a %s are null', async (kind) => {
    const path = `${session.temp}/output`;
    if (kind === 'folder') mkdirSync(path);
    if (kind === 'socket') {
      const server = createServer().listen(path);
      await once(server, 'listening');
      server.unref();
    }
    if (kind === 'device') symlinkSync('/dev/zero', path);
    expect(await text(path)).toBeNull();
  });

  it('are made new: a link under their name is taken away, its target left alone', async () => {
    symlinkSync(`${outside}/key`, `${session.temp}/script`);
    await session.put(`${session.temp}/script`, 'new');
    expect([await text(`${session.temp}/script`), readFileSync(`${outside}/key`, 'utf8')]).toEqual([
      'new',
      'master key',
    ]);
  });

  it('are made new: another name of the same file keeps its content', async () => {
    linkSync(`${outside}/key`, `${session.temp}/script`);
    await session.put(`${session.temp}/script`, 'new');
    expect(readFileSync(`${outside}/key`, 'utf8')).toBe('master key');
  });

  it('of a /proc kind that give bytes without end are cut', async () => {
    writeFileSync(`${session.temp}/sparse`, '');
    execFileSync('truncate', ['-s', '10G', `${session.temp}/sparse`]);
    expect((await session.read(`${session.temp}/sparse`, 100))?.length).toBe(100);
  });
});

describe('files that are made before they are asked for', () => {
  let session: Session;
  let folder: string;
  let outside: string;

  beforeEach(async () => {
    const root = `${top}/${count++}`;
    outside = `${root}-outside`;
    mkdirSync(outside);
    writeFileSync(`${outside}/key`, '');
    const executor = new HostExecutor({ root, env: {}, starter: starter!, report: () => undefined });
    const request = { projectId: 1, jobId: 1, attempt: 1, trust: 'trusted', readable: [], emptyFiles: 1 } as const;
    session = await executor.open(request);
    folder = dirname(session.temp);
    return () => session.close();
  });

  const spares = () => readdirSync(folder).filter((name) => name.startsWith('spare'));

  /** What stands under the name of an empty file that was just put. */
  async function put() {
    const path = `${session.temp}/output`;
    await session.put(path, '');
    const { ino, mode, nlink, size } = lstatSync(path);
    return { inode: ino, kind: mode & 0o170777, nlink, size };
  }

  it('are given for empty ones, and for no others', async () => {
    const { ino } = lstatSync(`${folder}/${spares()[0]}`);
    await session.put(`${session.temp}/script`, 'text');
    await session.put(`${session.temp}/tool`, '', 0o700);
    expect(spares()).toHaveLength(1);
    expect(await put()).toEqual({ inode: ino, kind: 0o100600, nlink: 1, size: 0 });
    expect(spares()).toEqual([]);
  });

  it('are as many as were said to be expected', async () => {
    session.expectFiles?.(5);
    session.expectFiles?.(3);
    expect(spares()).toHaveLength(5);
  });

  it('take the place of what a job has put there', async () => {
    symlinkSync(`${outside}/key`, `${session.temp}/output`);
    expect(await put()).toMatchObject({ kind: 0o100600, size: 0 });
  });

  it.each<[string, (spare: string) => void]>([
    ['was written to', (spare) => writeFileSync(spare, 'x=1')],
    ['may be read by others', (spare) => chmodSync(spare, 0o666)],
    ['has a second name', (spare) => linkSync(spare, `${outside}/second`)],
    ['is another file now', (spare) => renameSync(`${outside}/key`, spare)],
    ['is gone', (spare) => rmSync(spare)],
    ['is a link', (spare) => (rmSync(spare), symlinkSync(`${outside}/key`, spare))],
    ['is a pipe', (spare) => (rmSync(spare), execFileSync('mkfifo', [spare]))],
  ])('are made anew when one %s', async (_what, touch) => {
    const spare = `${folder}/${spares()[0]}`;
    const { ino } = lstatSync(spare);
    const other = lstatSync(`${outside}/key`).ino;
    // Held open, so that no new file gets their numbers.
    const held = [spare, `${outside}/key`].map((path) => openSync(path, 'r'));
    touch(spare);
    const found = await put();
    expect(found).toMatchObject({ kind: 0o100600, nlink: 1, size: 0 });
    expect(found.inode).not.toBe(other);
    expect(found.inode).not.toBe(ino);
    held.forEach((file) => closeSync(file));
  });
});
