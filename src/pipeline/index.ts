/** The door of the pipeline language: reading, matching, planning, evaluating. Everything behind it is pure. */
export { readPipeline, type ReadOptions, type ReadPipeline } from './document/read.js';
export type {
  Callable,
  DispatchInput,
  Pipeline,
  PipelineJob,
  Schedule,
  Trigger,
  TriggerFilter,
} from './document/pipeline.js';
export type { Action, ActionInput, CompositeAction, JavaScriptAction } from './document/action.js';
export { readAction, type ReadAction } from './document/read-action.js';
export { ExpressionError } from './expression/expression-error.js';
export { matchTrigger, type TriggerEvent, type TriggerMatch } from './trigger/match.js';
export { jsonSchema } from './document/json-schema.js';
export { type LanguageKey, languageKeys } from './document/key-list.js';
export { type LanguageReference, languageReference, startedNames } from './reference.js';
export { checkInputs, type CheckedInputs } from './trigger/dispatch.js';
export { armedTriggers } from './trigger/armed.js';
export { nextTime } from './trigger/next-time.js';
export { cronFault, neverComes } from './trigger/cron.js';
export { compilePattern, patternMatches } from './trigger/pattern.js';
export { type CallTarget, targetKey } from './plan/call-target.js';
export { linkCalls, type LinkedPipeline, type LoadedPipeline } from './plan/link.js';
export { planRun, type PlanOptions, type RunPlan } from './plan/plan-run.js';
export { advance, needsContext } from './plan/advance.js';
export { foreseeJobs, type ForeseenJob } from './plan/foresee-jobs.js';
export {
  evaluateCondition,
  evaluateTemplate,
  evaluateText,
  evaluateTexts,
  evaluateTrusted,
  hashFilesIn,
  outsideNames,
  renderScript,
  type ActionScope,
  type StepScope,
  type WrittenScope,
} from './plan/step-scope.js';
export type { RenderedScript, ScriptShell } from './script/render-script.js';
