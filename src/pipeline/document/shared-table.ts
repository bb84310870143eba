/** Parts that the tables of the root and of a job have in common. */
import { BOOLEAN, either, map, type Names, offered, type Shape, WORD, within } from './shape.js';

/** Job and step ids, at most 99 characters. */
export const ID_PATTERN = {
  test: /^(?!__)[A-Za-z_][A-Za-z0-9_-]{0,98}$/,
  says: 'begins with a letter or `_` (not `__`), goes on with letters, digits, `_` and `-`, and has under 100 characters',
};

/** What an editor offers; any command line is taken too. */
export const SHELL = offered(['bash', 'sh', 'python', 'pwsh'], /./);

const ALL = ['read', 'write', 'none'];

/** GitHub's list, each with the levels that it may have. */
const LEVELS: Readonly<Record<string, readonly string[]>> = {
  actions: ALL,
  'artifact-metadata': ALL,
  attestations: ALL,
  checks: ALL,
  'code-quality': ALL,
  contents: ALL,
  'copilot-requests': ['write', 'none'],
  deployments: ALL,
  discussions: ALL,
  drives: ALL,
  'id-token': ['write', 'none'],
  issues: ALL,
  models: ['read', 'none'],
  packages: ALL,
  pages: ALL,
  'pull-requests': ALL,
  'repository-projects': ALL,
  'security-events': ALL,
  statuses: ALL,
  'vulnerability-alerts': ['read', 'none'],
};

/** Read and recorded, since the job's token grants nothing on the forge. */
export const PERMISSIONS: Shape = either(
  map(
    Object.fromEntries(
      Object.entries(LEVELS).map(([name, words]) => [
        name,
        { shape: { kind: 'text', words }, doc: 'Read and recorded.' },
      ]),
    ),
  ),
  { kind: 'text', words: ['read-all', 'write-all'] },
);

export function concurrencyAt(names: Names): Shape {
  return within(
    either(
      WORD,
      map({
        group: { shape: WORD, required: 'required', doc: 'Runs or jobs of one group take turns; case is ignored.' },
        'cancel-in-progress': { shape: BOOLEAN, doc: 'Cancel the one that runs when a newer one comes.' },
        queue: {
          shape: { kind: 'text', words: ['single', 'max'] },
          doc: '`max` keeps up to 100 waiting; `single` only the newest.',
        },
      }),
    ),
    names,
  );
}

export const RUN_DEFAULTS = {
  shell: { shape: SHELL, doc: 'The shell of `run` steps that name none.' },
  'working-directory': { shape: WORD, doc: 'The folder of `run` steps that name none, relative to the workspace.' },
};
