/** Answers that stay open: how many there may be, and what ends each of them. */
import { Readable } from 'node:stream';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Clock } from '../../kernel/clock.js';
import { Refusal } from '../../kernel/errors.js';
import type { Asker } from '../../projects/asker.js';
import { TokenWatch } from './token-watch.js';

export const MOST_OF_ONE_TOKEN = 256;
/** Half of the connections that the server holds: deliveries come in, whoever listens. */
export const MOST_IN_ALL = 500;
/** A reader that takes nothing of what waits for it for so long is let go; it may go on where it was. */
const STUCK_MS = 60_000;

type RawReply = FastifyReply['raw'];

interface OpenAnswer {
  readonly tokenId: number;
  readonly over: AbortController;
  release: () => void;
}

@Injectable()
export class OpenAnswers implements OnModuleDestroy {
  private readonly answers = new Set<OpenAnswer>();
  private isStopping = false;

  constructor(
    @Inject(TokenWatch) private readonly tokens: TokenWatch,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** How many are open now. */
  get count(): number {
    return this.answers.size;
  }

  /**
   * A body that gives what `parts` gives, as fast as the reader takes it. Its signal aborts when the reader has gone, its token
   * has ended or the server stops: `parts` then ends. Throws a Refusal when there are too many already.
   */
  async open(asker: Asker, to: RawReply, parts: (over: AbortSignal) => AsyncIterable<Uint8Array>): Promise<Readable> {
    this.refuseMore(asker);
    const answer: OpenAnswer = { tokenId: asker.tokenId, over: new AbortController(), release: () => undefined };
    this.answers.add(answer);
    to.once('close', () => this.end(answer));
    if (to.closed) this.end(answer);
    const release = await this.tokens.hold(asker.tokenId, () => this.end(answer));
    if (answer.over.signal.aborted) release();
    else answer.release = release;
    const taken = this.whileTaken(parts(answer.over.signal), to);
    return Readable.from(taken, { objectMode: false });
  }

  /** Streams end before the house drains; whoever comes back then is refused. */
  onModuleDestroy(): void {
    this.isStopping = true;
    for (const answer of this.answers) this.end(answer);
  }

  private refuseMore(asker: Asker): void {
    if (this.isStopping) throw new Refusal('unavailable', 'stopping', 'The server is stopping: come back in a minute.');
    if (this.answers.size >= MOST_IN_ALL)
      throw new Refusal('unavailable', 'streams-full', `${MOST_IN_ALL} streams are open: try it again later.`);
    const own = [...this.answers].filter(({ tokenId }) => tokenId === asker.tokenId).length;
    if (own < MOST_OF_ONE_TOKEN) return;
    throw new Refusal('too-many', 'too-many-streams', `This token holds ${own} streams open: close one of them first.`);
  }

  private end(answer: OpenAnswer): void {
    this.answers.delete(answer);
    answer.over.abort();
    answer.release();
  }

  /** The head goes out at once: the first part may be long in coming. */
  private async *whileTaken(parts: AsyncIterable<Uint8Array>, to: RawReply): AsyncGenerator<Uint8Array> {
    to.flushHeaders();
    for await (const part of parts) {
      const stop = this.clock.after(STUCK_MS, () => to.destroy());
      try {
        yield part;
      } finally {
        stop();
      }
    }
  }
}
