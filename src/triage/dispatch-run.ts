/** Makes the event of a start by hand or by a program: checked against the pipeline as it stands at the commit that will run. */
import type { Git } from '../git/git.js';
import type { Clock } from '../kernel/clock.js';
import { Refusal } from '../kernel/errors.js';
import type { JsonObject } from '../kernel/json.js';
import { oneLine } from '../kernel/one-line.js';
import type { Random } from '../kernel/random.js';
import type { Project } from '../model/project.js';
import type { Trust } from '../model/trust.js';
import { checkInputs } from '../pipeline/index.js';
import { insertOwnMessage, isStored, type OwnMessage } from '../store/own-messages.js';
import type { Store } from '../store/store.js';
import { type Dispatched, dispatchMessage, REPOSITORY_DISPATCH, WORKFLOW_DISPATCH } from './dispatched.js';
import type { FetchProject } from './fetch-project.js';
import type { FoundPipeline, ReadPipelines } from './read-pipelines.js';

/** Who asks, and how far they are trusted. */
export interface Requester {
  readonly name: string;
  readonly trust: Trust;
  /** Names the request: a second one of the same name makes no second event. Left out: it is one of its own. */
  readonly request?: string;
}

export interface AskedPipeline {
  /** `server:<name>`, `repo:<path>`, a path, or a name that only one pipeline has. */
  readonly pipeline: string;
  /** A branch or tag, bare or in full; null for the default branch. */
  readonly ref: string | null;
  /** As somebody gave them: texts may stand for any type. */
  readonly inputs: JsonObject;
}

export interface AskedType {
  readonly eventType: string;
  readonly clientPayload: JsonObject;
}

export class DispatchRun {
  constructor(
    private readonly store: Store,
    private readonly git: Git,
    private readonly fetching: FetchProject,
    private readonly pipelines: ReadPipelines,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /**
   * The id of the event; null when this request made one before. Throws a Refusal for a ref, a pipeline or inputs that are not
   * there, a retryable Fault when the project cannot be fetched.
   */
  async pipeline(project: Project, asked: AskedPipeline, by: Requester): Promise<number | null> {
    const { ref, commit } = await this.standing(project, asked.ref);
    const found = chosen(await this.pipelines.of(project.id, commit), asked.pipeline);
    if (found.pipeline === null) throw broken(found);
    const checked = checkInputs(found.pipeline, asked.inputs);
    if (checked.kind === 'faults') {
      const { faults } = checked;
      throw new Refusal('invalid', 'invalid-input', `${found.name} cannot be started so.`, { faults });
    }
    const dispatched = { ref, commit, trust: by.trust, pipeline: found.key };
    const more = { inputs: checked.eventInputs, typedInputs: checked.inputs };
    const summary = `${oneLine(by.name, 100)} started ${oneLine(found.name, 100)} by hand`;
    const facts = { topic: WORKFLOW_DISPATCH, kind: 'dispatch', action: null, actor: by.name, summary } as const;
    return this.insert(project, by, { msg: dispatchMessage(dispatched, by.name, more), facts });
  }

  /** The same of a type of which any number of pipelines may start: on the default branch. */
  async repository(project: Project, { eventType, clientPayload }: AskedType, by: Requester): Promise<number | null> {
    const { ref, commit } = await this.standing(project, null);
    const dispatched: Dispatched = { ref, commit, trust: by.trust, pipeline: null };
    const more = { event_type: eventType, client_payload: clientPayload };
    const summary = `${oneLine(by.name, 100)} sent ${oneLine(eventType, 100)}`;
    const facts = { topic: REPOSITORY_DISPATCH, kind: 'dispatch', action: eventType, actor: by.name, summary } as const;
    return this.insert(project, by, { msg: dispatchMessage(dispatched, by.name, more), facts });
  }

  /** The project as its own URL shows it now. Only its branches and tags are looked at: nothing of a stranger is named so. */
  private async standing(project: Project, asked: string | null) {
    if (!project.enabled)
      throw new Refusal('conflict', 'project-disabled', 'The project is disabled: nothing of it starts.');
    const { defaultBranch } = await this.fetching.fetch(project);
    if (asked === null && defaultBranch === null) throw noRef('The repository holds no commit yet.');
    for (const ref of asked === null ? [defaultBranch ?? ''] : refsNamed(asked)) {
      const commit = await this.git.commitOf(project.id, ref);
      if (commit !== null) return { ref, commit };
    }
    throw noRef('The project has no such branch or tag: a start by hand names one of its own.');
  }

  private insert(project: Project, by: Requester, made: Pick<OwnMessage, 'msg' | 'facts'>): Promise<number | null> {
    const msgId = by.request ?? `dispatch-${this.random.hex(16)}`;
    const message = { ...made, projectId: project.id, source: 'manual' as const, msgId };
    return this.store.commit(async (tx) =>
      (await isStored(tx, message)) ? null : insertOwnMessage(tx, message, this.clock.now()),
    );
  }
}

/** A branch before a tag of the same name; anything else that git would understand (a commit, `refs/pull/…`) is none. */
export function refsNamed(asked: string): readonly string[] {
  if (!/^[^\p{Cc}\s~^:?*[\\]{1,255}$/u.test(asked) || asked.includes('..') || asked.includes('@{')) return [];
  if (/^refs\/(heads|tags)\/./.test(asked)) return [asked];
  return asked.startsWith('refs/') ? [] : [`refs/heads/${asked}`, `refs/tags/${asked}`];
}

/** Throws a Refusal when none has the name, or several have. */
export function chosen(found: readonly FoundPipeline[], asked: string): FoundPipeline {
  const byKey = found.find(({ key }) => key === asked || key === `repo:${asked}`);
  const named = byKey === undefined ? found.filter((one) => namesOf(one).includes(asked)) : [byKey];
  const [only, ...more] = named;
  if (only === undefined)
    throw new Refusal('unknown', 'no-such-pipeline', 'There is no such pipeline at this commit or on the server.');
  if (more.length === 0) return only;
  const keys = named.map(({ key }) => key).join(', ');
  throw new Refusal('conflict', 'pipeline-ambiguous', `Several pipelines have this name: choose one of ${keys}.`);
}

/** What people call it: its name, the one on the server, or the file without folder and ending. */
function namesOf({ name, key }: FoundPipeline): readonly string[] {
  const short = key.replace(/^server:/, '').replace(/^repo:.*?([^/]+?)\.ya?ml$/, '$1');
  return [name, short];
}

function broken({ name, problems }: FoundPipeline): Refusal {
  return new Refusal('unprocessable', 'pipeline-broken', `${oneLine(name, 100)} is broken: see "problems".`, {
    problems,
  });
}

function noRef(message: string): Refusal {
  return new Refusal('unprocessable', 'no-such-ref', message);
}
