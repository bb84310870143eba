/** Parts of the language that are read here but that the house cannot execute yet: each is refused by name, never ignored. */

/** Paths of the table (`*` = any id or index) with what to do instead. Taken out one by one as the house learns them. */
export const NOT_YET: ReadonlyMap<string, string> = new Map([
  ['jobs.*.environment', 'leave it out'],
  ['jobs.*.container', 'run the steps on the host'],
  ['jobs.*.services', 'start what the job needs in a step'],
  ['jobs.*.steps.*.background', 'start the program in the step itself'],
  ['jobs.*.steps.*.wait', 'wait within the step itself'],
  ['jobs.*.steps.*.wait-all', 'wait within the step itself'],
  ['jobs.*.steps.*.cancel', 'end the program within the step itself'],
  ['jobs.*.steps.*.parallel', 'write the steps one after the other'],
]);

/** Events that are read but start nothing yet: a warning, since the other triggers of the file work. */
export const EVENTS_NOT_YET: ReadonlySet<string> = new Set([
  'pull_request_target',
  'workflow_dispatch',
  'repository_dispatch',
]);

/** Functions that are read but cannot be evaluated yet; lower case. */
export const FUNCTIONS_NOT_YET: ReadonlySet<string> = new Set(['hashfiles']);

/** Actions that a step may use, without their version. */
export const BUILT_IN_ACTIONS: readonly string[] = ['actions/checkout'];
