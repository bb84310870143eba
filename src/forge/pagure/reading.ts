/** What the shaping functions of the contexts look at. */
import type { JsonObject } from '../../kernel/json.js';
import type { EventFacts } from '../../model/event.js';
import type { ForgeProject, ResolvedEvent } from '../forge.js';

/** A message, what was read out of it, and what git was found to say. */
export interface Reading {
  readonly msg: JsonObject;
  readonly project: ForgeProject;
  readonly resolved: ResolvedEvent;
  readonly facts: EventFacts;
}
