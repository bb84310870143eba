/** One keep-alive connection of the load generator: writes a prepared request, waits for its answer, and no more. */
import { connect, type Socket } from 'node:net';

const HEAD_END = '\r\n\r\n';

/** One request at a time. */
export class Connection {
  private readonly socket: Socket;
  private received = '';
  private settle: { resolve: (status: number) => void; reject: (error: Error) => void } | null = null;

  constructor(port: number) {
    this.socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.socket.setEncoding('latin1');
    this.socket.on('data', (text: string) => this.take(text));
    this.socket.on('error', (error) => this.settle?.reject(error));
    this.socket.on('close', () => this.settle?.reject(new Error('the server closed the connection')));
  }

  opened(): Promise<void> {
    return new Promise((resolve, reject) => this.socket.once('connect', resolve).once('error', reject));
  }

  /** Resolves with the status when the whole answer is here. */
  exchange(request: Buffer): Promise<number> {
    return new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
      this.socket.write(request);
    });
  }

  close(): void {
    this.settle = null;
    this.socket.destroy();
  }

  private take(text: string): void {
    this.received += text;
    const headEnd = this.received.indexOf(HEAD_END);
    if (headEnd === -1) return;
    const length = Number(/^content-length: *(\d+)/im.exec(this.received.slice(0, headEnd))?.[1] ?? 0);
    if (this.received.length < headEnd + HEAD_END.length + length) return;
    const status = Number(this.received.slice(9, 12));
    this.received = '';
    const { settle } = this;
    this.settle = null;
    settle?.resolve(status);
  }
}
