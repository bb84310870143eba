/** Reads pipelines from files and prints their problems; only this loads the language. */
import { join } from 'node:path';
import type { Problem } from '../../kernel/errors.js';
import { PIPELINE_FOLDERS } from '../../model/pipeline-places.js';
import { readPipeline } from '../../pipeline/index.js';
import type { Desk } from '../desk.js';
import { jsonLine, plainText } from '../screen/plain-text.js';
import { problemLine } from '../screen/problem-line.js';
import type { Screen } from '../screen/screen.js';
import { EXIT, UsageError } from '../verb.js';
import { problemsOfCalls } from './local-calls.js';
import { findPipelineFiles, findRepository, pathFrom } from './repository.js';
import { sarifLog } from './sarif.js';
import { readSource, type SourceFile, Unreadable } from './source-file.js';

export type LintFormat = 'text' | 'json' | 'sarif';

/** What came of the files, in their order. */
export interface Linted {
  readonly files: number;
  readonly problems: readonly Problem[];
  /** Sentences about files that could not be read. */
  readonly unread: readonly string[];
}

/** The exit code: 2 when a file cannot be read, 1 with errors, else 0. Throws a UsageError where there is nothing to read. */
export async function lintFiles(desk: Desk, files: readonly string[], format: LintFormat): Promise<number> {
  const names = files.length > 0 ? files : await filesOfRepository(desk);
  const linted = await lintAll(desk, names);
  print(desk, linted, format);
  for (const sentence of linted.unread) desk.screen.aside(`error: ${plainText(sentence)}`);
  if (linted.unread.length > 0) return EXIT.usage;
  return linted.problems.some(({ severity }) => severity === 'error') ? EXIT.failure : EXIT.done;
}

/** What is wrong with one file, what it calls in its repository included. */
export async function lintSource({ name, bytes, root }: SourceFile): Promise<readonly Problem[]> {
  const { pipeline, problems } = readPipeline(bytes, { file: name });
  return pipeline === null ? problems : [...problems, ...(await problemsOfCalls(pipeline, root))];
}

async function filesOfRepository({ call: { cwd }, screen }: Desk): Promise<readonly string[]> {
  const root = await findRepository(cwd);
  if (root === null) throw new UsageError('this is no git repository: name the files');
  const { files, passedOver } = await findPipelineFiles(root);
  for (const sentence of passedOver) screen.aside(`warning: ${plainText(sentence)}`);
  if (files.length > 0) return files.map((file) => pathFrom(cwd, join(root, file)));
  throw new UsageError(`there is no pipeline in ${PIPELINE_FOLDERS.join(', ')} of this repository: name the files`);
}

async function lintAll({ call }: Desk, names: readonly string[]): Promise<Linted> {
  const [problems, unread]: [Problem[], string[]] = [[], []];
  for (const name of names) {
    try {
      problems.push(...(await lintSource(await readSource(call, name))));
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      unread.push(error.message);
    }
  }
  return { files: names.length, problems, unread };
}

function print({ screen, call }: Desk, { files, problems, unread }: Linted, format: LintFormat): void {
  if (format === 'sarif') return screen.line(jsonLine(sarifLog(problems, unread, call.cwd)));
  if (format === 'json') return problems.forEach((problem) => screen.line(jsonLine(problem)));
  printProblems(screen, problems);
  screen.aside(`${count(files, 'pipeline')}: ${problems.length === 0 ? 'no problem' : totals(problems)}`);
}

/** One line each. */
export function printProblems(screen: Screen, problems: readonly Problem[]): void {
  const { paint } = screen;
  for (const problem of problems) {
    const brush = paint[problem.severity === 'error' ? 'bad' : 'warning'];
    screen.line(brush(plainText(problemLine(problem))));
  }
}

function totals(problems: readonly Problem[]): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const parts = [
    [errors, 'error'],
    [problems.length - errors, 'warning'],
  ] as const;
  return parts.flatMap(([number, noun]) => (number === 0 ? [] : [count(number, noun)])).join(', ');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
