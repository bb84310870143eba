/** The project that somebody means by an id or a full name. */
import { nearestWord } from '../kernel/suggest.js';
import type { ApiClient } from './api/api-client.js';
import { ApiRefusal } from './api/api-errors.js';
import type { ProjectAnswer } from './api/answers.js';

/** Throws an ApiRefusal when the token sees none, or several of that name. */
export async function findProject(api: ApiClient, word: string): Promise<ProjectAnswer> {
  const projects = await api.projects();
  const found = projects.filter(({ id, fullname }) => fullname === word || String(id) === word);
  if (found.length > 1) throw refusal(`several projects are called ${word}: name one by its id, ${idsOf(found)}`);
  if (found[0] !== undefined) return found[0];
  const near = nearestWord(
    word,
    projects.map(({ fullname }) => fullname),
  );
  throw refusal(
    `there is no project ${word}, or the token does not see it${near === null ? '' : `. Did you mean ${near}?`}`,
  );
}

/** A list of one project: when the server does not know it, the error says which is meant perhaps. */
export async function* listOfProject<Item>(
  api: ApiClient,
  word: string | undefined,
  items: AsyncIterable<Item>,
): AsyncGenerator<Item> {
  try {
    yield* items;
  } catch (error) {
    const isUnknown = error instanceof ApiRefusal && error.code === 'no-such-project';
    if (isUnknown && word !== undefined) await findProject(api, word);
    throw error;
  }
}

function refusal(message: string): ApiRefusal {
  return new ApiRefusal(404, null, message);
}

function idsOf(projects: readonly ProjectAnswer[]): string {
  return projects.map(({ id, instance }) => `${id} (${instance})`).join(' or ');
}
