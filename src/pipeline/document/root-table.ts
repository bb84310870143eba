/** The table of a pipeline's root. */
import { JOBS } from './job-table.js';
import { ON } from './on-table.js';
import { PIPELINE_ENV_PLACE, RUN_PLACE } from './places.js';
import { map, type MapShape, mapOf, TEXT, within } from './shape.js';
import { concurrencyAt, PERMISSIONS, RUN_DEFAULTS } from './shared-table.js';

export const ROOT: MapShape = map({
  name: { shape: TEXT, doc: 'The name of the pipeline; else the path of its file.' },
  'run-name': { shape: within(TEXT, RUN_PLACE), doc: 'The title of its runs.' },
  description: { shape: TEXT, doc: 'For people; nothing is done with it.' },
  on: { shape: ON, required: 'required', doc: 'What starts it: GitHub events and topics of the forge.' },
  env: { shape: within(mapOf('variable', TEXT), PIPELINE_ENV_PLACE), doc: 'Environment variables of every job.' },
  defaults: {
    shape: map({ run: { shape: map(RUN_DEFAULTS), doc: 'Defaults of `run` steps.' } }),
    doc: 'Defaults of every job.',
  },
  permissions: { shape: PERMISSIONS, doc: 'Read and recorded: the token of a job grants nothing on the forge.' },
  concurrency: { shape: concurrencyAt(RUN_PLACE), doc: 'Which runs take turns.' },
  jobs: { shape: JOBS, required: 'required', doc: 'The jobs, by their ids.' },
});
