/** The door of the pipeline language: reading, matching, planning, evaluating. Everything behind it is pure. */
export { readPipeline, type ReadPipeline } from './document/read.js';
export type { Pipeline, PipelineJob, Trigger, TriggerFilter } from './document/pipeline.js';
export { ExpressionError } from './expression/expression-error.js';
export { matchTrigger, type TriggerEvent, type TriggerMatch } from './trigger/match.js';
export { planRun, type PlanOptions, type RunPlan } from './plan/plan-run.js';
export { advance, needsContext } from './plan/advance.js';
export {
  evaluateCondition,
  evaluateTemplate,
  evaluateText,
  evaluateTexts,
  renderScript,
  type StepScope,
} from './plan/step-scope.js';
export type { RenderedScript, ScriptShell } from './script/render-script.js';
