/** Parts of the language that are read here but that the house cannot execute yet: each is refused by name, never ignored. */

/** Paths of the table (`*` = any id or index) with what to do instead. Taken out one by one as the house learns them. */
export const NOT_YET: ReadonlyMap<string, string> = new Map([
  ['jobs.*.container', 'run the steps on the host'],
  ['jobs.*.services', 'start what the job needs in a step'],
]);

/** Events that are read and matched but that nothing brings here yet, with why: a warning, since the other triggers of the file work. */
export const EVENTS_NOT_YET: ReadonlyMap<string, string> = new Map([
  ['workflow_dispatch', 'its inputs are checked, but there is no way to start a pipeline by hand yet'],
  ['repository_dispatch', 'there is no way for a program to send one yet'],
]);

/** Actions that a step may use, without their version. */
export const BUILT_IN_ACTIONS: readonly string[] = [
  'actions/checkout',
  'actions/setup-dotnet',
  'actions/setup-go',
  'actions/setup-java',
  'actions/setup-node',
  'actions/setup-python',
];
