/** What the configuration names instead of holding it: keys and tokens in variables or files, pipeline texts in files. */
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import type { Faults } from './faults.js';
import { type Spot, entriesOf, textOf } from './tree-reader.js';

/** Where names lead: variables of `env`, paths relative to `folder`. */
export interface NamePlace {
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const LARGEST_SECRET = 4 * 1024;
const LARGEST_PROJECT_SECRET = 64 * 1024;

/**
 * The text that `{env: NAME}` or `{file: PATH}` leads to, without blanks around it. Names and paths are not part of the
 * faults: somebody may have put the secret itself there.
 */
export function readSecret(spot: Spot, place: NamePlace, faults: Faults): string | null {
  const secret = readNamed(spot, { place, limitBytes: LARGEST_SECRET, says: '4 KiB' }, faults);
  if (secret === null || /^[\x21-\x7e]+$/.test(secret.trim())) return secret && secret.trim();
  faults.add(spot.node.where, `${spot.path} leads to a text that is not one word of ASCII characters`);
  return null;
}

/** The same for what jobs get: any text, as it stands but for a line end behind it. */
export function readSecretText(spot: Spot, place: NamePlace, faults: Faults): string | null {
  const text = readNamed(spot, { place, limitBytes: LARGEST_PROJECT_SECRET, says: '64 KiB' }, faults);
  return text && text.replace(/\r?\n$/, '');
}

interface NamedText {
  readonly place: NamePlace;
  readonly limitBytes: number;
  /** The limit, for people. */
  readonly says: string;
}

function readNamed(spot: Spot, { place, limitBytes, says }: NamedText, faults: Faults): string | null {
  const wrong = (message: string) => {
    faults.add(spot.node.where, `${spot.path} ${message}`);
    return null;
  };
  if (spot.node.kind !== 'map')
    return wrong('must be {env: NAME} or {file: PATH}: a secret does not stand in this file');
  const entries = entriesOf(spot, ['env', 'file'], faults);
  const [[word, inner] = [], ...rest] = [...(entries ?? [])];
  if (word === undefined || inner === undefined || rest.length > 0)
    return wrong('must be one of {env: NAME} and {file: PATH}');
  const name = textOf(inner, faults);
  if (name === null) return null;
  const secret = word === 'env' ? place.env[name] : readText(name, place, limitBytes);
  if (secret === undefined) return wrong('names an environment variable that is not set');
  if (secret === null) return wrong(`names a file that cannot be read or is larger than ${says}`);
  return secret;
}

/** A regular file's text; null when there is none, when it is too large, or when it is not UTF-8. Never waits for a pipe. */
export function readText(path: string, { folder }: NamePlace, limitBytes: number): string | null {
  try {
    const file = openSync(isAbsolute(path) ? path : resolve(folder, path), constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const facts = fstatSync(file);
      if (!facts.isFile() || facts.size > limitBytes) return null;
      return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
}
