/** A run of a server, repeated here: its plan and its contexts as they were, at its commit. */
import { hasCommit } from '../../git/working-tree.js';
import type { JobSource } from '../../model/job-order.js';
import type { RunBundle } from '../../model/run-bundle.js';
import { placeOfKey } from '../../model/pipeline-places.js';
import type { Desk } from '../desk.js';
import { UsageError } from '../verb.js';
import type { OpenHouse, TreePlace } from './open-house.js';
import type { PlannedRun } from './planned-run.js';
import { readBundle } from './read-bundle.js';
import { sourceOf } from './run-orders.js';
import type { RunWords } from './run-words.js';

/** With `--workspace` the tree as it stands, else the commit of the run, which the repository must have. Throws a UsageError, Unreadable or a Fault. */
export async function prepareBundle({ call }: Desk, words: RunWords, opened: OpenHouse) {
  const bundle = await readBundle(call, words.bundle ?? '');
  const place = await opened.place;
  const { folder } = await opened.house;
  const isStanding = words.workspace !== undefined;
  const source = isStanding ? sourceOf(place, folder) : await commitSource(bundle, place, opened);
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

async function commitSource({ run }: RunBundle, place: TreePlace, opened: OpenHouse): Promise<JobSource> {
  const { commit, ref, url } = run;
  const { folder, tree } = place;
  const { git } = await opened.house;
  if (tree.repository !== null && (await hasCommit(folder, commit, git)))
    return { mirror: tree.repository, commit, ref, url };
  throw new UsageError(
    `--bundle: ${folder} does not have the commit ${commit} of the run: git fetch ${url}, or --workspace DIR for a tree as it stands`,
  );
}
