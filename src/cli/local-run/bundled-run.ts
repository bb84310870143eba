/** A run of a server, repeated here: its plan and its contexts as they were, at its commit. */
import { hasCommit, readTreeFacts } from '../../git/working-tree.js';
import type { JobSource } from '../../model/job-order.js';
import type { RunBundle } from '../../model/run-bundle.js';
import { placeOfKey } from '../../model/pipeline-places.js';
import type { Desk } from '../desk.js';
import { UsageError } from '../verb.js';
import type { LocalHouse } from './local-house.js';
import type { PlannedRun } from './planned-run.js';
import { treeFolder } from './prepare-runs.js';
import { readBundle } from './read-bundle.js';
import { sourceOf } from './run-orders.js';
import type { RunWords } from './run-words.js';

/** With `--workspace` the tree as it stands, else the commit of the run, which the repository must have. Throws a UsageError, Unreadable or a Fault. */
export async function prepareBundle({ call }: Desk, words: RunWords, opening: Promise<LocalHouse>) {
  const bundle = await readBundle(call, words.bundle ?? '');
  const folder = await treeFolder(call.cwd, words, () => Promise.resolve(call.cwd));
  const house = await opening;
  const tree = await readTreeFacts(folder, house.git);
  const standing = sourceOf(tree, folder, house.folder);
  const source = words.workspace === undefined ? await commitSource(bundle, tree.repository, folder, house) : standing;
  // As on the server: text from outside is never pasted.
  return {
    ...{ kind: 'ready' as const, runs: [runOf(bundle, words)], problems: [], notes: [] },
    ...{ source, trust: bundle.run.trust, outsideText: undefined },
  };
}

function runOf({ run, plan, contexts }: RunBundle, { vars, bundle = '' }: RunWords): PlannedRun {
  const about = {
    pipeline: run.pipeline.name,
    file: `${bundle} (${placeOfKey(run.pipeline.key)})`,
    eventName: run.eventName,
  };
  return { id: 1, plan, contexts: { ...contexts, vars: { ...contexts.vars, ...vars } }, ref: run.ref, ...about };
}

async function commitSource(
  { run }: RunBundle,
  repository: string | null,
  folder: string,
  { git }: LocalHouse,
): Promise<JobSource> {
  const { commit, ref, url } = run;
  if (repository === null || !(await hasCommit(folder, commit, git)))
    throw new UsageError(
      `--bundle: ${folder} does not have the commit ${commit} of the run: git fetch ${url}, or --workspace DIR for a tree as it stands`,
    );
  return { mirror: repository, commit, ref, url };
}
