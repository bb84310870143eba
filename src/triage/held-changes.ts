/** What a pull-request changes, as whoever approves it is to see it: pipelines and actions first, with what they would run. */
import type { DiffFile, Git, PullRequestStore } from '../git/git.js';
import type { ChangedFile, HeldChanges } from '../model/hold.js';
import { isPipelineName, PIPELINE_FOLDERS } from '../model/pipeline-places.js';
import type { PlannedStep } from '../model/plan.js';
import { readAction, readPipeline } from '../pipeline/index.js';

/** So many files are shown; all pipelines among them. */
const MOST_FILES = 500;
const MOST_USES = 200;
const FILE_BYTES = 512 * 1024;

/** Null when a commit is missing. Throws a Fault when git does. */
export async function readHeldChanges(
  git: Git,
  store: PullRequestStore,
  { target, head }: { readonly target: string; readonly head: string },
): Promise<HeldChanges | null> {
  const diff = await git.diffPullRequest(store, target, head);
  if (diff === null) return null;
  const files = diff.files.map(toChangedFile).sort(byRank);
  const shown = files.slice(0, MOST_FILES);
  const uses = await usesOf(git, store, { head, files: shown.filter(({ isPipeline }) => isPipeline) });
  return { head, mergeBase: diff.mergeBase, files: shown, more: files.length - shown.length, uses };
}

function toChangedFile(file: DiffFile): ChangedFile {
  return { ...file, isPipeline: isPipeline(file.path) };
}

function isPipeline(path: string): boolean {
  const isInFolder = PIPELINE_FOLDERS.some((folder) => path.startsWith(`${folder}/`));
  return (isInFolder && isPipelineName(path)) || isAction(path);
}

function isAction(path: string): boolean {
  return /(^|\/)action\.ya?ml$/.test(path);
}

function byRank(a: ChangedFile, b: ChangedFile): number {
  if (a.isPipeline !== b.isPipeline) return a.isPipeline ? -1 : 1;
  return a.path < b.path ? -1 : 1;
}

async function usesOf(
  git: Git,
  store: PullRequestStore,
  { head, files }: { readonly head: string; readonly files: readonly ChangedFile[] },
): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const { path } of files) {
    const bytes = await git.readPullRequestFile(store, { commit: head, path }, FILE_BYTES);
    for (const uses of bytes === null ? [] : usesIn(bytes, path)) found.add(uses);
  }
  return [...found].sort().slice(0, MOST_USES);
}

/** Pure. Of a text that cannot be read what looks like it: nothing may be passed over because the file is broken. */
export function usesIn(bytes: Buffer, path: string): readonly string[] {
  const steps = isAction(path) ? stepsOfAction(bytes, path) : null;
  if (steps !== null) return namesIn(steps);
  const { pipeline } = readPipeline(bytes, { file: path, scope: 'language' });
  if (pipeline === null) return looksLikeUses(bytes.toString('utf8'));
  const calls = pipeline.jobs.flatMap(({ call }) => (call === null ? [] : [call.uses]));
  return [...calls, ...namesIn(pipeline.jobs.flatMap((job) => job.steps))];
}

function stepsOfAction(bytes: Buffer, path: string): readonly PlannedStep[] | null {
  const runs = readAction(bytes, path).action?.runs;
  return runs?.kind === 'composite' ? runs.steps : null;
}

function namesIn(steps: readonly PlannedStep[]): readonly string[] {
  return steps.flatMap(({ uses }) => (uses === null ? [] : [uses]));
}

function looksLikeUses(text: string): readonly string[] {
  return [...text.matchAll(/\buses["']?[ \t]*:[ \t]*["']?([^\s"'#,}]{1,300})/g)].map(([, name = '']) => name);
}
