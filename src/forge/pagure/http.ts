/** The only way out to a Pagure: pinned address, no redirects, a time limit, answers of bounded size. */
import {
  request as httpRequest,
  type ClientRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Egress, EgressTarget } from '../../egress/egress.js';
import type { Clock } from '../../kernel/clock.js';
import { Fault, messageOf, Refusal } from '../../kernel/errors.js';
import { readRetryAfter } from './retry-after.js';

export interface Question {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly token: string | null;
  /** Sent as form data: Pagure answers a JSON number with 500 (FACTS §4). */
  readonly form?: Readonly<Record<string, string>>;
  /** Of the answer's body; left out: 1 MiB. */
  readonly mostBytes?: number;
}

export interface Answer {
  readonly status: number;
  readonly body: Buffer;
  /** Of 429 and 503: for how long it asks to be left in peace; null where it does not. */
  readonly retryAfterMs: number | null;
}

/** As it came. */
interface Received extends Pick<Answer, 'status' | 'body'> {
  readonly headers: IncomingHttpHeaders;
}

const TIME_LIMIT_MS = 30_000;
const LARGEST_ANSWER = 1024 * 1024;
/** Answers that ask for a pause. */
const PAUSING = [429, 503];

/** Safe to use concurrently: each question has a connection of its own, and it ends with the answer. */
export class PagureHttp {
  /** By origin, when it may be asked again, by the time that passed. */
  private readonly pausedUntilMs = new Map<string, number>();

  constructor(
    private readonly egress: Egress,
    private readonly clock: Clock,
  ) {}

  /**
   * Throws a retryable Fault without an answer (time, network, size), a Refusal when the egress policy says no. A forge that
   * asked for a pause (`Retry-After`) is asked nothing until it is over: the Fault says for how long.
   */
  async ask(question: Question): Promise<Answer> {
    const { origin } = new URL(question.url);
    this.demandNoPause(origin);
    const { headers, ...answer } = await this.askNow(question);
    const retryAfterMs = PAUSING.includes(answer.status) ? readRetryAfter(headers, this.clock.now()) : null;
    if (retryAfterMs !== null) this.pausedUntilMs.set(origin, this.clock.elapsedMs() + retryAfterMs);
    return { ...answer, retryAfterMs };
  }

  private demandNoPause(origin: string): void {
    const retryAfterMs = Math.ceil((this.pausedUntilMs.get(origin) ?? 0) - this.clock.elapsedMs());
    if (retryAfterMs <= 0) return void this.pausedUntilMs.delete(origin);
    const message = `${origin} asked for a pause: it is asked again in ${Math.ceil(retryAfterMs / 1000)} s`;
    throw new Fault(message, { retryable: true, retryAfterMs });
  }

  private async askNow(question: Question): Promise<Received> {
    const limit = new AbortController();
    const stop = this.clock.after(TIME_LIMIT_MS, () =>
      limit.abort(new Error(`no answer in ${TIME_LIMIT_MS / 1000} s`)),
    );
    try {
      const target = await this.egress.check(question.url);
      limit.signal.throwIfAborted();
      return await exchange(target, question, limit.signal);
    } catch (error) {
      throw noAnswer(question.url, limit.signal.aborted ? limit.signal.reason : error);
    } finally {
      stop();
    }
  }
}

function noAnswer(url: string, error: unknown): Fault | Refusal {
  if (error instanceof Fault || error instanceof Refusal) return error;
  return new Fault(`${new URL(url).host} did not answer: ${messageOf(error)}`, { cause: error, retryable: true });
}

function exchange(target: EgressTarget, question: Question, signal: AbortSignal): Promise<Received> {
  return new Promise((resolve, reject) => {
    const form = question.form === undefined ? null : new URLSearchParams(question.form).toString();
    const options: RequestOptions = {
      method: question.method,
      headers: headersOf(question, form),
      lookup: pinnedTo(target),
      agent: false,
      signal,
    };
    const request = send(target.url, options);
    request.on('error', reject);
    request.on(
      'response',
      (response) => void readAnswer(response, question.mostBytes ?? LARGEST_ANSWER).then(resolve, reject),
    );
    request.end(form ?? undefined);
  });
}

function send(url: URL, options: RequestOptions): ClientRequest {
  return url.protocol === 'https:' ? httpsRequest(url, options) : httpRequest(url, options);
}

function headersOf({ token }: Question, form: string | null): Record<string, string> {
  return {
    Accept: 'application/json',
    'User-Agent': 'pagure-actions',
    ...(token === null ? {} : { Authorization: `token ${token}` }),
    ...(form === null ? {} : { 'Content-Type': 'application/x-www-form-urlencoded' }),
    ...(form === null ? {} : { 'Content-Length': String(Buffer.byteLength(form)) }),
  };
}

/** The name is not asked for a second time: what the policy looked at is what is connected to. */
function pinnedTo(target: EgressTarget): LookupFunction {
  const addresses = target.addresses ?? [];
  return (_host, { all }, done) => {
    const [first] = addresses;
    if (first === undefined) done(new Error('no address is allowed'), '');
    else if (all === true) done(null, [...addresses]);
    else done(null, first.address, first.family);
  };
}

async function readAnswer(response: IncomingMessage, mostBytes: number): Promise<Received> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > mostBytes) throw new Error(`its answer is larger than ${mostBytes / 1024 / 1024} MiB`);
    chunks.push(chunk);
  }
  return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) };
}
