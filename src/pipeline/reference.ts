/** What the language is made of beside its keys, in words: contexts, functions, limits and actions, for the reference. */
import type { EventKind } from '../model/event.js';
import { MAX_BYTES, MAX_DEPTH, MAX_NODES } from './document/limits.js';
import { BUILT_IN_ACTIONS } from './document/not-yet.js';
import { MOST_PROBLEMS } from './document/problem-list.js';
import { MAX_TEXT } from './expression/budget.js';
import { MAX_DEPTH as MAX_EXPRESSION_DEPTH, MAX_LENGTH } from './expression/parse.js';
import { MAX_JOBS } from './plan/board.js';
import { MAX_GROUP } from './plan/concurrency.js';
import { MAX_FILES, MAX_NESTING } from './plan/link.js';
import { MAX_COMBINATIONS } from './plan/matrix.js';
import { MAX_NAME } from './plan/strategy.js';
import { GITHUB_EVENTS } from './trigger/github-events.js';
import { KINDS } from './trigger/match.js';
import { MAX_PATTERN } from './trigger/pattern.js';

export interface LanguageReference {
  readonly contexts: readonly { readonly name: string; readonly doc: string }[];
  readonly functions: readonly ReferenceFunction[];
  readonly limits: readonly { readonly what: string; readonly most: string }[];
  /** Without their version. */
  readonly actions: readonly string[];
}

export interface ReferenceFunction {
  /** As it is written: `contains(search, item)`. */
  readonly call: string;
  readonly doc: string;
}

export function languageReference(): LanguageReference {
  return {
    contexts: Object.entries(CONTEXT_DOCS).map(([name, doc]) => ({ name, doc })),
    functions: Object.entries(FUNCTION_DOCS).map(([call, doc]) => ({ call, doc })),
    limits: LIMITS.map(([what, most]) => ({ what, most: typeof most === 'number' ? most.toLocaleString('en') : most })),
    actions: BUILT_IN_ACTIONS,
  };
}

/** GitHub's names that an event of this kind and action starts, each with the action: `pull_request` with `opened`. */
export function startedNames(kind: EventKind, action: string | null): readonly string[] {
  return Object.keys(KINDS).filter((name) => {
    const { types = [] } = GITHUB_EVENTS.get(name) ?? {};
    return KINDS[name]?.includes(kind) && (types.length === 0 || (action !== null && types.includes(action)));
  });
}

const CONTEXT_DOCS: Readonly<Record<string, string>> = {
  github: 'The run, its ref and commit, and `github.event`: the message of the forge in the form that GitHub gives it.',
  forge: 'Another name of `github`.',
  forgejo: 'Another name of `github`.',
  gitea: 'Another name of `github`.',
  event: 'The message of Pagure as it came: `event.topic`, `event.msg`. Ours; allowed wherever `github` is.',
  pagure: '`topic`, `project`, `instance`, `pull_request_id`, `agent`. Ours; allowed wherever `github` is.',
  env: 'The variables that are set so far; case counts.',
  vars: 'Variables of the project.',
  secrets: 'Secrets of the project; never in an `if`.',
  inputs: 'What a caller, or whoever started it by hand, gave.',
  needs: '`needs.<job>.result` and `needs.<job>.outputs` of the jobs that this one names.',
  strategy: '`job-index`, `job-total`, `fail-fast`, `max-parallel`; also without a matrix.',
  matrix: 'The values of this combination.',
  job: '`status`, `check_run_id`, `container`, `services`, `workflow_ref`, `workflow_sha`, `workflow_repository`, `workflow_file_path`.',
  jobs: 'Only in the outputs of `workflow_call`: the jobs of the called pipeline.',
  runner: '`name`, `os`, `arch`, `temp`, `tool_cache`, `workspace`, `environment`, `debug`.',
  steps: '`outputs`, `outcome` and `conclusion` of the steps before.',
};

const FUNCTION_DOCS: Readonly<Record<string, string>> = {
  'contains(search, item)': 'Is `item` part of the text, or an item of the list? Case is ignored.',
  'startsWith(text, start)': 'Case is ignored.',
  'endsWith(text, end)': 'Case is ignored.',
  'format(pattern, …)': 'Puts the values in for `{0}`, `{1}`, …; `{{` and `}}` are braces.',
  'join(list, separator)': 'The items as one text; the separator is `,` when it is absent.',
  'toJSON(value)': 'The value as JSON, in lines.',
  'fromJSON(text)': 'The value that the JSON says.',
  'case(condition, value, …, default)': 'The value behind the first condition that is true.',
  'hashFiles(pattern, …)': "SHA-256 of the workspace's files that match; in steps.",
  'success()': 'No failure and no cancel so far; in an `if`.',
  'failure()': 'Something before it failed; in an `if`.',
  'cancelled()': 'The run is being canceled; in an `if`.',
  'always()': 'Whatever happened; in an `if`.',
};

const LIMITS: readonly (readonly [string, number | string])[] = [
  ['size of a file', `${MAX_BYTES / 1024} KiB`],
  ['values in a file', MAX_NODES],
  ['nesting of a file', MAX_DEPTH],
  ['characters of one expression', MAX_LENGTH],
  ['nesting of one expression', MAX_EXPRESSION_DEPTH],
  ['text that one evaluation makes', `${MAX_TEXT / 1024 / 1024} MiB`],
  ['words and marks of all expressions of a file', MAX_NODES],
  ['problems that are told, errors and warnings each', MOST_PROBLEMS],
  ['characters of one pattern', MAX_PATTERN],
  ['combinations of a matrix', MAX_COMBINATIONS],
  ['jobs of a run', MAX_JOBS],
  ['calls inside each other', MAX_NESTING],
  ['files of a run', MAX_FILES],
  ['characters of a concurrency group', MAX_GROUP],
  ['characters of the name of a combination', MAX_NAME],
];
