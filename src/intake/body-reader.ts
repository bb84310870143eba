/** Reads the body of a web-hook as raw bytes: it runs before the guard, so it parses nothing (TRUST.md §1). */
import type { Readable } from 'node:stream';
import type { Clock } from '../kernel/clock.js';
import { Refusal } from '../kernel/errors.js';

/** A request whose body was not read yet, as Node gives it. */
export interface UnreadRequest extends Readable {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Every delivery of a pull-request carries all its comments. */
const LARGEST_BODY = 32 * 1024 * 1024;
const SLOWEST_BODY_MS = 20_000;

/** Paths below this one are read here and by nothing else. */
const HOOKS = '/hooks/';

/** Safe to use concurrently. */
export class BodyReader {
  constructor(private readonly clock: Clock) {}

  /** Is the body of a request to `url` read here? */
  takes(url: string): boolean {
    return url.startsWith(HOOKS);
  }

  /**
   * The bytes as they came. Throws a Refusal: `unsupported-media` when it is said to be no JSON, `too-large` over 32 MiB,
   * `too-slow` when it is not complete after 20 s. What is left of a refused body is not read: close the connection.
   */
  async read(request: UnreadRequest): Promise<Buffer> {
    if (!/^application\/json\s*(;|$)/i.test(String(request.headers['content-type'] ?? ''))) throw notJson();
    if (Number(request.headers['content-length'] ?? 0) > LARGEST_BODY) throw tooLarge();
    return this.collect(request);
  }

  private collect(request: UnreadRequest): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const take = (chunk: Buffer) => {
        size += chunk.length;
        if (size > LARGEST_BODY) end(() => reject(tooLarge()));
        else chunks.push(chunk);
      };
      const finish = () => end(() => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size)));
      const leave = () => end(() => reject(gone()));
      const stop = this.clock.after(SLOWEST_BODY_MS, () => end(() => reject(tooSlow())));
      const end = (settle: () => void) => {
        stop();
        request.off('data', take).off('end', finish).off('close', leave).pause();
        settle();
      };
      request.on('data', take).on('end', finish).on('close', leave).on('error', leave);
    });
  }
}

function notJson(): Refusal {
  return new Refusal('unsupported-media', 'not-json', 'A web-hook is sent as application/json.');
}

function tooLarge(): Refusal {
  return new Refusal('too-large', 'body-too-large', `The body is larger than ${LARGEST_BODY / 1024 / 1024} MiB.`);
}

function tooSlow(): Refusal {
  return new Refusal('too-slow', 'body-too-slow', `The body was not complete after ${SLOWEST_BODY_MS / 1000} seconds.`);
}

function gone(): Refusal {
  return new Refusal('invalid', 'body-incomplete', 'The connection ended before the body was complete.');
}
