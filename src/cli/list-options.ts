/** Options that all long lists share. */
import { type Command, InvalidArgumentError } from 'commander';
import type { Clock } from '../kernel/clock.js';
import type { AskOptions } from './desk.js';
import { plainText } from './screen/plain-text.js';
import { pointInTime } from './screen/times.js';
import { UsageError } from './verb.js';

export interface ListOptions extends AskOptions {
  readonly limit: number;
  readonly since?: string;
  readonly until?: string;
}

const USUAL = 20;

export function withListOptions(command: Command): Command {
  return command
    .option('--since <time>', 'not older: 2h, 3d, 2026-11-24 or 2026-11-24T12:00:00Z')
    .option('--until <time>', 'not newer')
    .option('-n, --limit <count>', 'how many, the newest first', countOf, USUAL);
}

/** As the API takes them. Throws a UsageError for what is no time. */
export function timeQuery({ since, until }: ListOptions, clock: Clock): { since?: string; until?: string } {
  return { since: timeOf('--since', since, clock), until: timeOf('--until', until, clock) };
}

/** All that an iterator gives. */
export async function collect<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** `main` of `refs/heads/main`, `v1` of a tag, `#3` of a pull-request. */
export function shortRef(ref: string | null): string {
  if (ref === null) return '';
  const [, pull] = /^refs\/pull\/(\d+)\//.exec(ref) ?? [];
  return plainText(pull === undefined ? ref.replace(/^refs\/(?:heads|tags)\//, '') : `#${pull}`);
}

export function shortCommit(commit: string | null): string {
  return commit === null ? '' : plainText(commit.slice(0, 8));
}

function countOf(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a number from 1 to 999999.');
}

function timeOf(option: string, text: string | undefined, clock: Clock): string | undefined {
  if (text === undefined) return undefined;
  const time = pointInTime(text, clock.now());
  if (time === null) throw new UsageError(`${option}: "${text}" is no time: write 2h, 3d or 2026-11-24T12:00:00Z`);
  return time;
}
