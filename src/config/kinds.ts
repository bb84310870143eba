/** The kinds of value that a setting can have, each read from text: YAML scalars, an environment variable or an option. */
import { isAbsolute, join, resolve } from 'node:path';

/** What relative paths are relative to, and whose home `~` is. */
export interface TextOrigin {
  readonly folder: string;
  readonly home: string;
}

/** A way to read text; a list is written as a list in the file, and separated by commas in a variable. */
export interface Kind<T> {
  readonly name: string;
  /** Completes "must be …". */
  readonly says: string;
  readonly isList: boolean;
  /** Undefined when the texts are no such value. */
  read(texts: readonly string[], origin: TextOrigin): T | undefined;
}

function one<T>(name: string, says: string, read: (text: string, origin: TextOrigin) => T | undefined): Kind<T> {
  return {
    name,
    says,
    isList: false,
    read: ([text, ...rest], origin) => (text === undefined || rest.length > 0 ? undefined : read(text, origin)),
  };
}

export function listOf<T>(item: Kind<T>): Kind<readonly T[]> {
  return {
    name: `list of ${item.name}s`,
    says: `a list, each item ${item.says}`,
    isList: true,
    read(texts, origin) {
      const values = texts.map((text) => item.read([text], origin)).filter((value) => value !== undefined);
      return values.length === texts.length ? values : undefined;
    },
  };
}

export const flag = one<boolean>('boolean', 'true or false', (text) => {
  if (text === 'true') return true;
  return text === 'false' ? false : undefined;
});

/** One of a few words. */
export function oneOf<T extends string>(words: readonly T[]): Kind<T> {
  return one('word', `one of ${words.join(', ')}`, (text) => words.find((word) => word === text));
}

export const path = one<string>('path', 'a path', (text, origin) => {
  if (text.trim() === '' || text.includes('\0')) return undefined;
  const whole = text === '~' || text.startsWith('~/') ? join(origin.home, text.slice(1)) : text;
  return isAbsolute(whole) ? resolve(whole) : resolve(origin.folder, whole);
});

/** Letters, digits, dots and colons only, so that it can stand in a URL. */
export const address = one<string>('address', 'an IP address or a host name to listen on', (text) =>
  /^[A-Za-z0-9.:-]{1,253}$/.test(text) ? text : undefined,
);

/** A word of `using` and a path, kept as they are written. */
export const nodePath = one<string>('Node', 'such as node20=/opt/node20/bin/node', (text) =>
  /^node\d{1,3}=\/[^\0\n]+$/.test(text) ? text : undefined,
);

export function integer(least: number, most: number): Kind<number> {
  return one('number', `a whole number from ${least} to ${most}`, (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : -1;
    return value >= least && value <= most ? value : undefined;
  });
}

const MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

export const duration = one<number>('duration', 'a duration such as 30s, 10m, 12h or 7d', (text) => {
  const [, count, unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  return count === undefined ? undefined : Number(count) * (MS[unit] ?? 0);
});

const BYTES: Readonly<Record<string, number>> = { KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 };

export const size = one<number>('size', 'a size such as 512KiB, 64MiB or 2GiB', (text) => {
  const [, count, unit = ''] = /^([1-9]\d{0,5})(KiB|MiB|GiB)$/.exec(text) ?? [];
  return count === undefined ? undefined : Number(count) * (BYTES[unit] ?? 0);
});

/** Without a trailing slash, for links are made by adding to it. */
export const publicUrl = one<string>(
  'URL',
  'an http or https URL without user, query or fragment, whose host has a dot or is localhost or an IP address (Pagure refuses links to other hosts)',
  (text) => {
    if (!URL.canParse(text)) return undefined;
    const url = new URL(text);
    const isPlain = [url.username, url.password, url.search, url.hash].every((part) => part === '');
    const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
    return isPlain && isWeb && isTakenByPagure(url.hostname) ? url.href.replace(/\/+$/, '') : undefined;
  },
);

/** Pagure's form field answers 400 "Invalid input." to the url of a flag whose host has no dot; these pass. */
function isTakenByPagure(host: string): boolean {
  return host === 'localhost' || host.startsWith('[') || /[^.]\.[^.]/.test(host);
}

/** As a Host header has it. */
export const hostName = one<string>('host name', 'a host name or an IP address, without a port', (text) =>
  /^(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])$/.test(text) ? text.toLowerCase() : undefined,
);

/** As `egress/` takes it. */
export const hostOrRange = one<string>(
  'host or range',
  'a host name, an IP address or a range such as 10.0.0.0/8',
  (text) => (/^[A-Za-z0-9.:-]{1,253}(?:\/\d{1,3})?$/.test(text) ? text : undefined),
);

export const masterKey = one<Buffer>('key', '32 bytes, written as 64 hex digits or in base64', (text) => {
  if (/^[0-9A-Fa-f]{64}$/.test(text)) return Buffer.from(text, 'hex');
  return /^[A-Za-z0-9+/_-]{43}=?$/.test(text) ? Buffer.from(text, 'base64') : undefined;
});
