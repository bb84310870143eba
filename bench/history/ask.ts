/** Asks the server over one connection, and takes the time of each answer. */
import { Agent, get } from 'node:http';

export interface Answered {
  readonly tookMs: number;
  readonly sizeBytes: number;
  readonly items: number;
}

export class Reader {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(
    private readonly port: number,
    private readonly token: string,
  ) {}

  /** Until the last byte is here. */
  read(path: string): Promise<Answered> {
    const started = performance.now();
    const headers = { authorization: `Bearer ${this.token}` };
    return new Promise((resolve, reject) => {
      const request = get({ agent: this.agent, host: '127.0.0.1', port: this.port, path, headers }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          const tookMs = performance.now() - started;
          const text = Buffer.concat(chunks).toString('utf8');
          if (answer.statusCode !== 200) return reject(new Error(`${path}: ${answer.statusCode} ${text}`));
          const { items } = JSON.parse(text) as { items: readonly unknown[] };
          resolve({ tookMs, sizeBytes: text.length, items: items.length });
        });
      });
      request.on('error', reject);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
