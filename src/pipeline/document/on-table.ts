/** The table of `on`, made from the list of GitHub's events; every other key is a topic. */
import { GITHUB_EVENTS, type GithubEvent, TOPIC_NAME } from '../trigger/github-events.js';
import { CALL_OUTPUT_PLACE, RUN_PLACE, TRIGGER_IF_PLACE } from './places.js';
import {
  BOOLEAN,
  either,
  type Key,
  map,
  mapOf,
  type MapShape,
  NULL,
  NUMBER,
  offered,
  PATTERNS,
  type Shape,
  TEXT,
  within,
  WORD,
  WORDS,
} from './shape.js';

const FILTER_DOCS: Readonly<Record<string, string>> = {
  branches: 'Only branches that match.',
  'branches-ignore': 'Not for branches that match.',
  tags: 'Only tags that match.',
  'tags-ignore': 'Not for tags that match.',
  paths: 'Only if a changed file matches.',
  'paths-ignore': 'Not if all changed files match.',
};

const FIVE_FIELDS = /^\s*[^\s@]\S*(\s+\S+){4}\s*$/;

const DISPATCH_TYPES = ['string', 'boolean', 'choice', 'number', 'environment'];
const CALL_TYPES = ['string', 'boolean', 'number'];
const VALUE = either(BOOLEAN, NUMBER, TEXT);

function inputKeys(types: readonly string[], fallback: Shape): Readonly<Record<string, Key>> {
  return {
    description: { shape: TEXT, doc: 'What it is for.' },
    deprecationMessage: { shape: TEXT, doc: 'Shown when it is used.' },
    type: { shape: { kind: 'text', words: types }, doc: `One of ${types.join(', ')}; string when it is absent.` },
    required: { shape: BOOLEAN, doc: 'Must it be given?' },
    default: { shape: fallback, doc: 'The value when it is not given.' },
  };
}

const DISPATCH_INPUT: Shape = either(
  NULL,
  map({
    ...inputKeys(DISPATCH_TYPES, VALUE),
    options: { shape: { kind: 'list', item: TEXT }, doc: 'The choices of type choice.' },
  }),
);

const CALL: Shape = either(
  NULL,
  map({
    inputs: {
      shape: mapOf('input', either(NULL, map(inputKeys(CALL_TYPES, within(VALUE, RUN_PLACE))))),
      doc: 'What a caller may give.',
    },
    secrets: {
      shape: mapOf(
        'secret',
        either(
          NULL,
          map({
            description: { shape: TEXT, doc: 'What it is for.' },
            required: { shape: BOOLEAN, doc: 'Must it be given?' },
          }),
        ),
      ),
      doc: 'Secrets that a caller may give.',
    },
    outputs: {
      shape: mapOf(
        'output',
        map({
          description: { shape: TEXT, doc: 'What it is.' },
          value: { shape: within(TEXT, CALL_OUTPUT_PLACE), required: 'required', doc: 'The text, from `jobs`.' },
        }),
      ),
      doc: 'What a caller gets.',
    },
  }),
);

const SPECIAL: Readonly<Record<string, Shape>> = {
  schedule: {
    kind: 'list',
    item: map({
      cron: { shape: offered([], FIVE_FIELDS), required: 'required', doc: 'Minute, hour, day, month, weekday.' },
      timezone: { shape: WORD, doc: 'A zone of the IANA list; default UTC.' },
    }),
  },
  workflow_dispatch: either(
    NULL,
    map({ inputs: { shape: either(NULL, mapOf('input', DISPATCH_INPUT)), doc: 'What whoever starts it may give.' } }),
  ),
  repository_dispatch: either(NULL, map({ types: { shape: WORDS, doc: 'Only these event types.' } })),
  workflow_call: CALL,
};

function eventShape(name: string, event: GithubEvent): Shape {
  const special = SPECIAL[name];
  if (special) return special;
  const keys: Record<string, Key> = {};
  if (event.types.length > 0)
    keys.types = { shape: typesShape(event.types), doc: `Only these of: ${event.types.join(', ')}.` };
  for (const filter of event.filters) keys[filter] = { shape: PATTERNS, doc: FILTER_DOCS[filter] as string };
  if (name === 'workflow_run') keys.workflows = { shape: WORDS, doc: 'Names of the pipelines that are followed.' };
  if (name === 'image_version')
    Object.assign(keys, { names: { shape: WORDS, doc: 'Names.' }, versions: { shape: WORDS, doc: 'Versions.' } });
  return Object.keys(keys).length === 0 ? either(NULL, map({})) : either(NULL, map(keys));
}

function typesShape(words: readonly string[]): Shape {
  return either({ kind: 'text', words }, { kind: 'list', item: { kind: 'text', words } });
}

const TOPIC: Shape = either(
  NULL,
  map({
    ...Object.fromEntries(Object.entries(FILTER_DOCS).map(([key, doc]) => [key, { shape: PATTERNS, doc }])),
    users: { shape: WORDS, doc: 'Only if one of these caused it.', ours: 'ours' },
    if: {
      shape: { kind: 'condition', names: TRIGGER_IF_PLACE },
      doc: 'Only if this holds over the event.',
      ours: 'ours',
    },
  }),
);

export const ON_MAP: MapShape = {
  kind: 'map',
  keys: Object.fromEntries(
    [...GITHUB_EVENTS].map(([name, event]) => [name, { shape: eventShape(name, event), doc: eventDoc(event) }]),
  ),
  others: { noun: 'topic', value: TOPIC, looksLike: TOPIC_NAME },
  empty: 'refused',
};

function eventDoc(event: GithubEvent): string {
  if (event.starts === 'never') return 'An event of GitHub that never starts here.';
  const defaults = event.defaultTypes === null ? '' : ` Without \`types\`: ${event.defaultTypes.join(', ')}.`;
  return `${event.when}${defaults}`;
}

const EVENT = offered([...GITHUB_EVENTS.keys()], TOPIC_NAME);

export const ON: Shape = either(EVENT, { kind: 'list', item: EVENT, empty: 'refused' }, ON_MAP);
