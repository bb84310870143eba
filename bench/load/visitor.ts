/** One who asks the server: over a connection of its own, again and again, or one answer that stays open. */
import { Agent, get } from 'node:http';

export interface Address {
  readonly port: number;
  readonly token: string;
}

export class Visitor {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(private readonly address: Address) {}

  /** Resolves with the status when the last byte is here. */
  read(path: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const request = get({ ...this.optionsFor(path), agent: this.agent }, (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode ?? 0)).on('error', reject);
      });
      request.on('error', reject);
    });
  }

  /** Hands on what comes, until it is closed; `ended` is called when the other side ends it. */
  follow(path: string, heard: (text: string) => void, ended: () => void): void {
    const request = get({ ...this.optionsFor(path), agent: this.agent }, (answer) => {
      if (answer.statusCode !== 200) ended();
      answer.setEncoding('utf8');
      answer
        .on('data', heard)
        .on('close', ended)
        .on('error', () => undefined);
    });
    request.on('error', ended);
  }

  close(): void {
    this.agent.destroy();
  }

  private optionsFor(path: string) {
    const { port, token } = this.address;
    return { host: '127.0.0.1', port, path, headers: { authorization: `Bearer ${token}` } };
  }
}
