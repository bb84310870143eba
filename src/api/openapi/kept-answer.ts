/** A text that is the same for everybody: tagged and packed once, so that it costs little however often strangers ask for it. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply } from 'fastify';
import { isKnown, tagOf } from '../etag.js';
import { takesGzip } from '../live/gzip.js';

/** What is read of a request. */
export interface Asking {
  readonly 'if-none-match'?: string;
  readonly 'accept-encoding'?: string;
}

export class KeptAnswer {
  private constructor(
    private readonly tag: string,
    private readonly plain: Buffer,
    private readonly packed: Buffer,
  ) {}

  static async of(text: string): Promise<KeptAnswer> {
    const plain = Buffer.from(text);
    return new KeptAnswer(tagOf(text), plain, await promisify(gzip)(plain));
  }

  /** Sets the headers and returns the body; undefined with 304. The tag is weak: packed or not, it is the same. */
  answer(reply: FastifyReply, asking: Asking): Buffer | undefined {
    reply.headers({ etag: `W/${this.tag}`, vary: 'accept-encoding' });
    if (isKnown(asking['if-none-match'], this.tag)) return void reply.status(304);
    if (!takesGzip(asking['accept-encoding'])) return this.plain;
    void reply.header('content-encoding', 'gzip');
    return this.packed;
  }
}
