/** The contexts of a run: what the forge gives, and what only the run knows (LANGUAGE.md, "Contexts"). */
import type { ForgeContexts } from '../forge/forge.js';
import { placeOfKey } from '../model/pipeline-places.js';
import type { Project } from '../model/project.js';
import type { Run, RunContexts } from '../model/run.js';

/** Days that GitHub names for artifacts; nothing here deletes a run earlier. */
const RETENTION_DAYS = '90';

/** The part of a run that its contexts show. */
export type RunIdentity = Pick<
  Run,
  'id' | 'number' | 'attempt' | 'pipelineKey' | 'pipelineName' | 'pipelineCommit' | 'resolved'
>;

export function runContexts(run: RunIdentity, project: Pick<Project, 'fullname'>, forge: ForgeContexts): RunContexts {
  const path = placeOfKey(run.pipelineKey);
  const own = {
    workflow: run.pipelineName,
    workflow_ref: `${project.fullname}/${path}@${run.resolved.ref}`,
    workflow_sha: run.pipelineCommit ?? run.resolved.commit ?? '',
    run_id: String(run.id),
    run_number: String(run.number),
    run_attempt: String(run.attempt),
    retention_days: RETENTION_DAYS,
  };
  return {
    github: { ...forge.github, ...own },
    event: forge.event,
    pagure: forge.pagure,
    vars: {},
    inputs: {},
  };
}
