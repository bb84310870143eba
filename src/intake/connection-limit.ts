/** Bounds the open connections: one too many ends the one that sends slowest, so that newcomers get in. */
import type { Clock } from '../kernel/clock.js';

/** What must be known of a socket, a request and a response of Node. */
export interface LimitedSocket {
  /** Of the whole connection. */
  readonly bytesRead: number;
  /** Of what we sent, how much its reader has not taken and the system does not hold for it. */
  readonly writableLength: number;
  once(event: 'close', listener: () => void): unknown;
  destroy(): unknown;
}
export interface LimitedRequest {
  readonly socket: LimitedSocket;
  readonly complete: boolean;
  /** Do we make it wait? */
  isPaused(): boolean;
}
export interface LimitedResponse {
  readonly writableFinished: boolean;
}

/** A delivery is here for milliseconds, a reader of a stream for hours: what is waited for is ended, not these. */
const CONNECTION_LIMIT = 1_000;
/** So young a connection has not shown its pace. */
const YOUNG_MS = 1_000;

interface Connection {
  readonly socket: LimitedSocket;
  /** When it was opened or last asked, and what had come by then. */
  sinceMs: number;
  bytesBefore: number;
  request: LimitedRequest | null;
  response: LimitedResponse | null;
}

/** One per server: give it the server's `connection` and `request` events. */
export class ConnectionLimit {
  /** Those that were quiet longest come first. */
  private readonly connections = new Map<LimitedSocket, Connection>();

  constructor(
    private readonly clock: Clock,
    private readonly limit = CONNECTION_LIMIT,
  ) {}

  opened(socket: LimitedSocket): void {
    const sinceMs = this.clock.now();
    this.connections.set(socket, { socket, sinceMs, bytesBefore: 0, request: null, response: null });
    socket.once('close', () => this.connections.delete(socket));
    if (this.connections.size > this.limit) this.endOne(socket);
  }

  asked(request: LimitedRequest, response: LimitedResponse): void {
    const { socket } = request;
    if (!this.connections.delete(socket)) return;
    this.connections.set(socket, {
      socket,
      sinceMs: this.clock.now(),
      bytesBefore: socket.bytesRead,
      request,
      response,
    });
  }

  /**
   * The slowest of those that have still to send something; one that does not take its answer; the longest open one that sends,
   * while all are young; one that asks nothing; one that we make wait; the newcomer. Of a delivery nothing waits to be taken.
   */
  private endOne(newcomer: LimitedSocket): void {
    const nowMs = this.clock.now();
    const others = [...this.connections.values()].filter(({ socket }) => socket !== newcomer);
    const awaited = others.filter(isAwaited);
    const sending = awaited.filter(({ request }) => request?.isPaused() !== true);
    const isOld = ({ sinceMs }: Connection) => nowMs - sinceMs >= YOUNG_MS;
    const stuck = others.filter(isStuck);
    const victim =
      slowest(sending.filter(isOld), nowMs) ??
      stuck.find(isOld) ??
      sending[0] ??
      others.find(isIdle) ??
      awaited[0] ??
      stuck[0];
    const { socket } = victim ?? { socket: newcomer };
    this.connections.delete(socket);
    socket.destroy();
  }
}

/** Has its sender still to send something? */
function isAwaited({ request, response }: Connection): boolean {
  return request === null || (!request.complete && response?.writableFinished !== true);
}

/** Does its reader leave lying what it was answered? */
function isStuck({ socket }: Connection): boolean {
  return socket.writableLength > 0;
}

function isIdle({ response }: Connection): boolean {
  return response?.writableFinished === true;
}

function slowest(connections: readonly Connection[], nowMs: number): Connection | null {
  const pace = ({ socket, sinceMs, bytesBefore }: Connection) =>
    (socket.bytesRead - bytesBefore) / Math.max(1, nowMs - sinceMs);
  return connections.reduce<Connection | null>((so, one) => (so === null || pace(one) < pace(so) ? one : so), null);
}
