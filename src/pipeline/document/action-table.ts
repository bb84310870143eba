/** The table of an action's parts that are checked: its steps, and where expressions may stand. */
import { ACTION_IF_PLACE, ACTION_INPUT_PLACE, ACTION_OUTPUT_PLACE, ACTION_PLACE } from './places.js';
import { ID_PATTERN, SHELL } from './shared-table.js';
import { BOOLEAN, type Key, type ListShape, map, mapOf, type Shape, TEXT, within, WORD } from './shape.js';

const SHARED: Readonly<Record<string, Key>> = {
  id: { shape: { ...WORD, pattern: ID_PATTERN }, doc: 'The name under which expressions find it.' },
  name: { shape: within(TEXT, ACTION_PLACE), doc: 'The name that is shown.' },
  if: { shape: { kind: 'condition', names: ACTION_IF_PLACE }, doc: 'Runs only if this holds.' },
  env: { shape: within(mapOf('variable', TEXT), ACTION_PLACE), doc: 'Environment variables.' },
  'continue-on-error': { shape: { ...BOOLEAN, names: ACTION_PLACE }, doc: 'A failure of it does not count.' },
};

export const ACTION_STEPS: ListShape = {
  kind: 'list',
  item: {
    kind: 'variant',
    of: [
      {
        key: 'run',
        shape: map({
          ...SHARED,
          run: { shape: within(TEXT, ACTION_PLACE), required: 'required', doc: 'The script.' },
          shell: { shape: within(SHELL, ACTION_PLACE), required: 'required', doc: 'The shell: there is no default.' },
          'working-directory': { shape: within(TEXT, ACTION_PLACE), doc: 'Where it runs.' },
        }),
      },
      {
        key: 'uses',
        shape: map({
          ...SHARED,
          uses: { shape: WORD, required: 'required', doc: 'The action.' },
          with: { shape: within(mapOf('input', TEXT), ACTION_PLACE), doc: 'The inputs of the action.' },
        }),
      },
    ],
  },
};

export const ACTION_CONDITION: Shape = { kind: 'condition', names: ACTION_IF_PLACE };
export const ACTION_INPUT: Shape = within(TEXT, ACTION_INPUT_PLACE);
export const ACTION_OUTPUT: Shape = within(TEXT, ACTION_OUTPUT_PLACE);
