/** What a message says Pagure numbers its project with. */
import type { JsonObject } from '../../kernel/json.js';
import type { ForgeIdentity } from '../../model/project.js';
import { countAt, objectAt, textAt } from './fields.js';
import { pullRequestOf } from './pull-request.js';

/** Of the first object that is the project `fullname`; null where the message tells no number of it. */
export function identityIn(msg: JsonObject, fullname: string): ForgeIdentity | null {
  const told = [objectAt(msg, 'repo'), objectAt(msg, 'project'), objectAt(pullRequestOf(msg) ?? undefined, 'project')];
  const project = told.find((object) => object !== null && textAt(object, 'fullname') === fullname) ?? undefined;
  const id = countAt(project, 'id');
  if (id === null) return null;
  const createdAt = textAt(project, 'date_created');
  return { id, createdAt: createdAt !== null && /^\d{1,16}(\.\d{1,9})?$/.test(createdAt) ? createdAt : null };
}
