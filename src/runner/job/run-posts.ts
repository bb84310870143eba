/** Runs what actions want to be run at the end of their job. */
import { messageOf } from '../../kernel/errors.js';
import { evaluateCondition, ExpressionError } from '../../pipeline/index.js';
import type { PostStep } from '../actions/post-steps.js';
import type { Ending } from './ending.js';
import type { Env } from './environment.js';
import type { StepPlace } from './step-frame.js';
import { StepFiles } from './step-files.js';
import { StepPerformer } from './perform-step.js';
import type { StepRunnerParts } from './one-step.js';
import { TOO_LATE, type StepRunner } from './step-runner.js';
import { StepStops } from './step-stops.js';
import { environmentOf, type CommandWork } from './step-work.js';
import { EMPTY_STEP, type PlannedStep } from '../../model/plan.js';
import type { ReadyStep } from './decide-step.js';

/** In reverse order of their actions, numbered on from the last step of the job. */
export class PostRun {
  constructor(
    private readonly parts: StepRunnerParts,
    private readonly steps: StepRunner,
  ) {}

  async run(): Promise<void> {
    const first = this.parts.order.job.steps.length + 1;
    for (const [index, { post, state }] of this.parts.posts.all.entries())
      await this.runPost(post, state, first + index);
  }

  private async runPost(post: PostStep, saved: Env, number: number): Promise<void> {
    const step = { ...EMPTY_STEP, number, id: `__${number}`, name: post.name, if: post.condition };
    const place = { frame: post.frame, exports: this.parts.state.exports, number, label: String(number) };
    const view = this.parts.state.view(place, { id: post.stepId, env: {} });
    const scope = { ...view.scope, status: this.parts.state.status, env: { ...view.scope.env, ...post.main.env } };
    const ready = { ...post.main, name: post.name, view, scope, mayFail: false, timeoutMs: null };
    if (this.parts.cancellation.overdue.aborted) return this.steps.skip(step, post.name, TOO_LATE);
    const holds = await this.condition(step, ready);
    if (holds === false) return this.steps.skip(step, post.name, null);
    await this.steps.runOwn(step, post.name, () => this.perform({ step, ready, place }, { post, saved, fault: holds }));
  }

  /** The reason why it cannot be evaluated, where it cannot. */
  private async condition(step: PlannedStep, { scope }: ReadyStep): Promise<boolean | string> {
    try {
      return evaluateCondition(step.if, await this.parts.hasher.answer(scope, {}, step.if));
    } catch (thrown) {
      if (!(thrown instanceof ExpressionError)) throw thrown;
      return `post-if: ${messageOf(thrown)}`;
    }
  }

  private async perform(
    on: { readonly step: PlannedStep; readonly ready: ReadyStep; readonly place: StepPlace },
    { post, saved, fault }: { readonly post: PostStep; readonly saved: Env; readonly fault: boolean | string },
  ): Promise<Ending> {
    const { clock, cancellation, lane, session } = this.parts;
    const performer = new StepPerformer(this.parts);
    if (typeof fault === 'string') return performer.fail(on, fault);
    const files = new StepFiles(session, on.place.label);
    await files.make();
    const env = { ...environmentOf({ ready: on.ready, files }, this.parts, post.folder), ...post.inputs, ...saved };
    const header = { title: post.name, env: on.ready.scope.env };
    const cwd = session.workspace;
    const work: CommandWork = {
      kind: 'commands',
      header,
      commands: [{ argv: post.argv }],
      cwd,
      env,
      outputs: {},
      files,
    };
    const { status } = on.ready.scope;
    const stops = new StepStops({
      clock,
      cancellation,
      lost: lane.lost,
      timeoutMs: null,
      status,
      holdsUnderCancel: () => true,
    });
    try {
      return await performer.performWork(work, { ...on, stops });
    } finally {
      stops.end();
    }
  }
}
