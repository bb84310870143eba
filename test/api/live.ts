/** The API at a real port, with readers whose answers come in pieces. */
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from '../store/open-store.js';
import { type OpenApi, startApi } from './open-api.js';

/** An event of a stream, as a browser would read it. */
export interface StreamEvent {
  readonly name: string;
  readonly id: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const WAIT_MS = 15_000;

/** Closed with the test; `close` closes it earlier. */
export async function openLive(folder = temporaryFolder()) {
  const api = await startApi(folder, { hostSharesEverything: true });
  await api.app.listen(0, '127.0.0.1');
  const { port } = api.app.getHttpServer().address() as AddressInfo;
  let closing: Promise<void> | null = null;
  const close = () => (closing ??= api.app.close());
  onTestFinished(close);
  return {
    ...{ ...api, api, folder, close },
    connect: (path: string, token: string, headers: Readonly<Record<string, string>> = {}) =>
      Connection.open(api, { port, path, headers: { authorization: `Bearer ${token}`, ...headers } }),
    until: (holds: () => boolean | Promise<boolean>) => until(api, holds),
  };
}

export type LiveApi = Awaited<ReturnType<typeof openLive>>;

/** Moves the still clock on until something holds. */
async function until({ clock }: OpenApi, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + WAIT_MS;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`it never held: ${holds.toString()}`);
    clock.advance(50);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

export class Connection {
  text = '';
  isEnded = false;

  private constructor(
    private readonly api: OpenApi,
    private readonly answer: IncomingMessage,
  ) {
    answer.setEncoding('utf8');
    answer.on('data', (piece: string) => (this.text += piece));
    answer.on('error', () => undefined);
    answer.once('close', () => (this.isEnded = true));
  }

  static open(api: OpenApi, options: { port: number; path: string; headers: object }): Promise<Connection> {
    const { port, path, headers } = options;
    return new Promise((resolve, reject) => {
      const request = get({ port, host: '127.0.0.1', path, agent: false, headers: { host: 'localhost', ...headers } });
      request.once('response', (answer) => resolve(new Connection(api, answer)));
      request.once('error', reject);
    });
  }

  get status(): number {
    return this.answer.statusCode ?? 0;
  }

  get headers() {
    return this.answer.headers;
  }

  /** Did the server end the answer in order? */
  get isWhole(): boolean {
    return this.answer.complete;
  }

  /** Whole frames that came, in order; those without a name only move the place. */
  get frames(): readonly StreamEvent[] {
    return this.text.split('\n\n').slice(0, -1).map(readFrame);
  }

  get events(): readonly StreamEvent[] {
    return this.frames.filter(({ name }) => name !== '');
  }

  /** What a reader that is cut off now would send as Last-Event-ID. */
  get lastId(): string {
    return this.frames.at(-1)?.id ?? '';
  }

  /** Leaves, as a laptop does whose lid is shut. */
  leave(): void {
    this.answer.destroy();
  }

  async until(holds: () => boolean): Promise<void> {
    await until(this.api, holds);
  }

  async ended(): Promise<void> {
    await until(this.api, () => this.isEnded);
  }
}

function readFrame(text: string): StreamEvent {
  const field = (name: string) =>
    text
      .split('\n')
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2) ?? '';
  const data = field('data');
  return { name: field('event'), id: field('id'), data: data === '' ? {} : (JSON.parse(data) as StreamEvent['data']) };
}
