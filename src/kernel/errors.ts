/** The three kinds of error of this house: Problem (the pipeline is wrong), Refusal (the asker may not), Fault (the world broke). */

/** Where something stands in a file; line and column count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What is wrong with a user's pipeline. A value, never thrown; only `error` stops a file. */
export interface Problem extends Place {
  readonly severity: 'error' | 'warning';
  /** Stable, kebab-case, e.g. `unknown-key`. */
  readonly code: string;
  /** What is wrong and what to write instead, in one sentence. */
  readonly message: string;
}

/** `file:line:col: message [code]`, the one form in which problems are printed. */
export function formatProblem(problem: Problem): string {
  return `${problem.file}:${problem.line}:${problem.column}: ${problem.message} [${problem.code}]`;
}

/** Why a file is not run, in one line: its first error as `file:line:col: message`. */
export function firstError(problems: readonly Problem[]): string {
  const first = problems.find(({ severity }) => severity === 'error');
  return first === undefined ? 'it cannot be read' : `${first.file}:${first.line}:${first.column}: ${first.message}`;
}

/** One bad value of a request or a setting: `path` names it (`projects[0].keys`), never its content. */
export interface InputFault {
  readonly path: string;
  readonly message: string;
}

/** Why the asker does not get it; `api/` and `intake/` alone know which HTTP status belongs to each. */
export type RefusalKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'unknown'
  | 'conflict'
  | 'precondition'
  | 'too-slow'
  | 'too-large'
  | 'unsupported-media'
  | 'unsatisfiable'
  | 'unprocessable'
  | 'too-many'
  | 'unavailable';

/** The asker may not have this. Thrown; `code` is stable and documented. */
export class Refusal extends Error {
  constructor(
    readonly kind: RefusalKind,
    readonly code: string,
    message: string,
    readonly detail: { readonly faults?: readonly InputFault[]; readonly problems?: readonly Problem[] } = {},
  ) {
    super(message);
    this.name = 'Refusal';
  }
}

/** The world broke (network, disk, git). Thrown with its cause; loops back off on a retryable one. */
export class Fault extends Error {
  readonly retryable: boolean;
  /** Milliseconds for which whoever answered does not want to be asked again; 0 where nothing was said. */
  readonly retryAfterMs: number;

  constructor(
    message: string,
    options: { readonly cause?: unknown; readonly retryable: boolean; readonly retryAfterMs?: number },
  ) {
    super(message, { cause: options.cause });
    this.name = 'Fault';
    this.retryable = options.retryable;
    this.retryAfterMs = options.retryAfterMs ?? 0;
  }
}

/** Is it the world that broke, and only for a while? Then it is waited for; anything else is ours. */
export function isOfWorld(error: unknown): boolean {
  return error instanceof Fault && error.retryable;
}

/** A readable sentence of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
