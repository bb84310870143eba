/** TRUST §6: the data folder and the private files, made right and refused when they are wrong. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Settings } from '../../src/config/settings.js';
import { keepFirstToken, openMasterKey, prepareDataFolder } from '../../src/config/start-files.js';
import { SystemRandom } from '../../src/kernel/random.js';
import { SeededRandom } from '../kernel/seeded-random.js';
import { Scene } from './scene.js';

let scene: Scene;
let settings: Settings;
let umask = 0;
const random = new SystemRandom();
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);
const keyFile = () => join(settings.server.stateDir, 'master.key');

beforeEach(() => {
  umask = process.umask();
  scene = new Scene();
  settings = scene.read(null);
});
afterEach(() => {
  process.umask(umask);
  scene.remove();
});

describe('the data folder', () => {
  it('is made with mode 0700, and what is written later is closed to others', () => {
    prepareDataFolder(settings);
    writeFileSync(join(settings.server.dataDir, 'later'), '');
    expect([modeOf(settings.server.dataDir), modeOf(join(settings.server.dataDir, 'later'))]).toEqual(['700', '600']);
  });

  it('is refused when others may enter it, with the command that mends it', () => {
    mkdirSync(settings.server.dataDir);
    chmodSync(settings.server.dataDir, 0o755);
    expect(() => prepareDataFolder(settings)).toThrow(`mend it with: chmod 700 ${settings.server.dataDir}`);
  });

  it('is refused when it cannot be made', () => {
    writeFileSync(settings.server.dataDir, '');
    expect(() => prepareDataFolder(settings)).toThrow('data_dir: the folder');
  });
});

describe('the master key', () => {
  it('is made at the first start, in a file of mode 0600, and is the same at the next', () => {
    const first = openMasterKey(settings, random);
    expect(first).toHaveLength(32);
    expect(modeOf(keyFile())).toBe('600');
    expect(modeOf(settings.server.stateDir)).toBe('700');
    expect(openMasterKey(settings, random)).toEqual(first);
    expect(readdirSync(settings.server.stateDir)).toEqual(['master.key']);
  });

  it('of the environment makes no file', () => {
    const masterKey = Buffer.alloc(32, 1);
    expect(openMasterKey({ ...settings, masterKey }, random)).toBe(masterKey);
    expect(existsSync(settings.server.stateDir)).toBe(false);
  });

  it('is that of the other when two first starts meet', () => {
    const other = openMasterKey(settings, new SeededRandom('other'));
    rmSync(keyFile());
    class Meeting extends SeededRandom {
      override bytes(count: number): Buffer {
        if (!existsSync(keyFile())) writeFileSync(keyFile(), other.toString('hex'), { mode: 0o600 });
        return super.bytes(count);
      }
    }
    expect(openMasterKey(settings, new Meeting('own'))).toEqual(other);
  });

  it('is refused when others may read its file', () => {
    openMasterKey(settings, random);
    chmodSync(keyFile(), 0o640);
    expect(() => openMasterKey(settings, random)).toThrow(`open to others; mend it with: chmod 600 ${keyFile()}`);
  });

  it('is refused when its file is a link', () => {
    const elsewhere = scene.write('elsewhere', '0'.repeat(64));
    mkdirSync(settings.server.stateDir, { recursive: true, mode: 0o700 });
    symlinkSync(elsewhere, keyFile());
    expect(() => openMasterKey(settings, random)).toThrow('master.key cannot be read (ELOOP)');
  });

  it('is refused inside the data folder, also when a link leads there', () => {
    prepareDataFolder(settings);
    mkdirSync(join(settings.server.dataDir, 'state'), { mode: 0o700 });
    symlinkSync(join(settings.server.dataDir, 'state'), join(scene.folder, 'state'));
    const linked = { ...settings, server: { ...settings.server, stateDir: join(scene.folder, 'state') } };
    expect(() => openMasterKey(linked, random)).toThrow('lies inside the data folder');
  });

  it('is refused when its file holds no key, and the message does not hold what it does hold', () => {
    mkdirSync(settings.server.stateDir, { recursive: true, mode: 0o700 });
    writeFileSync(keyFile(), 'not-a-key', { mode: 0o600 });
    expect(() => openMasterKey(settings, random)).toThrow(/must hold 32 bytes(?!.*not-a-key)/s);
  });

  it('is never made anew for a data folder in use: nothing sealed would open again', () => {
    prepareDataFolder(settings);
    openMasterKey(settings, random);
    rmSync(keyFile());
    writeFileSync(join(settings.server.dataDir, 'store.sqlite'), '');
    expect(() => openMasterKey(settings, random)).toThrow('is gone, and what is sealed in');
  });
});

describe('the first token', () => {
  it('stands in a file of mode 0600 outside the data folder, and a later one takes its place', () => {
    const path = keepFirstToken(settings, 'first', random);
    expect(keepFirstToken(settings, 'second', random)).toBe(path);
    expect([readFileSync(path, 'utf8'), modeOf(path)]).toEqual(['second\n', '600']);
    expect(path.startsWith(settings.server.dataDir)).toBe(false);
  });
});
