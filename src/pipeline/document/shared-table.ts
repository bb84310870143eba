/** Parts that the tables of the root and of a job have in common. */
import { BOOLEAN, either, map, mapOf, type Names, type Shape, WORD, within } from './shape.js';

const LEVELS = ['read', 'write', 'none'];

/** GitHub's permissions: read and recorded, since the job's token grants nothing on the forge. */
export const PERMISSIONS: Shape = either(mapOf('permission', { kind: 'text', words: LEVELS }), {
  kind: 'text',
  words: ['read-all', 'write-all'],
});

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
  shell: { shape: WORD, doc: 'The shell of `run` steps that name none.' },
  'working-directory': { shape: WORD, doc: 'The folder of `run` steps that name none, relative to the workspace.' },
};
