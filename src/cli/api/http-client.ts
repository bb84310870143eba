/** Requests with a token to one server: JSON in and out, every failure an ApiRefusal, Unreachable or Interrupted. */
import type { Clock } from '../../kernel/clock.js';
import { messageOf } from '../../kernel/errors.js';
import { isJsonObject } from '../../kernel/json.js';
import { Interrupted, parseJson, refusalOf, Unreachable } from './api-errors.js';

export interface HttpClientOptions {
  /** Scheme, host and path before `/api/v1`, without a slash at the end. */
  readonly url: string;
  readonly token: string;
  readonly clock: Clock;
  readonly interrupted?: AbortSignal;
  /** How long the head of an answer may take. Default 30 s. */
  readonly limitMs?: number;
}

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export interface HttpRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** After `/api/v1`. */
  readonly path: string;
  readonly query?: Query;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Ends it, also while its body is read. */
  readonly signal?: AbortSignal;
}

/** A JSON answer with the version that it is of. */
export interface Versioned<T> {
  readonly value: T;
  readonly etag: string | null;
}

export class HttpClient {
  constructor(private readonly options: HttpClientOptions) {}

  async json<T>(request: HttpRequest): Promise<Versioned<T>> {
    const response = await this.open(request);
    return this.versioned(response);
  }

  /** For what is answered without a body. */
  async none(request: HttpRequest): Promise<void> {
    await this.whole(await this.open(request));
  }

  /** The same, or null while the answer is still that of the ETag. */
  async jsonUnless<T>(request: HttpRequest, etag: string | null): Promise<Versioned<T> | null> {
    const headers: Record<string, string> = etag === null ? {} : { 'if-none-match': etag };
    const response = await this.ask({ ...request, headers });
    if (response.status === 304) return null;
    if (!response.ok) throw refusalOf(response.status, await this.whole(response), this.host);
    return this.versioned(response);
  }

  /** Throws an ApiRefusal for what is no answer of the API. */
  private async versioned<T>(response: Response): Promise<Versioned<T>> {
    const text = await this.whole(response);
    const value = parseJson(text);
    if (!isJsonObject(value)) throw refusalOf(response.status, text, this.host);
    return { value: value as T, etag: response.headers.get('etag') };
  }

  /** A good answer whose body is still to be read. */
  async open(request: HttpRequest): Promise<Response> {
    const response = await this.ask(request);
    if (response.ok) return response;
    throw refusalOf(response.status, await this.whole(response), this.host);
  }

  /** The pieces of a body as they come. */
  async *pieces(response: Response): AsyncGenerator<Uint8Array> {
    try {
      for await (const piece of response.body ?? []) yield piece as Uint8Array;
    } catch (error) {
      throw this.failure(error);
    }
  }

  private async whole(response: Response): Promise<string> {
    try {
      return await response.text();
    } catch (error) {
      throw this.failure(error);
    }
  }

  private async ask(request: HttpRequest): Promise<Response> {
    const limit = new AbortController();
    const stop = this.options.clock.after(this.options.limitMs ?? 30_000, () => limit.abort());
    try {
      return await this.send(request, limit.signal);
    } catch (error) {
      if (limit.signal.aborted) throw new Unreachable(`${this.host} did not answer in time.`);
      throw this.failure(error);
    } finally {
      stop();
    }
  }

  /** No redirect is followed: a token goes where its owner said, and nowhere else. */
  private async send({ method = 'GET', path, query = {}, body, headers, signal }: HttpRequest, limit: AbortSignal) {
    const url = new URL(`${this.options.url}/api/v1${path}`);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const signals = [limit, this.options.interrupted, signal].filter((each) => each !== undefined);
    const response = await fetch(url, {
      method,
      headers: {
        accept: 'application/json, */*;q=0.5',
        authorization: `Bearer ${this.options.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.any(signals),
    });
    if (response.status >= 300 && response.status < 400 && response.status !== 304)
      throw redirected(this.host, response);
    return response;
  }

  private failure(error: unknown): Error {
    if (error instanceof Unreachable) return error;
    if (this.options.interrupted?.aborted) return new Interrupted();
    return new Unreachable(`${this.host} cannot be reached: ${causeOf(error)}`);
  }

  private get host(): string {
    return new URL(this.options.url).host;
  }
}

function redirected(host: string, response: Response): Unreachable {
  const target = response.headers.get('location') ?? 'another address';
  return new Unreachable(`${host} sends to ${target}: sign in with the address that it leads to.`);
}

/** `fetch failed` says nothing: what says something is its cause. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  if (cause instanceof AggregateError && cause.errors.length > 0) return messageOf(cause.errors[0]);
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return messageOf(cause) || code;
}
