/** Puts the pipelines that a found one calls into it: read out of git, at the commit of the file that says it. */
import { firstError, type Problem } from '../kernel/errors.js';
import { type CallTarget, linkCalls, type LoadedPipeline, type Pipeline, targetKey } from '../pipeline/index.js';
import type { RunRequest } from '../runs/start-runs.js';
import type { FoundPipeline, ReadPipelines } from './read-pipelines.js';

/** Where it was found, and the files of its calls are read. */
interface CallSource {
  readonly projectId: number;
  /** That of the file; of a text kept on the server that of the repository's own pipelines. Null: there is none. */
  readonly commit: string | null;
  /** Are jobs of our own folders checked out without asking? */
  readonly checkout: boolean;
}

type LinkedFound =
  | { readonly kind: 'linked'; readonly pipeline: Pipeline }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

/** With all that it calls, or why it cannot run. */
export type HowItRuns = Extract<RunRequest['how'], { kind: 'run' | 'broken' }>;

/** A text kept on the server calls what stands where the repository's own pipelines are read. Throws a Fault when git does. */
export async function howItRuns(
  reader: ReadPipelines,
  { pipeline, problems, commit, isOurs }: FoundPipeline,
  { commit: pipelineCommit, ...where }: CallSource,
): Promise<HowItRuns> {
  if (pipeline === null) return { kind: 'broken', problems };
  const linked = await linkFound(reader, pipeline, { ...where, commit: commit ?? pipelineCommit });
  if (linked.kind === 'problems') return { kind: 'broken', problems: linked.problems };
  return { kind: 'run', pipeline: linked.pipeline, checkout: isOurs && where.checkout };
}

/** How deep and how many is bounded by the language. */
async function linkFound(reader: ReadPipelines, pipeline: Pipeline, source: CallSource): Promise<LinkedFound> {
  const loaded = new Map<string, LoadedPipeline>();
  for (;;) {
    const linked = linkCalls(pipeline, loaded);
    if (linked.kind !== 'needs') return linked;
    for (const target of linked.needs) loaded.set(targetKey(target), await load(reader, target, source));
  }
}

async function load(reader: ReadPipelines, target: CallTarget, source: CallSource): Promise<LoadedPipeline> {
  const { repository, path } = target;
  if (repository !== null) return missing('pipelines of other repositories are not fetched here');
  if (source.commit === null) return missing('there is no commit to read it from');
  const read = await reader.file(source.projectId, source.commit, path);
  if (read === null) return missing(`there is no such file at ${source.commit.slice(0, 12)}`);
  if (read.pipeline === null) return missing(firstError(read.problems));
  return { kind: 'loaded', pipeline: read.pipeline, checkout: source.checkout && isOurs(path) };
}

function missing(reason: string): LoadedPipeline {
  return { kind: 'missing', reason };
}

/** A file of another forge's folder is run as that forge would: nothing is checked out before its first step. */
function isOurs(path: string): boolean {
  return !/^\.(?:forgejo|gitea|github)\//.test(path);
}
