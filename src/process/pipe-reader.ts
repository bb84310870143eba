/** The end of a pipe that is read: a chunk at a time, and not a byte more while it is paused. */
import { type ConnectOpts, Socket, type SocketConstructorOpts } from 'node:net';

/** As much as a pipe of Linux holds. */
const CHUNK_BYTES = 64 * 1024;

/**
 * Paused until the first `resume`. A paused stream of Node reads on until its own buffer is full, in pieces as small as they
 * were written; with a buffer of ours it stops at once, and what was written meanwhile is one chunk.
 */
export class PipeReader {
  /** Resolves when the pipe has ended, or `destroy` was called. */
  readonly closed: Promise<void>;
  private readonly socket: Socket;
  private take: (chunk: Buffer) => void = () => undefined;

  constructor(fd: number) {
    const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
    const callback = (size: number) => {
      this.take(Buffer.from(buffer.subarray(0, size)));
      return true;
    };
    const options: SocketConstructorOpts & ConnectOpts = { fd, readable: true, onread: { buffer, callback } };
    this.socket = new Socket(options);
    this.socket.pause();
    this.closed = new Promise((resolve) => this.socket.once('close', () => resolve()));
    this.socket.on('error', () => this.socket.destroy());
  }

  /** Chunks go to `take` from now on. */
  open(take: (chunk: Buffer) => void): void {
    this.take = take;
    this.resume();
  }

  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  destroy(): void {
    this.socket.destroy();
  }
}
