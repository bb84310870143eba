/** Checks everything that the configuration file declares before any of it is applied. */
import { type SettingFault, SettingsError } from '../config/faults.js';
import type { ProjectDeclaration } from '../config/project-declarations.js';
import type { Problem } from '../kernel/errors.js';
import type { Project } from '../model/project.js';
import { readPipeline } from '../pipeline/index.js';
import { checkInput } from './check-input.js';
import { type DeclaredPipelineInput, DeclaredProjectInput } from './declared-input.js';
import { SECOND_PROJECT } from './host-rule.js';
import { storedInstance } from './register-project.js';

/** What the file declares, checked. */
export interface CheckedDeclaration {
  readonly projects: readonly DeclaredProjectInput[];
  /** Problems of pipelines that stop nothing. */
  readonly warnings: readonly Problem[];
}

/** Throws a SettingsError with every fault of every project and pipeline. */
export function checkDeclared(declarations: readonly ProjectDeclaration[]): CheckedDeclaration {
  const checked = declarations.map((plain) => ({ plain, ...checkInput(DeclaredProjectInput, plain) }));
  const projects = checked.flatMap((one) => (one.kind === 'good' ? [one.value] : []));
  const problems = projects.flatMap((project) => (project.pipelines ?? []).flatMap(problemsOf));
  const faults = [
    ...checked.flatMap((one) => (one.kind === 'bad' ? one.faults.map((fault) => settingFault(one.plain, fault)) : [])),
    ...problems.filter(({ severity }) => severity === 'error').map(problemFault),
  ];
  if (faults.length > 0) throw new SettingsError(faults);
  return { projects, warnings: problems };
}

/** TRUST.md §4, for the file as a whole: `standing` are the projects that the store holds. */
export function checkHostRule(
  file: string,
  declared: readonly DeclaredProjectInput[],
  standing: readonly Project[],
): void {
  const others = standing.filter((one) => one.enabled && one.declaredBy === null && !isDeclared(one, declared));
  const count = declared.length + others.length;
  if (declared.length === 0 || count < 2) return;
  const made = others.length > 0 ? ` (${others.map((one) => one.fullname).join(', ')} by the API)` : '';
  throw new SettingsError([
    { where: file, message: `${count} projects would be enabled${made}, but ${SECOND_PROJECT}` },
  ]);
}

/** Is the stored project one of those that the file declares? */
export function isDeclared(project: Project, declared: readonly DeclaredProjectInput[]): boolean {
  return declared.some((one) => one.fullname === project.fullname && storedInstance(one.instance) === project.instance);
}

function problemsOf({ text, path }: DeclaredPipelineInput): readonly Problem[] {
  return readPipeline(text, { file: path }).problems;
}

function settingFault(plain: ProjectDeclaration, fault: { path: string; message: string }): SettingFault {
  return { where: plain.where, message: `${fault.path} ${fault.message}`.trim() };
}

function problemFault(problem: Problem): SettingFault {
  return {
    where: `${problem.file}:${problem.line}:${problem.column}`,
    message: `${problem.message} [${problem.code}]`,
  };
}
