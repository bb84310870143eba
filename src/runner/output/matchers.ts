/** The problem matchers of a job, and how far each of them has got in the lines of one stream. */
import { posix } from 'node:path';
import { ANNOTATION_LEVELS } from '../../model/annotation.js';
import type { FoundIssue } from './annotation-texts.js';
import type { MatchedField, MatcherPattern, MatcherSpec } from './matcher-file.js';

/** Instructions of all expressions together: what one line may cost. */
const MOST_INSTRUCTIONS = 3_000;

/** Of a longer line nothing is matched: no tool reports a problem so. */
const MOST_LINE = 2_000;

const COLOURS = new RegExp('\\u001b\\[[0-9;]*m?', 'g');

type Fields = ReadonlyMap<MatchedField, string>;

/** Counts for the lines that come after a change, in all steps. */
export class Matchers {
  /** The newest first. */
  private list: readonly MatcherSpec[] = [];

  get isEmpty(): boolean {
    return this.list.length === 0;
  }

  get newestFirst(): readonly MatcherSpec[] {
    return this.list;
  }

  /** One of the same owner takes the place of the earlier one. False when there is no room for it. */
  add(spec: MatcherSpec): boolean {
    const others = this.list.filter(({ owner }) => owner !== spec.owner);
    if (others.reduce((sum, { size }) => sum + size, spec.size) > MOST_INSTRUCTIONS) return false;
    this.list = [spec, ...others];
    return true;
  }

  remove(owner: string): void {
    this.list = this.list.filter((spec) => spec.owner !== owner);
  }
}

/** Lines of one stream, in order. */
export class MatchedLines {
  /** What the patterns before the last one have found, by matcher. */
  private readonly running = new Map<MatcherSpec, (Fields | null)[]>();

  constructor(private readonly matchers: Matchers) {}

  /** What the first matcher that knows the line makes of it. The others begin anew then. */
  match(line: string): FoundIssue | null {
    if (line.length > MOST_LINE) return null;
    const plain = line.replace(COLOURS, '');
    for (const spec of this.matchers.newestFirst) {
      const fields = this.step(spec, plain);
      const found = fields === null ? null : issueOf(spec, fields);
      if (found === null) continue;
      for (const other of this.running.keys()) if (other !== spec) this.running.delete(other);
      return found;
    }
    return null;
  }

  /** From the last pattern to the first, so that one line moves a matcher by one pattern. */
  private step(spec: MatcherSpec, line: string): Fields | null {
    const last = spec.patterns.length - 1;
    const before = this.running.get(spec) ?? [];
    this.running.set(spec, before);
    for (let i = last; i >= 0; i -= 1) {
      const carried = i === 0 ? new Map() : before[i - 1];
      const pattern = spec.patterns[i];
      if (!carried || !pattern) continue;
      const fields = fieldsOf(pattern, line, carried);
      if (i < last) before[i] = fields;
      else if (fields !== null) return this.complete(before, pattern, fields);
      else if (i > 0) before[i - 1] = null;
    }
    return null;
  }

  /** A pattern that loops is tried on the next line too, with what was found before it. */
  private complete(before: (Fields | null)[], { loop }: MatcherPattern, fields: Fields): Fields {
    const kept = loop ? before.at(-1) : null;
    before.fill(null);
    if (loop) before[before.length - 1] = kept ?? null;
    return fields;
  }
}

function fieldsOf({ regexp, groups }: MatcherPattern, line: string, carried: Fields): Fields | null {
  const matcher = regexp.matcher(line);
  if (!matcher.find()) return null;
  return new Map([...carried, ...groups.map(([field, group]) => [field, matcher.group(group) ?? ''] as const)]);
}

/** Null for a match without a message or of a severity that nobody knows: then the line is an ordinary one. */
function issueOf(spec: MatcherSpec, fields: Fields): FoundIssue | null {
  const level = levelOf(fields.get('severity') || spec.severity || 'error');
  const message = fields.get('message') ?? '';
  if (level === null || message.trim() === '') return null;
  const file = fields.get('file') || undefined;
  return {
    level,
    message,
    title: fields.get('code') || undefined,
    file: file === undefined ? undefined : beside(fields.get('fromPath') || spec.fromPath, file),
    line: fields.get('line'),
    column: fields.get('column'),
  };
}

/** A project's file tells where its sources are; a path is relative to its folder. */
function beside(fromPath: string, file: string): string {
  return fromPath === '' || file.startsWith('/') ? file : posix.join(posix.dirname(fromPath), file);
}

function levelOf(severity: string): FoundIssue['level'] | null {
  return ANNOTATION_LEVELS.find((level) => level === severity.trim().toLowerCase()) ?? null;
}
