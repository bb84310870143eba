/** Names inside expressions that must stand elsewhere in the file, and outside text in scripts: warnings, as GitHub is lenient. */
import { callsOf, literalsOf } from '../expression/walk.js';
import type { Origins } from '../script/origins.js';
import { expressionsIn, type FoundExpression } from './job-expressions.js';
import { entriesOf, entryOf, itemsOf, type Node } from './node.js';
import { scalarText, textsAt } from './node-values.js';
import { KnownNames } from './known-names.js';
import { holdsOutside, outsideOfFile, outsideOfJob, outsideOfSteps, type TypedInputs } from './outside-names.js';
import type { Reading } from './reading.js';

export function checkReferences(root: Node, reading: Reading): void {
  const jobs = entriesOf(entryOf(root, 'jobs'));
  const ids = new KnownNames(jobs.map(({ key }) => key));
  const on = entryOf(root, 'on');
  const typed = typedInputs(on);
  const env = entryOf(root, 'env');
  const origins = outsideOfFile(env === null ? [] : expressionsIn(env, reading), typed);
  const file = { ids, typed, origins, reading };
  for (const { value } of jobs) checkJob(value, file);
  const outputs = entryOf(entryOf(on, 'workflow_call'), 'outputs');
  if (outputs) {
    for (const found of expressionsIn(outputs, reading)) {
      checkNames(found, { context: 'jobs', known: ids, reading }, (name) => `no job \`${name}\` is in this file`);
    }
  }
}

interface FileNames {
  /** Of all jobs. */
  readonly ids: KnownNames;
  readonly typed: TypedInputs;
  readonly origins: Origins;
  readonly reading: Reading;
}

function typedInputs(on: Node | null): TypedInputs {
  const inputs = ['workflow_dispatch', 'workflow_call'].flatMap((event) =>
    entriesOf(entryOf(entryOf(on, event), 'inputs')),
  );
  const typed = inputs.filter(({ value }) =>
    ['boolean', 'number', 'choice'].includes(scalarText(entryOf(value, 'type')) ?? ''),
  );
  return new Set(typed.map(({ key }) => key.toLowerCase()));
}

function checkJob(job: Node, file: FileNames): void {
  const { ids, reading } = file;
  const needs = new KnownNames(textsAt(job, 'needs'));
  const steps = stepNames(job);
  const all = expressionsIn(job, reading);
  const originsAt = outsideOfSteps(outsideOfJob(file.origins, all, file.typed), all, file.typed);
  for (const found of all) {
    const [key = '', index] = found.path;
    checkNames(found, { context: 'needs', known: needs, reading }, (name) => needMessage(name, ids));
    if (key === 'if' && found.path.length === 1) checkStatusIds(found, ids, reading);
    if (key === 'steps') {
      checkNames(
        found,
        { context: 'steps', known: steps(Number(index)), reading },
        (name) => `no step before this one has the id \`${name}\``,
      );
      if (found.path.at(-1) === 'run') checkScript(found, originsAt(found.path.slice(0, -1)), file);
    }
    if (AT_JOB_END.includes(key))
      checkNames(
        found,
        { context: 'steps', known: steps(Infinity), reading },
        (name) => `the job has no step \`${name}\``,
      );
  }
}

/** `success` and `failure` of a job take ids of jobs; one that nobody has is never either. */
function checkStatusIds({ parsed, spotOf }: FoundExpression, ids: KnownNames, { problems }: Reading): void {
  for (const call of callsOf(parsed.tree)) {
    if (!['success', 'failure'].includes(call.functionName.lexeme.toLowerCase())) continue;
    for (const name of literalsOf(call)) {
      if (ids.has(name)) continue;
      const message = `no job \`${name.slice(0, 60)}\` is in this file${problems.didYouMean(name, ids.all)}`;
      problems.warning(spotOf(call.functionName), 'unknown-name', message);
    }
  }
}

/** Keys of a job that may name its steps. */
const AT_JOB_END = ['outputs', 'environment'];

/** Names that may be read at a place. */
interface Names {
  has(name: string): boolean;
  readonly all: Iterable<string>;
}

/** The ids of the steps before the n-th. */
function stepNames(job: Node): (before: number) => Names {
  const ids = itemsOf(entryOf(job, 'steps')).flatMap((step, index) => idsOf(step).map((id) => ({ id, index })));
  const first = new Map(ids.toReversed().map(({ id, index }) => [id.toLowerCase(), index]));
  return (before) => ({
    has: (name) => (first.get(name.toLowerCase()) ?? Infinity) < before,
    all: namesBefore(ids, before),
  });
}

function* namesBefore(ids: readonly { readonly id: string; readonly index: number }[], before: number) {
  for (const { id, index } of ids) if (index < before) yield id;
}

/** The steps of a `parallel` stand beside each other. */
function idsOf(step: Node): readonly string[] {
  const parallel = entryOf(step, 'parallel');
  return (parallel ? itemsOf(parallel) : [step]).flatMap((one) => scalarText(entryOf(one, 'id')) ?? []);
}

function needMessage(name: string, ids: KnownNames): string {
  return ids.has(name)
    ? `the job does not need \`${name}\`: add it to \`needs\``
    : `no job \`${name}\` is in this file`;
}

function checkScript(found: FoundExpression, origins: Origins, { reading, typed }: FileNames): void {
  const outside = found.reads.filter((read) => holdsOutside(read, origins, typed));
  if (outside.length === 0) return;
  const source = `\${{ ${found.parsed.source.trim().slice(0, 100)} }}`;
  const variable = /^env\.(\w+)$/.exec(found.parsed.source.trim())?.[1];
  const safer = variable ? `"$${variable}"` : `\`env: {TEXT: "${source}"}\` and "$TEXT"`;
  const message = `${source} holds text from outside; safer is ${safer} in the script`;
  reading.problems.warning(found.spot(), 'outside-text', message);
}

interface Asked {
  readonly context: string;
  readonly known: Names;
  readonly reading: Reading;
}

/** Reads of `<context>.<name>` whose name is not known. */
function checkNames(found: FoundExpression, asked: Asked, message: (name: string) => string): void {
  const { context, known, reading } = asked;
  for (const { path, token } of found.reads) {
    const [first, name] = path;
    if (first !== context || typeof name !== 'string' || known.has(name)) continue;
    const hint = reading.problems.didYouMean(name, known.all);
    reading.problems.warning(found.spotOf(token), 'unknown-name', `${message(name)}${hint}`);
  }
}
