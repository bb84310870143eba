/** A POST to the door that is sent piece by piece, by a sender who may be slow, stalled or gone. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export class RawPost {
  /** What came back so far. */
  received = '';
  readonly closed: Promise<unknown>;
  private readonly listeners = new Set<() => void>();

  private constructor(private readonly socket: Socket) {
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => this.hear(text));
    socket.on('error', () => undefined);
    this.closed = new Promise<void>((resolve) => socket.once('close', () => resolve(this.hear(''))));
  }

  /** Sends the head; resolves when it is on its way. */
  static async open(port: number, head: Readonly<Record<string, string | number>>): Promise<RawPost> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const fields = { Host: '127.0.0.1', 'Content-Type': 'application/json', ...head };
    const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
    const post = new RawPost(socket);
    await post.send(`POST /hooks/pagure HTTP/1.1\r\n${lines.join('')}\r\n`);
    return post;
  }

  /** A body that says how long it is and has sent the first of it. */
  static async begun(port: number, wholeBytes: number, sentBytes: number): Promise<RawPost> {
    const post = await RawPost.open(port, { 'Content-Length': wholeBytes });
    await post.send(Buffer.alloc(sentBytes, '['));
    return post;
  }

  /** Resolves when the system has taken it, or when nobody takes any more. */
  send(bytes: string | Buffer): Promise<void> {
    return new Promise((resolve) => this.socket.write(bytes, () => resolve()));
  }

  /** The status of the answer, as soon as it is here; 0 when the connection ends without. */
  async status(): Promise<number> {
    while (!this.received.includes('\r\n\r\n') && !this.socket.destroyed)
      await new Promise<void>((resolve) => this.listeners.add(resolve));
    return Number(/^HTTP\/1\.1 (\d+)/.exec(this.received)?.[1] ?? 0);
  }

  leave(): void {
    this.socket.destroy();
  }

  private hear(text: string): void {
    this.received += text;
    for (const listener of this.listeners) listener();
    this.listeners.clear();
  }
}
