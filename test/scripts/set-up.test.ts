/** Set-up: what it asks of the machine, what it calls done, and that two at once do not trample each other. */
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fingerprint, isBuilt } from '../../scripts/set-up/build.mjs';
import { areInstalled } from '../../scripts/set-up/dependencies.mjs';
import { checkPrograms, missingCompilers } from '../../scripts/set-up/programs.mjs';

const LOCK_MODULE = pathToFileURL(resolve(import.meta.dirname, '../../scripts/set-up/lock.mjs')).href;

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'set-up-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function program(name: string): void {
  write(`bin/${name}`, '#!/bin/sh\n');
  chmodSync(join(folder, 'bin', name), 0o755);
}

describe('the machine', () => {
  it.each(['18.20.0', '20.18.1'])('Node.js %s is refused with both versions named', (version) => {
    expect(() => checkPrograms(version)).toThrow(`Node.js 20.19 or newer is needed; this is ${version}.`);
  });

  it.each(['20.19.0', '22.0.0', '24.1.0'])('Node.js %s is taken', (version) => {
    expect(() => checkPrograms(version)).not.toThrow();
  });

  it.each(['git version 2.36.9', 'git version 1.99.0 (Apple Git-1)'])(
    '%s is refused with both versions named',
    (git) => {
      expect(() => checkPrograms('22.0.0', git)).toThrow(
        /^git 2\.37 or newer is needed; this is (2\.36\.9|1\.99\.0)\.$/,
      );
    },
  );

  it.each(['git version 2.37.0', 'git version 3.0.1'])('%s is taken', (git) => {
    expect(() => checkPrograms('22.0.0', git)).not.toThrow();
  });

  it('without git is refused with the line that installs it', () => {
    expect(() => checkPrograms('22.0.0', null)).toThrow(/^git is needed[^]*install -y git$/);
  });

  it('the line for Debian names what is missing, and only that', () => {
    for (const name of ['apt-get', 'make']) program(name);
    const missing = missingCompilers({ PATH: join(folder, 'bin') });
    expect(missing?.names).toEqual(['python3', 'g++']);
    expect(missing?.line).toMatch(/^(sudo )?apt-get install -y python3 g\+\+$/);
  });

  it('the line for Fedora uses its own package names', () => {
    for (const name of ['dnf', 'make', 'python3']) program(name);
    expect(missingCompilers({ PATH: join(folder, 'bin') })?.line).toMatch(/^(sudo )?dnf install -y gcc-c\+\+$/);
  });

  it('nothing is missing where all three are there', () => {
    for (const name of ['make', 'python3', 'g++']) program(name);
    expect(missingCompilers({ PATH: join(folder, 'bin') })).toBeNull();
  });
});

describe('the packages', () => {
  const lock = (packages: object) => JSON.stringify({ packages: { '': {}, ...packages } });
  const wanted = { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.0', optional: true } };

  it('are installed when npm noted every one of the lock, optional ones excepted', () => {
    write('package-lock.json', lock(wanted));
    write('node_modules/.package-lock.json', lock({ 'node_modules/a': { version: '1.0.0' } }));
    expect(areInstalled(folder)).toBe(true);
  });

  it('are not installed when a version differs', () => {
    write('package-lock.json', lock(wanted));
    write('node_modules/.package-lock.json', lock({ 'node_modules/a': { version: '1.0.1' } }));
    expect(areInstalled(folder)).toBe(false);
  });

  it('are not installed in a fresh clone', () => {
    write('package-lock.json', lock(wanted));
    expect(areInstalled(folder)).toBe(false);
  });
});

describe('the build', () => {
  beforeEach(() => {
    write('src/main.ts', 'export {};');
    write('dist/.built-from', fingerprint(folder));
  });

  it('counts as done while its sources are the same', () => {
    expect(isBuilt(folder)).toBe(true);
  });

  it('is done again after a change that leaves the size alone', () => {
    utimesSync(join(folder, 'src/main.ts'), 1, 1);
    expect(isBuilt(folder)).toBe(false);
  });

  it('is done again when a source is gone', () => {
    rmSync(join(folder, 'src/main.ts'));
    expect(isBuilt(folder)).toBe(false);
  });

  it('is done again when it never ended', () => {
    rmSync(join(folder, 'dist/.built-from'));
    expect(isBuilt(folder)).toBe(false);
  });
});

describe('two set-ups at once', () => {
  const worker = (name: string) => {
    const text = `
      import { appendFileSync, readFileSync } from 'node:fs';
      import { withLock } from ${JSON.stringify(LOCK_MODULE)};
      await withLock(${JSON.stringify(folder)}, async () => {
        appendFileSync('trace', '${name}(');
        for (let i = 0; i < 50; i += 1) await new Promise(setImmediate);
        appendFileSync('trace', '${name})');
      });`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', text], { cwd: folder, stdio: 'ignore' });
    return new Promise<number | null>((done) => child.on('close', done));
  };

  it('work one after the other', async () => {
    expect(await Promise.all(['a', 'b', 'c'].map(worker))).toEqual([0, 0, 0]);
    expect(readFileSync(join(folder, 'trace'), 'utf8')).toMatch(/^(?:(\w)\(\1\)){3}$/);
    expect(existsSync(join(folder, '.cache/set-up.lock'))).toBe(false);
  });

  it('do not wait for one that was killed', async () => {
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    write('.cache/set-up.lock', String(gone));
    expect(await worker('a')).toBe(0);
    expect(readFileSync(join(folder, 'trace'), 'utf8')).toBe('a(a)');
  });
});
