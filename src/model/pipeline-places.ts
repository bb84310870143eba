/** Where the pipelines of a repository stand (LANGUAGE.md, "Where pipelines come from"). */

/** Of these folders the first that exists is read; the files of the first one are checked out without asking. */
export const PIPELINE_FOLDERS: readonly string[] = [
  '.pagure/pipelines',
  '.forgejo/workflows',
  '.gitea/workflows',
  '.github/workflows',
];

/** More files than this in one folder are not read: they would be a way to make triage slow. */
export const MOST_PIPELINE_FILES = 200;

/** Is it named as a pipeline is? */
export function isPipelineName(path: string): boolean {
  return /\.ya?ml$/.test(path);
}

/** The path in the repository or the name on the server, of a key `repo:<path>` or `server:<name>`. */
export function placeOfKey(pipelineKey: string): string {
  return pipelineKey.replace(/^(repo|server):/, '');
}
