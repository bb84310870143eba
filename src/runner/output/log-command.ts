/** Reads a line that a step prints as a log command: `::name key=value,…::data`, or the old `##[name key=value;…]data`. Pure. */

export interface LogCommand {
  /** In small letters. */
  readonly name: string;
  /** By their names in small letters. */
  readonly properties: ReadonlyMap<string, string>;
  readonly data: string;
}

const DATA: Readonly<Record<string, string>> = { '25': '%', '0D': '\r', '0A': '\n' };
const PROPERTY: Readonly<Record<string, string>> = { ...DATA, '3A': ':', '2C': ',' };
/** The old form ends its properties with other signs. */
const OLD: Readonly<Record<string, string>> = { ...DATA, '3B': ';', '5D': ']' };

/** Null for a line that has neither form. Whether there is such a command is another question. */
export function readLogCommand(line: string): LogCommand | null {
  return readNew(line.trimStart()) ?? readOld(line);
}

function readNew(line: string): LogCommand | null {
  const end = line.startsWith('::') ? line.indexOf('::', 2) : -1;
  if (end < 0) return null;
  const { name, properties } = readHead(line.slice(2, end), ',', PROPERTY);
  return name === '' ? null : { name, properties, data: unescape(line.slice(end + 2), DATA) };
}

function readOld(line: string): LogCommand | null {
  const start = line.indexOf('##[');
  const end = start < 0 ? -1 : line.indexOf(']', start);
  if (end < 0) return null;
  const { name, properties } = readHead(line.slice(start + 3, end), ';', OLD);
  return name === '' ? null : { name, properties, data: unescape(line.slice(end + 1), OLD) };
}

/** What is no pair is left out, as GitHub's runner does. */
function readHead(
  head: string,
  separator: string,
  escapes: Readonly<Record<string, string>>,
): Pick<LogCommand, 'name' | 'properties'> {
  const blank = head.indexOf(' ');
  const name = (blank < 0 ? head : head.slice(0, blank)).toLowerCase();
  const pairs = blank < 0 ? [] : head.slice(blank).trim().split(separator);
  return { name, properties: new Map(pairs.flatMap((pair) => readPair(pair, escapes))) };
}

function readPair(pair: string, escapes: Readonly<Record<string, string>>): [string, string][] {
  const equals = pair.indexOf('=');
  if (equals < 1) return [];
  return [[pair.slice(0, equals).trim().toLowerCase(), unescape(pair.slice(equals + 1), escapes)]];
}

/** In one go: what `%2525` stands for is not unescaped again. */
function unescape(text: string, escapes: Readonly<Record<string, string>>): string {
  return text.replace(/%([0-9A-F]{2})/gi, (whole, digits: string) => escapes[digits.toUpperCase()] ?? whole);
}
