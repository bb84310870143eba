/** Pipelines of the same repository that a pipeline calls, read from the working tree. */
import { join } from 'node:path';
import type { Problem } from '../../kernel/errors.js';
import {
  type CallTarget,
  linkCalls,
  type LinkedPipeline,
  type LoadedPipeline,
  type Pipeline,
  readPipeline,
  targetKey,
} from '../../pipeline/index.js';
import { isPlainFile, LARGEST, readBytes } from './source-file.js';

/** Calls of other repositories are left as they are: nothing is fetched here. `checkout`: as PlanOptions, of a called file. */
export async function linkLocalCalls(
  pipeline: Pipeline,
  root: string | null,
  checkout: (path: string) => boolean = () => false,
): Promise<LinkedPipeline> {
  const loaded = new Map<string, LoadedPipeline>();
  for (;;) {
    const linked = linkCalls(localOnly(pipeline), loaded);
    if (linked.kind !== 'needs') return linked.kind === 'linked' ? withOthers(pipeline, linked.pipeline) : linked;
    for (const target of linked.needs) loaded.set(targetKey(target), await load(target, root, checkout(target.path)));
  }
}

/** What is wrong with the calls of a pipeline, as far as the working tree shows. */
export async function problemsOfCalls(pipeline: Pipeline, root: string | null): Promise<readonly Problem[]> {
  const linked = await linkLocalCalls(pipeline, root);
  return linked.kind === 'problems' ? linked.problems : [];
}

function localOnly(pipeline: Pipeline): Pipeline {
  return { ...pipeline, jobs: pipeline.jobs.filter(({ call }) => call === null || /^[.$]\//.test(call.uses)) };
}

function withOthers(pipeline: Pipeline, linked: Pipeline): LinkedPipeline {
  const jobs = pipeline.jobs.map((job) => linked.jobs.find(({ id }) => id === job.id) ?? job);
  return { kind: 'linked', pipeline: { ...pipeline, jobs } };
}

async function load({ path }: CallTarget, root: string | null, checkout: boolean): Promise<LoadedPipeline> {
  if (root === null) return { kind: 'missing', reason: 'the file stands in no git repository' };
  if (!(await isPlainFile(join(root, path)))) return { kind: 'missing', reason: 'the working tree has no such file' };
  const bytes = await readBytes(join(root, path), path, LARGEST.pipeline);
  const { pipeline, problems } = readPipeline(bytes, { file: path });
  if (pipeline !== null) return { kind: 'loaded', pipeline: localOnly(pipeline), checkout };
  const first = problems.find(({ severity }) => severity === 'error');
  return { kind: 'missing', reason: `it has errors; the first is in line ${first?.line ?? 1}` };
}
