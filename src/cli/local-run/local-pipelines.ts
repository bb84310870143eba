/** The pipelines that are to be run: one that is named, or those of the repository. */
import { join, resolve } from 'node:path';
import type { Problem } from '../../kernel/errors.js';
import { PIPELINE_FOLDERS } from '../../model/pipeline-places.js';
import { type Pipeline, readPipeline } from '../../pipeline/index.js';
import { linkLocalCalls } from '../local/local-calls.js';
import { findPipelineFiles, pathFrom } from '../local/repository.js';
import { readSource } from '../local/source-file.js';
import { UsageError, type VerbCall } from '../verb.js';

export interface LocalPipeline {
  readonly pipeline: Pipeline;
  readonly text: string;
  /** From the root of the tree, as a server would call it. */
  readonly path: string;
  /** As PlanOptions. */
  readonly checkout: boolean;
}

/** `problems` holds warnings too; a file with an error is in no pipeline. */
export interface ReadFiles {
  readonly pipelines: readonly LocalPipeline[];
  readonly problems: readonly Problem[];
}

/** Files of the repository, by the name that the caller would use. Throws a UsageError when there is none. */
export async function filesOfTree({ cwd }: VerbCall, tree: string): Promise<readonly string[]> {
  const { files } = await findPipelineFiles(tree);
  if (files.length > 0) return files.map((file) => pathFrom(cwd, join(tree, file)));
  throw new UsageError(`there is no pipeline in ${PIPELINE_FOLDERS.join(', ')} of ${tree}: name the file`);
}

/** Throws Unreadable. */
export async function readFiles(call: VerbCall, files: readonly string[], tree: string): Promise<ReadFiles> {
  const [pipelines, problems]: [LocalPipeline[], Problem[]] = [[], []];
  for (const file of files) {
    const read = await readFile(call, file, tree);
    problems.push(...read.problems);
    pipelines.push(...read.pipelines);
  }
  return { pipelines, problems };
}

async function readFile(call: VerbCall, file: string, tree: string): Promise<ReadFiles> {
  const { bytes, name } = await readSource(call, file);
  const path = file === '-' ? name : pathFrom(tree, resolve(call.cwd, file));
  const { pipeline, problems } = readPipeline(bytes, { file: name });
  if (pipeline === null) return { pipelines: [], problems };
  const linked = await linkLocalCalls(pipeline, tree, checksOut);
  const called = linked.kind === 'problems' ? linked.problems : [];
  if (linked.kind !== 'linked') return { pipelines: [], problems: [...problems, ...called] };
  const ready = { pipeline: linked.pipeline, text: bytes.toString('utf8'), path, checkout: checksOut(path) };
  return { pipelines: [ready], problems };
}

/** In the folders of other forges a job begins with an empty workspace; everywhere else with the tree. */
function checksOut(path: string): boolean {
  return !PIPELINE_FOLDERS.slice(1).some((folder) => path.startsWith(`${folder}/`));
}
