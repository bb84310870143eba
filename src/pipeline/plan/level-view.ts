/** What the jobs of a level have come to, seen from the jobs behind them. */
import type { Json, JsonObject } from '../../kernel/json.js';
import type { DeclaredJob } from '../../model/plan.js';
import type { Surroundings } from '../expression/evaluate.js';
import { ExpressionError } from '../expression/expression-error.js';
import { surroundingsOf } from '../expression/scope.js';
import { templateText } from '../expression/template.js';
import { type Board, countedResult, type NeedResult, worstOf } from './board.js';
import { callLevel } from './call.js';
import { JobGraph, type Level } from './level.js';
import { type Instance, type Strategy, strategyOf } from './strategy.js';

/** Of one combination, of a job, or of a whole level. */
export interface Outcome {
  readonly begun: boolean;
  /** Null while it is not done. */
  readonly result: NeedResult | null;
  readonly outputs: JsonObject;
}

/** What all jobs that must be done before one came to, near and far. */
export interface Behind {
  readonly isSuccess: boolean;
  readonly hasFailure: boolean;
}

const NOT_BEGUN: Outcome = { begun: false, result: null, outputs: {} };

/** Strategies and levels are evaluated once per view; `board` may change under it. */
export class LevelView {
  readonly graph: JobGraph;
  private readonly strategies = new Map<DeclaredJob, Strategy>();
  private readonly called = new Map<string, LevelView>();
  private readonly behinds = new Map<DeclaredJob, Behind>();

  constructor(
    readonly level: Level,
    private readonly board: Board,
  ) {
    this.graph = new JobGraph(level.jobs);
  }

  keyOf(job: DeclaredJob, instance: Pick<Instance, 'index'> = { index: '' }): string {
    return `${this.level.prefix}${job.id}${instance.index}`;
  }

  /** Ended or running as one: it has no combinations, or never came to them. */
  isWhole(job: DeclaredJob): boolean {
    return this.board.get(this.keyOf(job)) !== undefined;
  }

  hasBegun(job: DeclaredJob): boolean {
    return this.board.hasBegun(this.keyOf(job));
  }

  /** What the planner's keys of the job see; `instance` adds its matrix and strategy. */
  surroundings(job: DeclaredJob, instance?: Instance): Surroundings {
    const needs = this.needs(job);
    const { matrix, strategy } = instance ?? WHOLE;
    return surroundingsOf(this.level.contexts, instance ? { needs, matrix, strategy } : { needs });
  }

  /** Throws an ExpressionError. */
  strategy(job: DeclaredJob): Strategy {
    const known = this.strategies.get(job) ?? strategyOf(job, this.surroundings(job));
    this.strategies.set(job, known);
    return known;
  }

  /** The level of a call. Throws an ExpressionError when its inputs are wrong. */
  callee(job: DeclaredJob, instance: Instance): LevelView {
    const key = this.keyOf(job, instance);
    const known = this.called.get(key) ?? new LevelView(callLevel(this, job, instance), this.board);
    this.called.set(key, known);
    return known;
  }

  instanceOutcome(job: DeclaredJob, instance: Instance): Outcome {
    const key = this.keyOf(job, instance);
    const standing = this.board.get(key);
    if (standing) {
      const done = standing.state === 'done';
      return { begun: true, result: done ? countedResult(standing) : null, outputs: standing.outputs };
    }
    return job.call && this.board.hasBegun(key) ? this.callee(job, instance).outcome() : NOT_BEGUN;
  }

  /** `needs.<id>.result`, or null while the job is not done. */
  result(id: string): NeedResult | null {
    const outcomes = this.outcomesOf(id);
    const results = outcomes.flatMap(({ result }) => result ?? []);
    return outcomes.length > 0 && results.length === outcomes.length ? worstOf(results) : null;
  }

  /** Of a job whose needs are done. Each job is looked at once per view: chains may be long. */
  behind(job: DeclaredJob): Behind {
    const open = [job];
    for (let at = open.at(-1); at !== undefined; at = open.at(-1)) {
      const needs = at.needs.flatMap((id) => this.graph.of(id) ?? []);
      const unknown = needs.filter((need) => !this.behinds.has(need));
      open.push(...unknown);
      if (unknown.length === 0) this.behinds.set(open.pop() ?? at, this.summed(needs));
    }
    return this.summed(job.needs.flatMap((id) => this.graph.of(id) ?? []));
  }

  private summed(needs: readonly DeclaredJob[]): Behind {
    const all = needs.map((need) => ({ result: this.result(need.id), ...this.behinds.get(need) }));
    return {
      isSuccess: all.every(({ result, isSuccess }) => result === 'success' && isSuccess),
      hasFailure: all.some(({ result, hasFailure }) => result === 'failure' || hasFailure),
    };
  }

  /** The `needs` context of a job. */
  needs(job: DeclaredJob): JsonObject {
    return this.contextOf(job.needs);
  }

  /** The level as a call's job sees it. */
  outcome(): Outcome {
    const results = this.level.jobs.map(({ id }) => this.result(id));
    if (results.includes(null)) return { begun: true, result: null, outputs: {} };
    return { begun: true, result: worstOf(results as NeedResult[]), outputs: this.outputs() };
  }

  private contextOf(ids: readonly string[]): JsonObject {
    return Object.fromEntries(
      ids.map((id): [string, Json] => [
        this.graph.of(id)?.id ?? id,
        { result: this.result(id) ?? '', outputs: this.outputsOf(id) },
      ]),
    );
  }

  private outcomesOf(id: string): readonly Outcome[] {
    const job = this.graph.of(id);
    if (!job) return [];
    if (this.isWhole(job)) return [this.instanceOutcome(job, WHOLE)];
    if (!this.hasBegun(job)) return [NOT_BEGUN];
    return this.strategy(job).instances.map((instance) => this.instanceOutcome(job, instance));
  }

  /** Of several combinations the last non-empty value of an output wins. */
  private outputsOf(id: string): JsonObject {
    const outcomes = this.outcomesOf(id);
    return Object.fromEntries(
      outcomes.flatMap(({ outputs }) => Object.entries(outputs).filter(([, value]) => value !== '')),
    );
  }

  /** `on.workflow_call.outputs`; one that cannot be evaluated is empty. */
  private outputs(): JsonObject {
    const jobs = this.contextOf(this.level.jobs.map(({ id }) => id));
    const surroundings = surroundingsOf(this.level.contexts, { jobs });
    const values = Object.entries(this.level.outputs).map(([name, value]) => [
      name,
      textOrNothing(String(value ?? ''), surroundings),
    ]);
    return Object.fromEntries(values) as JsonObject;
  }
}

const WHOLE: Instance = { index: '', suffix: '', matrix: {}, matrixOrigin: 'inside', strategy: {} };

function textOrNothing(template: string, surroundings: Surroundings): string {
  try {
    return templateText(template, surroundings);
  } catch (thrown) {
    if (thrown instanceof ExpressionError) return '';
    throw thrown;
  }
}
