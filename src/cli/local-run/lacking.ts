/** What jobs need and this machine lacks, with its place in the file: said before anything runs. */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '../../kernel/errors.js';
import type { PlannedStep, Template } from '../../model/plan.js';
import { languageReference, type Pipeline, type PipelineJob } from '../../pipeline/index.js';
import { PlacesOfSteps } from './step-places.js';

export interface Machine {
  /** The PATH that steps start with. */
  readonly path: string;
  /** The tree that checkout copies from, absolute. */
  readonly tree: string;
}

/**
 * An error is what is sure to fail: it is in the first step that does something, and no condition may leave it out. What an
 * earlier step could bring, or a condition leave out, is a warning.
 */
export async function lackingFor(pipeline: Pipeline, text: string, machine: Machine): Promise<readonly Problem[]> {
  const places = new PlacesOfSteps(text);
  const found: Problem[] = [];
  for (const job of pipeline.jobs) {
    for (const lack of await lacksOf(job, machine)) {
      const place = places.of(job, lack.step, lack.key) ?? pipeline.places[job.id] ?? { line: 1, column: 1 };
      const { line, column } = place;
      found.push({
        file: pipeline.file,
        line,
        column,
        severity: lack.severity,
        code: 'lacking',
        message: lack.message,
      });
    }
  }
  return found;
}

interface Lack {
  /** Null: the job itself. */
  readonly step: PlannedStep | null;
  readonly key: string;
  readonly severity: Problem['severity'];
  readonly message: string;
}

async function lacksOf(job: PipelineJob, machine: Machine): Promise<readonly Lack[]> {
  if (job.call !== null) return /^[.$]\//.test(job.call.uses) ? [] : [remoteCall(job.call.uses)];
  const lacks: Lack[] = [];
  let isSure = job.if === null;
  for (const step of job.steps) {
    const severity = isSure && step.if === null && step.continueOnError === false ? 'error' : 'warning';
    const lack = await lackOf(step, job, machine);
    if (lack !== null) lacks.push({ step, severity, ...lack });
    if (step.control === null && !isCheckout(step)) isSure = false;
  }
  return lacks;
}

function remoteCall(uses: string): Lack {
  const message = `the pipeline ${uses.slice(0, 100)} is of another repository and is not fetched here: its job fails`;
  return { step: null, key: 'uses', severity: 'warning', message };
}

type Found = Pick<Lack, 'key' | 'message'> & { readonly severity?: 'warning' };

async function lackOf(step: PlannedStep, job: PipelineJob, machine: Machine): Promise<Found | null> {
  if (step.uses !== null) return lackOfAction(step, step.uses, machine);
  if (step.run === null) return null;
  const program = programOf(step.shell ?? job.defaults.shell);
  if (program === null || (await isOnPath(program, machine.path))) return null;
  return { key: 'shell', message: `this machine has no ${program}, which the step is to be run by` };
}

async function lackOfAction(step: PlannedStep, uses: string, { path, tree }: Machine): Promise<Found | null> {
  if (isCheckout(step))
    return (await isOnPath('git', path)) ? null : { key: 'uses', message: 'this machine has no git, which checks out' };
  if (uses.includes('${{') || (await isKnownAction(uses, tree))) return null;
  const why = uses.startsWith('./') ? 'there is no such action in the working tree' : 'it cannot be run here';
  return { key: 'uses', message: `the action ${uses.slice(0, 100)}: ${why}`, severity: 'warning' };
}

async function isKnownAction(uses: string, tree: string): Promise<boolean> {
  if (!uses.startsWith('./')) {
    const name = uses.split('@')[0]?.toLowerCase() ?? '';
    return languageReference().actions.some((action) => name === action || name.startsWith(`${action}/`));
  }
  const files = ['action.yml', 'action.yaml'].map((file) => join(tree, uses, file));
  return (await Promise.all(files.map((file) => can(file, constants.R_OK)))).includes(true);
}

function isCheckout({ uses }: PlannedStep): boolean {
  return /^actions\/checkout@/i.test(uses ?? '');
}

/** The program of a `shell`; null for one that is computed, that the runner refuses by itself, or that is found at its time. */
function programOf(shell: Template | null): string | null {
  if (shell === null) return 'sh';
  if (typeof shell !== 'string' || shell.includes('${{')) return null;
  const name = shell.trim();
  if (/^(cmd|powershell)$/i.test(name)) return null;
  return /^\S+/.exec(name)?.[0].replace(/^"|"$/g, '') ?? null;
}

async function isOnPath(program: string, path: string): Promise<boolean> {
  if (program.includes('/')) return !program.startsWith('/') || can(program, constants.X_OK);
  for (const folder of path.split(':')) {
    if (folder.startsWith('/') && (await can(join(folder, program), constants.X_OK))) return true;
  }
  return false;
}

function can(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}
