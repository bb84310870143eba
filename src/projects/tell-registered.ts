/** Tells of a project that is here (again), so that its repository is read before anything is pushed. */
import type { Project } from '../model/project.js';
import { REGISTERED } from '../model/registration.js';
import { insertOwnMessage } from '../store/own-messages.js';
import type { Tx } from '../store/store.js';

/** In the commit that makes or enables it, which leaves it at `version`. */
export async function tellRegistered(
  tx: Tx,
  { id, fullname, version }: Pick<Project, 'id' | 'fullname' | 'version'>,
  nowMs: number,
): Promise<void> {
  const summary = `${fullname} was ${version === 1 ? 'registered' : 'enabled'} here`.slice(0, 300);
  await insertOwnMessage(
    tx,
    {
      projectId: id,
      source: 'manual',
      msgId: `registered-${id}-${version}`,
      msg: { project: { fullname } },
      facts: { topic: REGISTERED, kind: 'project', action: null, actor: null, summary },
    },
    nowMs,
  );
}
