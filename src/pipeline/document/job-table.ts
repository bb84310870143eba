/** The table of `jobs`: jobs with steps, and jobs that call another pipeline. */
import {
  CALL_SECRETS_PLACE,
  CREDENTIALS_PLACE,
  ENVIRONMENT_URL_PLACE,
  JOB_DEFAULTS_PLACE,
  JOB_END_PLACE,
  JOB_ENV_PLACE,
  JOB_IF_PLACE,
  JOB_PLACE,
  NEEDS_PLACE,
} from './places.js';
import {
  ANY,
  BOOLEAN,
  either,
  type Key,
  map,
  mapOf,
  type MapShape,
  NUMBER,
  type Shape,
  TEXT,
  within,
  WORD,
  WORDS,
} from './shape.js';
import { concurrencyAt, ID_PATTERN, PERMISSIONS, RUN_DEFAULTS } from './shared-table.js';
import { STEPS } from './step-table.js';

const STRATEGY: Shape = within(
  map({
    matrix: {
      shape: {
        kind: 'map',
        keys: {
          include: {
            shape: { kind: 'list', item: mapOf('matrix key', ANY) },
            doc: 'Combinations that are added or extended.',
          },
          exclude: { shape: { kind: 'list', item: mapOf('matrix key', ANY) }, doc: 'Combinations that are left out.' },
        },
        others: { noun: 'axis', value: { kind: 'list', item: ANY } },
      },
      doc: 'The job runs once for each combination.',
    },
    'fail-fast': { shape: BOOLEAN, doc: 'Cancel the other combinations when one fails; default true.' },
    'max-parallel': { shape: NUMBER, doc: 'How many combinations may run at a time.' },
  }),
  NEEDS_PLACE,
);

const CREDENTIALS: Shape = within(
  map({
    username: { shape: WORD, doc: 'User of the registry.' },
    password: { shape: WORD, doc: 'Password of the registry; take it from a secret.' },
  }),
  CREDENTIALS_PLACE,
);

const CONTAINER_KEYS: Readonly<Record<string, Key>> = {
  image: { shape: TEXT, doc: 'The image.' },
  options: { shape: TEXT, doc: 'Options of the container engine.' },
  env: { shape: within(mapOf('variable', TEXT), JOB_END_PLACE), doc: 'Environment variables of the container.' },
  ports: { shape: { kind: 'list', item: WORD }, doc: 'Ports to open.' },
  volumes: { shape: { kind: 'list', item: WORD }, doc: 'Volumes to mount.' },
  credentials: { shape: CREDENTIALS, doc: 'How to log in at the registry.' },
};

const SERVICE: Shape = either(
  WORD,
  map({
    ...CONTAINER_KEYS,
    entrypoint: { shape: TEXT, doc: 'Replaces the entry point of the image.' },
    command: { shape: TEXT, doc: 'Replaces the command of the image.' },
  }),
);

const RUNS_ON: Shape = within(
  either(
    WORD,
    { kind: 'list', item: WORD },
    map({
      group: { shape: WORD, doc: 'A group of agents.' },
      labels: { shape: WORDS, doc: 'Labels that the agent must have.' },
    }),
  ),
  JOB_PLACE,
);

const ENVIRONMENT: Shape = within(
  either(
    TEXT,
    map({
      name: { shape: TEXT, required: 'required', doc: 'The name of the environment.' },
      url: {
        shape: within(TEXT, ENVIRONMENT_URL_PLACE),
        doc: 'Where it can be seen; evaluated at the end of the job.',
      },
      deployment: { shape: BOOLEAN, doc: 'Does the job deploy? Default true.' },
    }),
  ),
  JOB_PLACE,
);

const MINUTES: Shape = { kind: 'number', text: 'counts', names: JOB_PLACE };

const COMMON: Readonly<Record<string, Key>> = {
  name: { shape: within(TEXT, JOB_PLACE), doc: 'The name that is shown.' },
  needs: { shape: WORDS, doc: 'Jobs that must be done first.' },
  if: {
    shape: { kind: 'condition', names: JOB_IF_PLACE },
    doc: 'Runs only if this holds; evaluated once, before the matrix.',
  },
  strategy: { shape: STRATEGY, doc: 'A matrix and how it runs.' },
  permissions: { shape: PERMISSIONS, doc: 'Read and recorded: the token of a job grants nothing on the forge.' },
  concurrency: {
    shape: concurrencyAt(JOB_PLACE),
    doc: 'Which jobs take turns; of a call all its jobs take one together.',
  },
};

export const STEP_JOB: MapShape = map({
  ...COMMON,
  'runs-on': {
    shape: RUNS_ON,
    required: 'required',
    doc: 'Which agents may take it: a label, labels, or group and labels.',
  },
  env: { shape: within(mapOf('variable', TEXT), JOB_ENV_PLACE), doc: 'Environment variables of its steps.' },
  defaults: {
    shape: map({ run: { shape: within(map(RUN_DEFAULTS), JOB_DEFAULTS_PLACE), doc: 'Defaults of `run` steps.' } }),
    doc: 'Defaults of its steps.',
  },
  'timeout-minutes': { shape: MINUTES, doc: 'It is cancelled after this time; default 360.' },
  'cancel-timeout-minutes': { shape: MINUTES, doc: 'How long its steps may go on after a cancel; default 5.' },
  'continue-on-error': { shape: { ...BOOLEAN, names: JOB_PLACE }, doc: 'A failure of it does not count.' },
  outputs: { shape: within(mapOf('output', TEXT), JOB_END_PLACE), doc: 'Texts for the jobs that need it.' },
  environment: { shape: ENVIRONMENT, doc: 'The environment it deploys to.' },
  container: {
    shape: within(either(TEXT, map(CONTAINER_KEYS)), JOB_PLACE),
    doc: 'The container that its steps run in.',
  },
  services: { shape: within(mapOf('service', SERVICE), JOB_PLACE), doc: 'Containers that run beside it.' },
  snapshot: {
    shape: {
      kind: 'refused',
      reason: "`snapshot` makes images of GitHub's own runners: there are none here, remove it",
    },
    doc: "Images of GitHub's runners.",
  },
  checkout: { shape: BOOLEAN, doc: '`false`: start in an empty workspace.', ours: 'ours' },
  steps: { shape: STEPS, doc: 'What it does, in order.' },
});

export const CALL_JOB: MapShape = map({
  ...COMMON,
  uses: { shape: WORD, required: 'required', doc: 'The pipeline that is called.' },
  with: { shape: within(mapOf('input', either(TEXT, BOOLEAN, NUMBER)), JOB_PLACE), doc: 'Its inputs.' },
  secrets: {
    shape: either(within(mapOf('secret', TEXT), CALL_SECRETS_PLACE), { kind: 'text', words: ['inherit'] }),
    doc: 'Its secrets, or `inherit`.',
  },
});

export const JOBS: MapShape = {
  kind: 'map',
  keys: {},
  empty: 'refused',
  others: {
    noun: 'job id',
    pattern: ID_PATTERN,
    value: {
      kind: 'variant',
      of: [
        { key: 'uses', shape: CALL_JOB },
        { key: 'runs-on', shape: STEP_JOB },
      ],
    },
  },
};
