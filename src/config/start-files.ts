/** The data folder, the master key and the first token: what the first start makes and every start checks. */
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../kernel/random.js';
import { SettingsError } from './faults.js';
import { masterKey } from './kinds.js';
import { ensurePrivateFolder, makePrivateFile, readPrivateFile, replacePrivateFile } from './private-files.js';
import type { Settings } from './settings.js';

const KEY_NAME = 'master.key';
const TOKEN_NAME = 'first-token';
const KEY_BYTES = 32;

/**
 * Call it before anything is written: sets this process's umask to 077, makes the data folder with mode 0700, throws a
 * SettingsError when it is open to others.
 */
export function prepareDataFolder({ server }: Settings): void {
  process.umask(0o077);
  ensurePrivateFolder(server.dataDir, 'data_dir');
}

/**
 * The 32 bytes that seal keys and tokens: of the environment, else of the file in the state folder, which the first start
 * makes. Throws a SettingsError when that file is open to others, lies inside the data folder (links followed), or is gone
 * while the data folder is in use: a new key would open nothing. Safe when two processes start at once.
 */
export function openMasterKey(settings: Settings, random: Random): Buffer {
  if (settings.masterKey !== null) return settings.masterKey;
  const { stateDir, dataDir } = settings.server;
  ensurePrivateFolder(stateDir, 'state_dir');
  refuseInsideData(stateDir, dataDir);
  const path = join(stateDir, KEY_NAME);
  return readKey(path) ?? makeKey(path, dataDir, random);
}

/** Writes the first API token to a 0600 file, in place of an earlier one, and returns its path: the token itself is never logged. */
export function keepFirstToken({ server }: Settings, token: string, random: Random): string {
  ensurePrivateFolder(server.stateDir, 'state_dir');
  const path = join(server.stateDir, TOKEN_NAME);
  replacePrivateFile(path, `${token}\n`, `${path}.${random.hex(8)}`);
  return path;
}

function refuseInsideData(stateDir: string, dataDir: string): void {
  if (!existsSync(dataDir) || !`${realpathSync(stateDir)}/`.startsWith(`${realpathSync(dataDir)}/`)) return;
  throw wrongKey(`${stateDir} lies inside the data folder: a copy of the data would hold the key to it`);
}

function readKey(path: string): Buffer | null {
  const text = readPrivateFile(path, 'master key')?.toString('latin1').trim();
  if (text === undefined) return null;
  const key = masterKey.read([text], { folder: '/', home: '/' });
  if (key === undefined) throw wrongKey(`${path} must hold ${masterKey.says}`);
  return key;
}

function makeKey(path: string, dataDir: string, random: Random): Buffer {
  if (isInUse(dataDir)) {
    const what = `${path} is gone, and what is sealed in ${dataDir} opens with no other key`;
    throw wrongKey(`${what}: put it back, or set PAGURE_ACTIONS_MASTER_KEY`);
  }
  makePrivateFile(path, `${random.hex(KEY_BYTES)}\n`, `${path}.${random.hex(8)}`);
  const key = readKey(path);
  if (key === null) throw wrongKey(`${path} vanished while it was made`);
  return key;
}

function isInUse(dataDir: string): boolean {
  const isOurs = (name: string) => !name.startsWith('.') && name !== 'lost+found';
  return existsSync(dataDir) && readdirSync(dataDir).some(isOurs);
}

function wrongKey(message: string): SettingsError {
  return new SettingsError([{ where: 'master key', message }]);
}
