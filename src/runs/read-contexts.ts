/** Makes a run's contexts again from what is stored: the message it answers to and what triage resolved. */
import { Fault } from '../kernel/errors.js';
import type { ForgeMessage } from '../forge/forge.js';
import type { Forges } from '../forge/forges.js';
import { isJsonObject, type JsonObject } from '../kernel/json.js';
import type { Event } from '../model/event.js';
import type { Project } from '../model/project.js';
import type { Run, RunContexts } from '../model/run.js';
import type { Deliveries } from '../store/deliveries.js';
import type { Events } from '../store/events.js';
import type { Projects } from '../store/projects.js';
import { type RunIdentity, runContexts } from './contexts.js';

export class ReadContexts {
  constructor(
    private readonly deliveries: Deliveries,
    private readonly events: Events,
    private readonly projects: Projects,
    private readonly forges: Forges,
  ) {}

  /** Throws a Fault when a row that it rests on is gone. */
  async of(run: Run): Promise<RunContexts> {
    const event = await this.events.byId(run.eventId);
    const project = await this.projects.byId(run.projectId);
    if (!event || !project) throw new Fault(`run ${run.id} has lost its event or project`, { retryable: false });
    return this.ofMessage(run, project, await this.message(event));
  }

  /** For a run that is not stored yet. */
  ofMessage(run: RunIdentity, project: Project, message: ForgeMessage): RunContexts {
    const forge = this.forges.of(project.instance);
    const contexts = runContexts(run, project, forge.contexts(message, project, run.resolved));
    return { ...contexts, inputs: inputsOf(run, message) };
  }

  /** The stored, verified message of an event. */
  async message(event: Pick<Event, 'deliveryId' | 'topic'>): Promise<ForgeMessage> {
    const body = event.deliveryId === null ? null : await this.deliveries.body(event.deliveryId);
    const parsed: unknown = body === null ? {} : JSON.parse(body.toString('utf8'));
    const msg = isJsonObject(parsed) && isJsonObject(parsed['msg']) ? parsed['msg'] : ({} satisfies JsonObject);
    return { topic: event.topic, msg };
  }
}

/** Of a start by hand; with their types, where `github.event.inputs` holds texts. */
function inputsOf({ resolved }: RunIdentity, { topic, msg }: ForgeMessage): JsonObject {
  const typed = topic === 'workflow_dispatch' && resolved.eventName === topic ? msg['typedInputs'] : undefined;
  return isJsonObject(typed) ? typed : {};
}
