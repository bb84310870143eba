/** Reads a file of problem matchers: JSON as GitHub documents it, its regular expressions for a linear engine. Pure. */
import { RE2JS } from 're2js';
import { messageOf } from '../../kernel/errors.js';
import { isJsonObject, type Json, type JsonObject } from '../../kernel/json.js';
import { ANNOTATION_LEVELS } from '../../model/annotation.js';

/** What a group of a regular expression tells. */
export const MATCHED_FIELDS = ['file', 'fromPath', 'line', 'column', 'severity', 'code', 'message'] as const;

export type MatchedField = (typeof MATCHED_FIELDS)[number];

export interface MatcherPattern {
  readonly regexp: RE2JS;
  /** Which group tells what. */
  readonly groups: readonly (readonly [MatchedField, number])[];
  readonly loop: boolean;
}

export interface MatcherSpec {
  readonly owner: string;
  /** '' for the default, which is error. */
  readonly severity: string;
  readonly fromPath: string;
  readonly patterns: readonly MatcherPattern[];
  /** How large its expressions are, in instructions of the engine. */
  readonly size: number;
}

/** The matchers that can be used, and why the others cannot, each by its name. */
export interface ReadMatchers {
  readonly matchers: readonly MatcherSpec[];
  readonly refused: readonly string[];
}

const MOST_MATCHERS = 50;
const MOST_PATTERNS = 10;
const MOST_REGEXP_CHARACTERS = 1_000;
const MOST_INSTRUCTIONS = 1_000;

/** What is wrong with a file or a matcher, in words that follow its name. */
class MatcherFault extends Error {}

/** Throws an Error, its message for people, when the file is none of matchers at all. */
export function readMatchers(text: string): ReadMatchers {
  const entries = entriesOf(text);
  const matchers: MatcherSpec[] = [];
  const refused: string[] = [];
  entries.forEach((entry, i) => {
    const name = nameOf(entry, i);
    try {
      matchers.push(matcherOf(entry));
    } catch (thrown) {
      if (!(thrown instanceof MatcherFault)) throw thrown;
      refused.push(`${name}: ${messageOf(thrown)}`);
    }
  });
  return { matchers, refused };
}

/** The owners that a file names, whatever else is in it. Throws as `readMatchers`. */
export function readOwners(text: string): readonly string[] {
  return entriesOf(text).flatMap((entry) => (isJsonObject(entry) ? [textOf(entry['owner'], 'owner')] : []));
}

function entriesOf(text: string): readonly Json[] {
  let file: Json;
  try {
    file = JSON.parse(text.replace(/^\uFEFF/, '')) as Json;
  } catch {
    throw new Error('it is no JSON');
  }
  const entries = isJsonObject(file) ? file['problemMatcher'] : null;
  if (!Array.isArray(entries)) throw new Error("it has no list 'problemMatcher'");
  if (entries.length > MOST_MATCHERS) throw new Error(`it has more than ${MOST_MATCHERS} matchers`);
  return entries;
}

function nameOf(entry: Json, i: number): string {
  const owner = isJsonObject(entry) ? entry['owner'] : null;
  return typeof owner === 'string' && owner !== '' ? `'${owner.slice(0, 100)}'` : `number ${i + 1}`;
}

function matcherOf(entry: Json): MatcherSpec {
  if (!isJsonObject(entry)) throw new MatcherFault('it is no object');
  const owner = textOf(entry['owner'], 'owner');
  if (owner === '') throw new MatcherFault("it has no 'owner'");
  const severity = textOf(entry['severity'], 'severity').toLowerCase();
  if (severity !== '' && !ANNOTATION_LEVELS.some((level) => level === severity))
    throw new MatcherFault("'severity' must be error, warning or notice");
  const list = entry['pattern'];
  const given = Array.isArray(list) ? list : isJsonObject(list) ? [list] : [];
  if (given.length === 0 || given.length > MOST_PATTERNS)
    throw new MatcherFault(`it needs 1 to ${MOST_PATTERNS} patterns`);
  const patterns = given.map((pattern, i) => patternOf(pattern, i === given.length - 1 && given.length > 1));
  checkTogether(patterns);
  const size = patterns.reduce((sum, { regexp }) => sum + regexp.programSize(), 0);
  return { owner, severity, fromPath: textOf(entry['fromPath'], 'fromPath'), patterns, size };
}

function patternOf(entry: Json, mayLoop: boolean): MatcherPattern {
  if (!isJsonObject(entry)) throw new MatcherFault('a pattern is no object');
  const regexp = compile(textOf(entry['regexp'], 'regexp'));
  const loop = entry['loop'] ?? false;
  if (typeof loop !== 'boolean') throw new MatcherFault("'loop' must be true or false");
  if (loop && !mayLoop) throw new MatcherFault("only the last of several patterns may set 'loop'");
  const groups = MATCHED_FIELDS.flatMap((field) => groupOf(entry, field, regexp.groupCount()));
  if (loop && !groups.some(([field]) => field === 'message'))
    throw new MatcherFault("the pattern with 'loop' must set 'message'");
  return { regexp, groups, loop };
}

function groupOf(entry: JsonObject, field: MatchedField, most: number): [MatchedField, number][] {
  const value = entry[field] ?? null;
  if (value === null) return [];
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > most)
    throw new MatcherFault(`'${field}' must be a group of its expression, 0 to ${most}`);
  return [[field, value]];
}

/** Each field is told once, and the message is. */
function checkTogether(patterns: readonly MatcherPattern[]): void {
  const fields = patterns.flatMap(({ groups }) => groups.map(([field]) => field));
  const twice = fields.find((field, i) => fields.indexOf(field) !== i);
  if (twice !== undefined) throw new MatcherFault(`'${twice}' is set by two patterns`);
  if (!fields.includes('message')) throw new MatcherFault("no pattern sets 'message'");
}

function compile(source: string): RE2JS {
  if (source === '') throw new MatcherFault("a pattern has no 'regexp'");
  if (source.length > MOST_REGEXP_CHARACTERS)
    throw new MatcherFault(`an expression is longer than ${MOST_REGEXP_CHARACTERS} characters`);
  const regexp = compiled(source);
  if (regexp.programSize() > MOST_INSTRUCTIONS) throw new MatcherFault('an expression is too large when written out');
  return regexp;
}

/** What needs backtracking (look-around, back-references) is no expression for it. */
function compiled(source: string): RE2JS {
  try {
    return RE2JS.compile(RE2JS.translateRegExp(source));
  } catch (thrown) {
    throw new MatcherFault(`the linear engine does not take an expression (${messageOf(thrown).slice(0, 200)})`);
  }
}

function textOf(value: Json | undefined, key: string): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') throw new MatcherFault(`'${key}' must be a text`);
  return value;
}
