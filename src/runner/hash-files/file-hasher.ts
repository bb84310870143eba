/** Answers the `hashFiles` calls of a step: the files are hashed in the job's own world, with nothing of its environment. */
import type { Session } from '../../executor/executor.js';
import type { Clock } from '../../kernel/clock.js';
import { isJsonObject, type Json } from '../../kernel/json.js';
import { ExpressionError, hashFilesIn, type StepScope } from '../../pipeline/index.js';
import { runToEnd } from '../../process/run-to-end.js';
import type { RunningProcess } from '../../process/running-process.js';
import type { Cancellation } from '../job/cancellation.js';
import { HASH_SCRIPT } from './hash-script.js';

/** GitHub's. */
const TIMEOUT_MS = 120_000;
const LIMIT_BYTES = 64 * 1024;

export interface FileHasherParts {
  readonly session: Session;
  readonly clock: Clock;
  readonly cancellation: Cancellation;
  /** Aborts when nobody wants the job any more. */
  readonly lost: AbortSignal;
  /** A Node as the job's world finds it. */
  readonly node: string;
}

export class FileHasher {
  constructor(private readonly parts: FileHasherParts) {}

  /** The scope in which these can be evaluated: itself where nothing is to be hashed. Throws an ExpressionError. */
  async answer(scope: StepScope, templates: Json, condition: string | null = null): Promise<StepScope> {
    if (!mentions(templates) && !mentions(condition)) return scope;
    const calls = hashFilesIn(templates, condition, scope);
    if (calls.length === 0) return scope;
    const hashes = await this.hash(calls);
    const answers = calls.map((args, at) => [JSON.stringify(args), hashes[at] ?? ''] as const);
    return { ...scope, hashes: new Map([...(scope.hashes ?? []), ...answers]) };
  }

  private async hash(calls: readonly (readonly string[])[]): Promise<readonly string[]> {
    const { session, clock, cancellation, lost, node } = this.parts;
    const canceled = cancellation.signal.aborted ? cancellation.overdue : cancellation.signal;
    const argv = [node, '-e', HASH_SCRIPT, '--', session.workspace, JSON.stringify(calls)];
    const { code, stdout, stderr, endedBy } = await runToEnd(
      async (output) => aloneIn(await session.run({ argv, cwd: session.temp, env: {} }, output)),
      { limitBytes: LIMIT_BYTES, timeoutMs: TIMEOUT_MS, signal: AbortSignal.any([canceled, lost]) },
      clock,
    );
    if (endedBy === 'limit') throw new ExpressionError('hashFiles took longer than 120 seconds');
    if (endedBy === 'abort') throw new ExpressionError('hashFiles was canceled');
    if (code !== 0) throw new ExpressionError(`hashFiles failed: ${faultIn(stderr)}`);
    return JSON.parse(stdout.toString('utf8')) as readonly string[];
  }
}

/** Other steps run in the same tree. */
function aloneIn(started: RunningProcess): RunningProcess {
  const { pid, exit } = started;
  const kill = () => started.killBranch();
  return { pid, exit, signal: (name) => started.signal(name), kill, killBranch: kill };
}

function mentions(templates: Json): boolean {
  if (typeof templates === 'string') return /hashfiles/i.test(templates);
  if (Array.isArray(templates)) return (templates as readonly Json[]).some(mentions);
  return isJsonObject(templates) && Object.values(templates).some(mentions);
}

function faultIn(stderr: Buffer): string {
  const lines = stderr.toString('utf8').split('\n');
  return (lines.find((line) => /^\w*Error\b/.test(line)) ?? lines[0] ?? '').slice(0, 300);
}
