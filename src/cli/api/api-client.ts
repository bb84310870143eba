/** The API as the verbs use it, one function for each question; the only place that knows its addresses. */
import type {
  ApprovalAnswer,
  ChangedPipelineAnswer,
  EventAnswer,
  EventExplanationAnswer,
  EventSummaryAnswer,
  Page,
  PipelineAnswer,
  PipelineSummaryAnswer,
  ProjectAnswer,
  ReleasedEventAnswer,
  ReplayAnswer,
  RunAnswer,
  RunExplanationAnswer,
  RunSummaryAnswer,
  SecretAnswer,
  VersionAnswer,
} from './answers.js';
import { ApiRefusal } from './api-errors.js';
import type { HttpClient, Query, Versioned } from './http-client.js';

/** The most that one page of a list holds. */
const LARGEST_PAGE = 100;

/** What a replaced pipeline must still be: the version that somebody got, not there, or whatever it is. */
export type Expected = { readonly etag: string } | 'absent' | 'anything';

export interface JobPlace {
  readonly runId: number;
  readonly jobId: number;
}

/** Lines that are asked for of a log that is not followed. */
export interface LogPart {
  /** So many of the last ones. */
  readonly tail?: number;
  /** Of this step alone. */
  readonly step?: number;
}

/** Either from a byte of an attempt on, or the last lines of the newest one. */
export interface FollowedPart {
  readonly attempt?: number;
  readonly fromByte?: number;
  readonly tail?: number;
}

export interface FollowedLog {
  readonly attempt: number;
  /** Where the pieces begin. */
  readonly fromByte: number;
  readonly pieces: AsyncIterable<Uint8Array>;
}

export class ApiClient {
  constructor(private readonly http: HttpClient) {}

  async projects(): Promise<readonly ProjectAnswer[]> {
    const found: ProjectAnswer[] = [];
    for await (const project of this.list<ProjectAnswer>('/projects', {}, Infinity)) found.push(project);
    return found;
  }

  async pipelines(projectId: number): Promise<readonly PipelineSummaryAnswer[]> {
    const found: PipelineSummaryAnswer[] = [];
    const path = `/projects/${projectId}/pipelines`;
    for await (const pipeline of this.list<PipelineSummaryAnswer>(path, {}, Infinity)) found.push(pipeline);
    return found;
  }

  pipeline(projectId: number, name: string): Promise<Versioned<PipelineAnswer>> {
    return this.http.json({ path: pipelinePath(projectId, name) });
  }

  async pipelineVersion(projectId: number, name: string, version: number): Promise<VersionAnswer> {
    return (await this.http.json<VersionAnswer>({ path: `${pipelinePath(projectId, name)}/versions/${version}` }))
      .value;
  }

  putPipeline(
    { projectId, name }: { readonly projectId: number; readonly name: string },
    text: string,
    expected: Expected,
  ): Promise<Versioned<ChangedPipelineAnswer>> {
    return this.http.json({
      method: 'PUT',
      path: pipelinePath(projectId, name),
      body: { text },
      headers: conditionOf(expected),
    });
  }

  /** Makes the event of a start by hand. */
  async dispatch(
    projectId: number,
    asked: { readonly pipeline: string; readonly ref?: string; readonly inputs: Readonly<Record<string, string>> },
  ): Promise<{ readonly eventId: number }> {
    const path = `/projects/${projectId}/dispatch`;
    return (await this.http.json<{ eventId: number }>({ method: 'POST', path, body: asked })).value;
  }

  events(query: Query, limit: number): AsyncGenerator<EventSummaryAnswer> {
    return this.list('/events', query, limit);
  }

  async event(id: number): Promise<EventAnswer> {
    return (await this.http.json<EventAnswer>({ path: `/events/${id}` })).value;
  }

  async replay(id: number, how: 'for real' | 'dry run'): Promise<ReplayAnswer> {
    const body = { dryRun: how === 'dry run' };
    return (await this.http.json<ReplayAnswer>({ method: 'POST', path: `/events/${id}/replay`, body })).value;
  }

  async release(id: number): Promise<ReleasedEventAnswer> {
    return (await this.http.json<ReleasedEventAnswer>({ method: 'POST', path: `/events/${id}/release` })).value;
  }

  runs(query: Query, limit: number): AsyncGenerator<RunSummaryAnswer> {
    return this.list('/runs', query, limit);
  }

  async run(id: number): Promise<RunAnswer> {
    return (await this.http.json<RunAnswer>({ path: `/runs/${id}` })).value;
  }

  async explainRun(id: number): Promise<RunExplanationAnswer> {
    return (await this.http.json<RunExplanationAnswer>({ path: `/runs/${id}/explain` })).value;
  }

  async explainEvent(id: number): Promise<EventExplanationAnswer> {
    return (await this.http.json<EventExplanationAnswer>({ path: `/events/${id}/explain` })).value;
  }

  async approval(id: number): Promise<ApprovalAnswer> {
    return (await this.http.json<ApprovalAnswer>({ path: `/runs/${id}/approval` })).value;
  }

  async approve(id: number, sha: string): Promise<ApprovalAnswer> {
    return (await this.http.json<ApprovalAnswer>({ method: 'POST', path: `/runs/${id}/approve`, body: { sha } })).value;
  }

  async secrets(projectId: number): Promise<readonly SecretAnswer[]> {
    return (await this.http.json<Page<SecretAnswer>>({ path: `/projects/${projectId}/secrets` })).value.items;
  }

  async putSecret(
    projectId: number,
    name: string,
    body: { readonly value: string; readonly refs: readonly string[] },
  ): Promise<SecretAnswer> {
    return (await this.http.json<SecretAnswer>({ method: 'PUT', path: secretPath(projectId, name), body })).value;
  }

  async removeSecret(projectId: number, name: string): Promise<void> {
    await this.http.none({ method: 'DELETE', path: secretPath(projectId, name) });
  }

  /** Null while the run is still as it was with that ETag. */
  runUnless(id: number, etag: string | null): Promise<Versioned<RunAnswer> | null> {
    return this.http.jsonUnless({ path: `/runs/${id}` }, etag);
  }

  async cancel(id: number, reason: string | undefined): Promise<RunAnswer> {
    const body = reason === undefined ? {} : { reason };
    return (await this.http.json<RunAnswer>({ method: 'POST', path: `/runs/${id}/cancel`, body })).value;
  }

  async rerun(id: number, jobs: 'all' | 'failed'): Promise<RunAnswer> {
    return (await this.http.json<RunAnswer>({ method: 'POST', path: `/runs/${id}/rerun`, body: { jobs } })).value;
  }

  /** The log of a job's newest attempt as far as it is written, or its last lines; of one step alone, or of all. */
  async *log(place: JobPlace, part: LogPart): AsyncGenerator<Uint8Array> {
    yield* this.http.pieces(await this.http.open({ path: logPath(place), query: { ...part } }));
  }

  /** The same as it grows, to the end of an attempt; of a job that waits, from its next attempt on. */
  async followLog(place: JobPlace, { attempt, fromByte, tail }: FollowedPart): Promise<FollowedLog> {
    const query = { follow: 1, tail, attempt: attempt === 0 ? undefined : attempt, from_byte: fromByte };
    const response = await this.http.open({ path: logPath(place), query });
    const told = (name: string) => Number(response.headers.get(name) ?? 0);
    return {
      attempt: told('x-log-attempt'),
      fromByte: told('x-log-from-byte'),
      pieces: this.http.pieces(response),
    };
  }

  /** Page after page, as many as are taken. */
  private async *list<Item>(path: string, query: Query, limit: number): AsyncGenerator<Item> {
    let left = limit;
    for (let cursor: string | undefined; left > 0;) {
      const size = Math.min(left, LARGEST_PAGE);
      const { value } = await this.http.json<Page<Item>>({ path, query: { ...query, limit: size, cursor } });
      if (!Array.isArray(value.items))
        throw new ApiRefusal(200, null, `${path} answers no list: is the address right?`);
      yield* value.items.slice(0, left);
      left -= value.items.length;
      if (typeof value.next !== 'string') return;
      cursor = value.next;
    }
  }
}

function logPath({ runId, jobId }: JobPlace): string {
  return `/runs/${runId}/jobs/${jobId}/log`;
}

function pipelinePath(projectId: number, name: string): string {
  return `/projects/${projectId}/pipelines/${encodeURIComponent(name)}`;
}

function secretPath(projectId: number, name: string): string {
  return `/projects/${projectId}/secrets/${encodeURIComponent(name)}`;
}

function conditionOf(expected: Expected): Readonly<Record<string, string>> {
  if (expected === 'absent') return { 'if-none-match': '*' };
  return expected === 'anything' ? { 'if-match': '*' } : { 'if-match': expected.etag };
}
