/** `npm run bench:language`: reading and planning, expressions, filters, and how fast `lint` starts. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { advance, evaluateTemplate, planRun, readPipeline, type StepScope } from '../src/pipeline/index.js';
import { describeMachine } from './ingest/machine.js';
import { table } from './ingest/statistics.js';
import { measureFilters } from './language/filters.js';
import { samplePipeline } from './language/sample.js';
import { measureStartUp } from './language/start-up.js';
import { medianOf, perSecond, type Took } from './language/timing.js';

/** The compiled bench lies in dist/bench/. */
const MAIN = resolve(import.meta.dirname, '../bin/main.js');

const CONTEXTS = {
  github: {
    ref: 'refs/heads/main',
    ref_name: 'main',
    sha: 'a'.repeat(40),
    actor: 'alice',
    event_name: 'push',
    event: {},
  },
  event: { topic: 'git.receive', msg: { branch: 'main' } },
  pagure: { topic: 'git.receive', project: 'lab' },
  vars: {},
  inputs: {},
};

const SCOPE: StepScope = {
  contexts: CONTEXTS,
  needs: { build: { result: 'success', outputs: { version: '1.2' } } },
  matrix: { os: 'a', version: 3 },
  strategy: {},
  env: { MODE: 'test' },
  steps: { build: { outputs: { text: 'x' }, outcome: 'success', conclusion: 'success' } },
  job: {},
  runner: {},
  secrets: {},
  status: 'success',
};

const EXPRESSIONS = [
  'github.ref_name',
  "github.ref == 'refs/heads/main' && matrix.version > 2",
  "format('{0}-{1}', github.ref_name, steps.build.outputs.text)",
  "contains(fromJSON('[1, 2, 3]'), matrix.version)",
];

const folder = mkdtempSync(join(tmpdir(), 'pagure-actions-bench-'));
try {
  measure(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function measure(place: string): void {
  console.log(describeMachine(place));
  const text = samplePipeline();
  const read = medianOf(() => readPipeline(text, { file: 'ci.yml', scope: 'language' }));
  const both = medianOf(() => readAndPlan(text));
  console.log(`\na pipeline of ${text.split('\n').length - 1} lines with a matrix of 100 jobs, warm:`);
  console.log(`read ${shown(read)}, read + plan ${shown(both)} (goal: under 30 ms)\n`);
  const rows = EXPRESSIONS.map((text) => [text, rate(() => evaluateTemplate(`\${{ ${text} }}`, SCOPE))]);
  console.log(`${table([['expressions, parsed and evaluated', 'per second'], ...rows])}\n`);
  console.log(`${table(measureFilters())}\n`);
  printStartUp(place, text);
}

/** All of a run's first moments: 100 jobs are queued. */
function readAndPlan(text: string): void {
  const { pipeline, problems } = readPipeline(text, { file: 'ci.yml', scope: 'language' });
  if (!pipeline) throw new Error(problems.map(({ message }) => message).join('\n'));
  const planned = planRun(pipeline, CONTEXTS, { checkout: false });
  if (planned.kind !== 'plan') throw new Error('not planned');
  const { changes } = advance(planned.plan, [], CONTEXTS, 'run');
  if (changes.length !== 100) throw new Error(`${changes.length} jobs were planned`);
}

function printStartUp(place: string, text: string): void {
  const file = join(place, 'ci.yml');
  writeFileSync(file, text);
  const { bareMs, lintMs, moreMs } = measureStartUp(MAIN, file);
  const said = `node -e 0 ${bareMs.toFixed(0)} ms, lint ${lintMs.toFixed(0)} ms: ${moreMs.toFixed(0)} ms more`;
  console.log(`start-up: ${said} (goal: at most 250 ms)`);
}

function shown({ wallMs, cpuMs }: Took): string {
  return `${wallMs.toFixed(1)} ms (${cpuMs.toFixed(1)} ms of the processor)`;
}

function rate(work: () => unknown): string {
  return Math.round(perSecond(work)).toLocaleString('en');
}
