/** Names inside expressions that must stand elsewhere in the file, and outside text in scripts: warnings, as GitHub is lenient. */
import { readsOf } from '../expression/walk.js';
import { isOutsideRead } from '../script/outside.js';
import { expressionsIn, type FoundExpression } from './job-expressions.js';
import { entriesOf, entryOf, itemsOf, type Node, type ProblemList } from './node.js';
import { jsonOf, scalarText, textsAt } from './node-values.js';
import { didYouMean } from './suggest.js';

export function checkReferences(root: Node, problems: ProblemList): void {
  const jobs = entriesOf(entryOf(root, 'jobs'));
  const ids = jobs.map(({ key }) => key);
  const on = entryOf(root, 'on');
  const file = { ids, typedInputs: typedInputs(on), problems };
  for (const { value } of jobs) checkJob(value, file);
  const outputs = entryOf(entryOf(on, 'workflow_call'), 'outputs');
  if (outputs) {
    for (const found of expressionsIn(outputs)) {
      checkNames(found, 'jobs', namesOf(ids), problems, (name) => `no job \`${name}\` is in this file`);
    }
  }
}

interface FileNames {
  /** Of all jobs. */
  readonly ids: readonly string[];
  /** Lower case; inputs that cannot hold any text. */
  readonly typedInputs: ReadonlySet<string>;
  readonly problems: ProblemList;
}

function typedInputs(on: Node | null): ReadonlySet<string> {
  const inputs = ['workflow_dispatch', 'workflow_call'].flatMap((event) =>
    entriesOf(entryOf(entryOf(on, event), 'inputs')),
  );
  const typed = inputs.filter(({ value }) =>
    ['boolean', 'number', 'choice'].includes(scalarText(entryOf(value, 'type')) ?? ''),
  );
  return new Set(typed.map(({ key }) => key.toLowerCase()));
}

function checkJob(job: Node, file: FileNames): void {
  const { ids, problems } = file;
  const needs = namesOf(textsAt(job, 'needs'));
  const steps = stepNames(job);
  for (const found of expressionsIn(job)) {
    const [key = '', index] = found.path;
    checkNames(found, 'needs', needs, problems, (name) => needMessage(name, ids));
    if (key === 'steps') checkStep(found, steps(Number(index)), file);
    if (AT_JOB_END.includes(key))
      checkNames(found, 'steps', steps(Infinity), problems, (name) => `the job has no step \`${name}\``);
  }
  if (isNever(job)) {
    problems.warning(
      entryOf(job, 'if')?.spot ?? job.spot,
      'never-runs',
      'this `if` is always false: the job never runs',
    );
  }
}

/** Keys of a job that may name its steps. */
const AT_JOB_END = ['outputs', 'environment'];

/** Names that may be read at a place. */
interface KnownNames {
  /** Asked in lower case. */
  has(name: string): boolean;
  all(): readonly string[];
}

function namesOf(names: readonly string[]): KnownNames {
  const folded = new Set(names.map((name) => name.toLowerCase()));
  return { has: (name) => folded.has(name), all: () => names };
}

/** The ids of the steps before the n-th. */
function stepNames(job: Node): (before: number) => KnownNames {
  const ids = itemsOf(entryOf(job, 'steps')).flatMap((step, index) => idsOf(step).map((id) => ({ id, index })));
  const first = new Map(ids.toReversed().map(({ id, index }) => [id.toLowerCase(), index]));
  return (before) => ({
    has: (name) => (first.get(name) ?? Infinity) < before,
    all: () => ids.filter(({ index }) => index < before).map(({ id }) => id),
  });
}

/** The steps of a `parallel` stand beside each other. */
function idsOf(step: Node): readonly string[] {
  const parallel = entryOf(step, 'parallel');
  return (parallel ? itemsOf(parallel) : [step]).flatMap((one) => scalarText(entryOf(one, 'id')) ?? []);
}

function needMessage(name: string, ids: readonly string[]): string {
  const isJob = ids.some((id) => id.toLowerCase() === name.toLowerCase());
  return isJob ? `the job does not need \`${name}\`: add it to \`needs\`` : `no job \`${name}\` is in this file`;
}

function checkStep(found: FoundExpression, known: KnownNames, file: FileNames): void {
  const { problems, typedInputs } = file;
  checkNames(found, 'steps', known, problems, (name) => `no step before this one has the id \`${name}\``);
  if (found.path.at(-1) !== 'run') return;
  const isTyped = ([context, name]: readonly (string | null)[]) => context === 'inputs' && typedInputs.has(name ?? '');
  if (!readsOf(found.parsed.tree).some((read) => isOutsideRead(read) && !isTyped(read.path))) return;
  const source = `\${{ ${found.parsed.source.trim().slice(0, 100)} }}`;
  const message = `${source} holds text from outside; safer is \`env: {TEXT: "${source}"}\` and "$TEXT" in the script`;
  problems.warning(found.spot(), 'outside-text', message);
}

/** Reads of `<context>.<name>` whose name is not known. */
function checkNames(
  found: FoundExpression,
  context: string,
  known: KnownNames,
  problems: ProblemList,
  message: (name: string) => string,
): void {
  for (const { path, token } of readsOf(found.parsed.tree)) {
    const [first, name] = path;
    if (first !== context || typeof name !== 'string' || known.has(name)) continue;
    problems.warning(found.spotOf(token), 'unknown-name', `${message(name)}${didYouMean(name, known.all())}`);
  }
}

function isNever(job: Node): boolean {
  const condition = jsonOf(entryOf(job, 'if'));
  return (
    condition === false || (typeof condition === 'string' && /^\s*(\$\{\{)?\s*false\s*(\}\})?\s*$/.test(condition))
  );
}
