/** Which pipelines are to run again for what has changed: pure but for what it is given. */
import type { LocalEvent } from '../local-event.js';
import { started } from '../choose-pipelines.js';
import type { LocalPipeline } from '../local-pipelines.js';

/** Those that a push of these paths would start, and those whose own file is one of them. Their names, in the order of the files. */
export async function touchedBy(
  paths: readonly string[],
  pipelines: readonly LocalPipeline[],
  push: LocalEvent,
): Promise<readonly string[]> {
  const chosen = await started(pipelines, push, () => Promise.resolve(paths));
  const names = new Set(chosen.pipelines.map(({ path }) => path));
  return pipelines.filter(({ path }) => names.has(path) || paths.includes(path)).map(({ pipeline }) => pipeline.file);
}
