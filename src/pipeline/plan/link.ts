/** Puts called pipelines into the jobs that call them; asks for the files that it lacks. */
import type { Problem } from '../../kernel/errors.js';
import type { Callee, CallInput, DeclaredCall, DeclaredJob } from '../../model/plan.js';
import type { Callable, Pipeline, PipelineJob } from '../document/pipeline.js';
import { MOST_PROBLEMS } from '../document/problem-list.js';
import { hasExpression } from '../expression/template.js';
import { MAX_JOBS } from './board.js';
import { type CallTarget, callTargetOf, targetKey } from './call-target.js';
import { withCheckout } from './plan-run.js';

export const MAX_NESTING = 10;
export const MAX_FILES = 50;

/** A called file as it was loaded: `checkout` as in PlanOptions, or why there is none. */
export type LoadedPipeline =
  | { readonly kind: 'loaded'; readonly pipeline: Pipeline; readonly checkout: boolean }
  | { readonly kind: 'missing'; readonly reason: string };

/** `needs`: load these files, put them under `targetKey` into `loaded`, and ask again. */
export type LinkedPipeline =
  | { readonly kind: 'linked'; readonly pipeline: Pipeline }
  | { readonly kind: 'needs'; readonly needs: readonly CallTarget[] }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

export function linkCalls(pipeline: Pipeline, loaded: ReadonlyMap<string, LoadedPipeline>): LinkedPipeline {
  const linker = new Linker(loaded);
  const jobs = pipeline.jobs.map((job) => linker.link(pipeline, job, null, 1));
  if (linker.needs.size > 0) return { kind: 'needs', needs: [...linker.needs.values()] };
  if (linker.problems.length > 0) return { kind: 'problems', problems: linker.problems };
  return { kind: 'linked', pipeline: { ...pipeline, jobs } };
}

class Linker {
  readonly problems: Problem[] = [];
  /** A file that is called twice has its problems once. */
  private readonly told = new Set<string>();
  readonly needs = new Map<string, CallTarget>();
  private readonly files = new Set<string>();
  /** Jobs of all callees, each as often as it is called: calls of calls multiply. */
  private jobs = 0;

  constructor(private readonly loaded: ReadonlyMap<string, LoadedPipeline>) {}

  /** The job with its callee in it; unchanged when something is missing or wrong, which is noted. A file of elsewhere fails its job alone. */
  link(from: Pipeline, job: PipelineJob, fromTarget: CallTarget | null, depth: number): PipelineJob {
    const { call } = job;
    if (call === null) return job;
    const target = callTargetOf(call.uses, fromTarget);
    const found = target && this.find(target, depth);
    if (target !== null && found?.kind === 'loaded') {
      const faults = callFaults(call, found.pipeline.callable);
      if (faults.length === 0) return { ...job, call: { ...call, callee: this.callee(found, target, depth) } };
      for (const fault of faults) this.problem(from, job, 'bad-call', `${targetKey(target)}: ${fault}`);
    } else if (found?.kind === 'missing' && target?.repository === null) {
      this.problem(from, job, 'no-such-pipeline', `${call.uses.slice(0, 100)} cannot be called: ${found.reason}`);
    } else if (target === null) {
      this.problem(
        from,
        job,
        'bad-uses',
        `\`${call.uses.slice(0, 100)}\` names no pipeline: write ./path/file.yml or owner/repo/path/file.yml@ref`,
      );
    }
    return job;
  }

  /** Null for a file that is asked for. */
  private find(target: CallTarget, depth: number): LoadedPipeline | null {
    const key = targetKey(target);
    this.files.add(key);
    if (depth > MAX_NESTING) return { kind: 'missing', reason: `calls are nested more than ${MAX_NESTING} deep` };
    if (this.files.size > MAX_FILES) return { kind: 'missing', reason: `a run may call at most ${MAX_FILES} files` };
    if (this.jobs > MAX_JOBS) return { kind: 'missing', reason: `the calls of a run make more than ${MAX_JOBS} jobs` };
    const found = this.loaded.get(key);
    if (!found) this.needs.set(key, target);
    return found ?? null;
  }

  private callee(found: LoadedPipeline & { kind: 'loaded' }, target: CallTarget, depth: number): Callee {
    const { pipeline, checkout } = found;
    this.jobs += pipeline.jobs.length;
    const jobs = pipeline.jobs.map((job): DeclaredJob =>
      withCheckout(this.link(pipeline, job, target, depth + 1), { checkout }),
    );
    const { name, env, concurrency, callable } = pipeline;
    return { name, env, concurrency, inputs: callable?.inputs ?? [], outputs: callable?.outputs ?? {}, jobs };
  }

  private problem(from: Pipeline, job: PipelineJob, code: string, message: string): void {
    const { line, column } = from.places[job.id] ?? { line: 1, column: 1 };
    const place = `${from.file}:${line}:${column} ${message}`;
    if (this.told.has(place) || this.told.size >= MOST_PROBLEMS) return;
    this.told.add(place);
    this.problems.push({ file: from.file, line, column, severity: 'error', code, message });
  }
}

/** What a call gives against what the file takes; what is computed is checked when it is known. */
function callFaults(call: DeclaredCall, callable: Callable | null): readonly string[] {
  if (callable === null) return ['it has no `on: workflow_call`'];
  const inputs = namesFaults('input', Object.keys(call.with), callable.inputs);
  const secrets = call.secrets === 'inherit' ? [] : namesFaults('secret', Object.keys(call.secrets), callable.secrets);
  return [...inputs, ...secrets, ...callable.inputs.flatMap((input) => typeFault(call, input) ?? [])];
}

function namesFaults(
  noun: string,
  given: readonly string[],
  declared: readonly { readonly name: string; readonly required: boolean }[],
): readonly string[] {
  if (given.some(hasExpression)) return [];
  const unknown = given.filter((key) => !declared.some(({ name }) => sameName(name, key)));
  const missing = declared.filter(({ name, required }) => required && !given.some((key) => sameName(name, key)));
  return [
    ...unknown.map((key) => `it has no ${noun} \`${key}\``),
    ...missing.map(({ name }) => `the ${noun} \`${name}\` must be given`),
  ];
}

function typeFault(call: DeclaredCall, { name, type }: CallInput): string | null {
  const key = Object.keys(call.with).find((one) => sameName(one, name));
  const value = key === undefined ? null : (call.with[key] ?? null);
  if (value === null || type === 'string' || typeof value === type) return null;
  if (typeof value === 'string' && hasExpression(value)) return null;
  return `the input \`${name}\` must be a ${type}`;
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
