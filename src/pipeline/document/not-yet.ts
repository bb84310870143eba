/** Parts of the language that are read here but that the house cannot execute yet: each is refused by name, never ignored. */

/** Paths of the table (`*` = any id or index) with what to do instead. Taken out one by one as the house learns them. */
export const NOT_YET: ReadonlyMap<string, string> = new Map([
  ['jobs.*.container', 'run the steps on the host'],
  ['jobs.*.services', 'start what the job needs in a step'],
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
