/** The table of `steps`: steps that run, and steps that steer those in the background. */
import { STEP_IF_PLACE, STEP_PLACE } from './places.js';
import { ID_PATTERN, SHELL } from './shared-table.js';
import {
  BOOLEAN,
  either,
  type Key,
  type ListShape,
  map,
  mapOf,
  NULL,
  offered,
  TEXT,
  type VariantShape,
  within,
  WORD,
  WORDS,
} from './shape.js';

/** A version, or what needs none. */
const WITH_VERSION = /^(\.\/|\$\/|docker:\/\/)|@./;

const NAMED: Readonly<Record<string, Key>> = {
  id: { shape: offered([], ID_PATTERN.test), doc: 'The name under which expressions find it.' },
  name: { shape: within(TEXT, STEP_PLACE), doc: 'The name that is shown.' },
  'continue-on-error': { shape: { ...BOOLEAN, names: STEP_PLACE }, doc: 'A failure of it does not count.' },
};

const WORKING: Readonly<Record<string, Key>> = {
  ...NAMED,
  if: {
    shape: { kind: 'condition', names: STEP_IF_PLACE },
    doc: 'Runs only if this holds; else only if nothing failed before.',
  },
  env: { shape: within(mapOf('variable', TEXT), STEP_PLACE), doc: 'Environment variables.' },
  'timeout-minutes': { shape: { kind: 'number', text: 'counts', names: STEP_PLACE }, doc: 'It fails after this time.' },
  background: { shape: BOOLEAN, doc: 'The next step starts without waiting for it.' },
};

const STEP: VariantShape = {
  kind: 'variant',
  of: [
    {
      key: 'run',
      shape: map({
        ...WORKING,
        run: { shape: within(TEXT, STEP_PLACE), required: 'required', doc: 'The script.' },
        shell: {
          shape: within(SHELL, STEP_PLACE),
          doc: 'The shell: bash, sh, python, pwsh, or a command line with {0}.',
        },
        'working-directory': { shape: within(TEXT, STEP_PLACE), doc: 'Where it runs, relative to the workspace.' },
      }),
    },
    {
      key: 'uses',
      shape: map({
        ...WORKING,
        uses: {
          shape: offered([], WITH_VERSION),
          required: 'required',
          doc: 'The action: `actions/checkout@v4`, `./path`.',
        },
        with: { shape: within(mapOf('input', TEXT), STEP_PLACE), doc: 'The inputs of the action.' },
      }),
    },
    {
      key: 'wait',
      shape: map({
        ...NAMED,
        wait: { shape: WORDS, required: 'required', doc: 'Steps of the background to wait for.' },
      }),
    },
    {
      key: 'wait-all',
      shape: map({
        ...NAMED,
        'wait-all': {
          shape: either(NULL, BOOLEAN),
          required: 'required',
          doc: 'Waits for all that runs in the background.',
        },
      }),
    },
    {
      key: 'cancel',
      shape: map({
        ...NAMED,
        cancel: { shape: WORD, required: 'required', doc: 'The step of the background to stop.' },
      }),
    },
    {
      key: 'parallel',
      shape: map({
        parallel: {
          shape: {
            kind: 'list',
            empty: 'refused',
            get item() {
              return STEP;
            },
          },
          required: 'required',
          doc: 'Steps that run beside each other; the next step waits for all.',
        },
      }),
    },
  ],
};

export const STEPS: ListShape = { kind: 'list', item: STEP, empty: 'refused' };
