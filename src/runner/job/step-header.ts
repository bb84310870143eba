/** What the log shows of a step before its own output. Pure. */
import type { Env } from './environment.js';

export interface StepHeader {
  readonly title: string;
  readonly body?: readonly string[];
  readonly with?: Env;
  readonly shell?: string;
  readonly env: Env;
}

/** A group, as GitHub's runner writes it. */
export function headerLines({ title, body = [], with: inputs = {}, shell, env }: StepHeader): readonly string[] {
  return [
    `##[group]${oneLine(title)}`,
    ...body,
    ...section('with', inputs),
    ...(shell === undefined ? [] : [`shell: ${shell}`]),
    ...section('env', env),
    '##[endgroup]',
  ];
}

function section(name: string, values: Env): readonly string[] {
  const entries = Object.entries(values);
  return entries.length === 0 ? [] : [`${name}:`, ...entries.map(([key, value]) => `  ${key}: ${oneLine(value)}`)];
}

/** A value cannot make lines of its own. */
function oneLine(text: string): string {
  return text.replace(/\r?\n|\r/g, ' ');
}
