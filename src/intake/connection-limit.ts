/** Bounds the open connections: one too many ends the one that has kept us waiting longest, so that newcomers get in. */

/** What must be known of a socket, a request and a response of Node. */
export interface LimitedSocket {
  once(event: 'close', listener: () => void): unknown;
  destroy(): unknown;
}
export interface LimitedRequest {
  readonly socket: LimitedSocket;
  readonly complete: boolean;
}
export interface LimitedResponse {
  readonly writableFinished: boolean;
}

/** A delivery is here for milliseconds, a reader of a stream for hours: the ones that are waited for are ended, not these. */
const CONNECTION_LIMIT = 1_000;

interface Connection {
  readonly socket: LimitedSocket;
  /** The order in which connections were opened or last asked. */
  turn: number;
  request: LimitedRequest | null;
  response: LimitedResponse | null;
}

/** One per server: give it the server's `connection` and `request` events. */
export class ConnectionLimit {
  private readonly connections = new Map<LimitedSocket, Connection>();
  private turns = 0;

  constructor(private readonly limit = CONNECTION_LIMIT) {}

  opened(socket: LimitedSocket): void {
    this.connections.set(socket, { socket, turn: this.nextTurn(), request: null, response: null });
    socket.once('close', () => this.connections.delete(socket));
    if (this.connections.size > this.limit) this.endOne(socket);
  }

  asked(request: LimitedRequest, response: LimitedResponse): void {
    const connection = this.connections.get(request.socket);
    if (connection === undefined) return;
    connection.turn = this.nextTurn();
    connection.request = request;
    connection.response = response;
  }

  /** One that has not sent its request whole, else one that asks nothing, else the newcomer. */
  private endOne(newcomer: LimitedSocket): void {
    const others = [...this.connections.values()].filter(({ socket }) => socket !== newcomer);
    const victim = longest(others.filter(isAwaited)) ?? longest(others.filter(isIdle));
    const { socket } = victim ?? { socket: newcomer };
    this.connections.delete(socket);
    socket.destroy();
  }

  private nextTurn(): number {
    this.turns += 1;
    return this.turns;
  }
}

/** Has its sender still to send something? */
function isAwaited({ request, response }: Connection): boolean {
  return request === null || (!request.complete && response?.writableFinished !== true);
}

function isIdle({ response }: Connection): boolean {
  return response?.writableFinished === true;
}

function longest(connections: readonly Connection[]): Connection | null {
  return connections.reduce<Connection | null>((so, one) => (so === null || one.turn < so.turn ? one : so), null);
}
