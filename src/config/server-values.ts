/** The values of the settings' table: an option beats a variable, a variable beats the file, the file beats the default. */
import { parseArgs } from 'node:util';
import { nearestWord } from '../kernel/suggest.js';
import type { Faults } from './faults.js';
import type { TextOrigin } from './kinds.js';
import { SERVER_SETTINGS, type ServerValues, type SettingRow } from './settings-table.js';
import { type Spot, entriesOf } from './tree-reader.js';

/** The one option that is no setting. */
export const CONFIG_OPTION = 'config';

/** Texts that were given for a setting, and where; null for a list where one text is wanted, or the reverse. */
interface Given {
  readonly texts: readonly string[] | null;
  readonly where: string;
  /** How the message names it: `server.port`, a variable, an option. */
  readonly name: string;
  readonly origin: TextOrigin;
}

/** What the options say, by name; an unknown one, a missing value and a stray word are faults. */
export function readOptions(args: readonly string[], faults: Faults): ReadonlyMap<string, readonly string[]> {
  const known = [CONFIG_OPTION, ...Object.values(SERVER_SETTINGS).flatMap((row) => row.option ?? [])];
  const options = Object.fromEntries(known.map((name) => [name, { type: 'string' as const, multiple: true }]));
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const found = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') faults.add('command line', 'has a word that belongs to no option');
    if (token.kind !== 'option') continue;
    if (!known.includes(token.name)) faults.add('command line', unknownOption(token.rawName, token.name, known));
    else if (token.value === undefined) faults.add('command line', `${token.rawName} needs a value`);
    else found.set(token.name, [...(found.get(token.name) ?? []), token.value]);
  }
  return found;
}

function unknownOption(rawName: string, name: string, known: readonly string[]): string {
  const near = nearestWord(name, known);
  return `${rawName.slice(0, 60)} is no option${near === null ? '' : `; did you mean --${near}?`}`;
}

/** Where a setting may come from; `server` is the file's part, null when there is none. */
export interface ServerSources {
  readonly server: Spot | null;
  readonly options: ReadonlyMap<string, readonly string[]>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Of texts in the file, and of all others. */
  readonly fileOrigin: TextOrigin;
  readonly origin: TextOrigin;
}

/** A value whose text is wrong is left undefined, with a fault. */
export function readServerValues(sources: ServerSources, faults: Faults): Partial<ServerValues> {
  const inFile = sources.server === null ? new Map<string, Spot>() : flatEntries(sources.server, faults);
  const values = Object.entries(SERVER_SETTINGS).map(([name, row]: [string, SettingRow<unknown>]) => {
    const given = givenBy(row, inFile, sources);
    return [name, valueOf(row, given, sources.origin, faults)];
  });
  return Object.fromEntries(values) as Partial<ServerValues>;
}

/** `egress: {allow: …}` and `port:` alike as `egress.allow` and `port`. */
function flatEntries(server: Spot, faults: Faults): ReadonlyMap<string, Spot> {
  const keys = Object.values(SERVER_SETTINGS).flatMap((row) => row.key ?? []);
  const groups = new Set(keys.filter((key) => key.includes('.')).map((key) => key.split('.')[0] ?? ''));
  const top = [...new Set(keys.map((key) => key.split('.')[0] ?? ''))];
  const flat = new Map<string, Spot>();
  for (const [key, spot] of entriesOf(server, top, faults) ?? []) {
    if (!groups.has(key)) flat.set(key, spot);
    else {
      const inside = keys.filter((each) => each.startsWith(`${key}.`)).map((each) => each.slice(key.length + 1));
      for (const [innerKey, inner] of entriesOf(spot, inside, faults) ?? []) flat.set(`${key}.${innerKey}`, inner);
    }
  }
  return flat;
}

/** The texts of the strongest source that says anything; null when none does. */
function givenBy(
  row: SettingRow<unknown>,
  inFile: ReadonlyMap<string, Spot>,
  { options, env, origin, fileOrigin }: ServerSources,
): Given | null {
  const split = (text: string) => (row.kind.isList ? text.split(',').map((part) => part.trim()) : [text]);
  const option = row.option === null ? undefined : options.get(row.option);
  if (option !== undefined)
    return { texts: option.flatMap(split), where: 'command line', name: `--${row.option}`, origin };
  const variable = env[row.variable];
  if (variable !== undefined) return { texts: split(variable), where: 'environment', name: row.variable, origin };
  const spot = row.key === null ? undefined : inFile.get(row.key);
  if (spot === undefined) return null;
  return { texts: textsOf(spot, row), where: spot.node.where, name: spot.path, origin: fileOrigin };
}

/** Null when it is a list where one text is wanted, or the reverse. */
function textsOf({ node }: Spot, row: SettingRow<unknown>): readonly string[] | null {
  if (node.kind === 'text') return row.kind.isList ? null : [node.text];
  if (node.kind !== 'list' || !row.kind.isList) return null;
  return node.items.map((item) => (item.kind === 'text' ? item.text : ''));
}

function valueOf(row: SettingRow<unknown>, given: Given | null, origin: TextOrigin, faults: Faults): unknown {
  if (given === null) return row.fallback === null ? null : row.kind.read(row.fallback, origin);
  const value = given.texts === null ? undefined : row.kind.read(given.texts, given.origin);
  if (value === undefined) faults.add(given.where, `${given.name} must be ${row.kind.says}`);
  return value;
}
