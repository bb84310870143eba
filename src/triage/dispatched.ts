/** Starts by hand (`workflow_dispatch`) and by programs (`repository_dispatch`): what is stored of them, and what they stand on. Pure. */
import { isJsonObject, type JsonObject } from '../kernel/json.js';
import type { Event } from '../model/event.js';
import type { Trust } from '../model/trust.js';
import type { Situation } from './situation.js';

/** What was found out when it was asked for. */
export interface Dispatched {
  /** Full name of a branch or tag of the project itself. */
  readonly ref: string;
  /** Where it stood. */
  readonly commit: string;
  /** How far whoever asked is trusted: the run is trusted no further. */
  readonly trust: Trust;
  /** Key of the one pipeline that is meant; null for all that a type of `repository_dispatch` starts. */
  readonly pipeline: string | null;
}

export const WORKFLOW_DISPATCH = 'workflow_dispatch';
export const REPOSITORY_DISPATCH = 'repository_dispatch';

const TRUSTS: readonly unknown[] = ['trusted', 'restricted', 'held'] satisfies readonly Trust[];

/** The message as it is stored, `more` being what GitHub's payload of the event holds. */
export function dispatchMessage(dispatched: Dispatched, agent: string, more: JsonObject): JsonObject {
  const { ref, commit, trust, pipeline } = dispatched;
  return { agent, ...more, dispatch: { ref, commit, trust, pipeline } };
}

/** Null for an event of any other kind: a stored event's kind is ours, whatever its message says. */
export function readDispatched({ kind }: Pick<Event, 'kind'>, msg: JsonObject): Dispatched | null {
  const kept = kind === 'dispatch' ? msg['dispatch'] : undefined;
  if (!isJsonObject(kept)) return null;
  const { ref, commit, trust, pipeline } = kept;
  if (typeof ref !== 'string' || typeof commit !== 'string' || !TRUSTS.includes(trust)) return null;
  return { ref, commit, trust: trust as Trust, pipeline: typeof pipeline === 'string' ? pipeline : null };
}

/** `found` stands on the ref that was asked for; `head` is the default branch as a full ref. */
export function dispatchSituation(
  found: Situation,
  { trust }: Dispatched,
  { head, actor }: { readonly head: string | null; readonly actor: string | null },
): Situation {
  const who = actor ?? 'somebody';
  const trustReason =
    trust === 'trusted'
      ? `started by ${who} on a branch or tag of the project itself`
      : `started by ${who}, who may not commit to the project`;
  return { ...found, trust, trustReason, defaultBranch: head?.replace(/^refs\/heads\//, '') ?? '' };
}
