/** A program over the API's types: it must compile, and what it marks as wrong must not. */
import createClient from 'openapi-fetch';
import type { paths, ProjectDto, RunSummaryDto } from '../../../src/cli/api/schema.js';

export function makeClient(baseUrl: string, token: string) {
  return createClient<paths>({ baseUrl, headers: { authorization: `Bearer ${token}` } });
}

export type Client = ReturnType<typeof makeClient>;

/** Every project, page after page. */
export async function allProjects(client: Client): Promise<ProjectDto[]> {
  const found: ProjectDto[] = [];
  for (let cursor: string | undefined; ;) {
    const { data } = await client.GET('/api/v1/projects', { params: { query: { limit: 100, cursor } } });
    found.push(...(data?.items ?? []));
    if (typeof data?.next !== 'string') return found;
    cursor = data.next;
  }
}

/** The newest failed run of a branch, or the code of the problem. */
export async function lastFailure(client: Client, branch: string): Promise<RunSummaryDto | string | null> {
  const query = { branch, result: 'failure', limit: 1 } as const;
  const { data, error } = await client.GET('/api/v1/runs', { params: { query } });
  return data === undefined ? error.code : (data.items[0] ?? null);
}

/** Cancels it; what is done already is no failure. */
export async function cancel(client: Client, id: number, reason: string): Promise<boolean> {
  const { error } = await client.POST('/api/v1/runs/{id}/cancel', { params: { path: { id } }, body: { reason } });
  if (error === undefined) return true;
  if (error.code === 'run-done') return false;
  // @ts-expect-error no route has such a code
  if (error.code === 'run-on-fire') return false;
  throw new Error(error.detail);
}

/** Never called: what a program may not write. */
export async function mistakes(client: Client): Promise<void> {
  // @ts-expect-error there is no such route
  await client.GET('/api/v1/nothing');
  // @ts-expect-error the id is missing
  await client.GET('/api/v1/runs/{id}');
  // @ts-expect-error the role is none
  await client.POST('/api/v1/tokens', { body: { name: 'ci', role: 'admin' } });
  const { data } = await client.GET('/api/v1/runs/{id}', { params: { path: { id: 1 } } });
  // @ts-expect-error a run has no such field
  if (data?.color) return;
  // @ts-expect-error it may be null
  if (data?.commit.length) return;
}
