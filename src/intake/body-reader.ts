/** Reads the body of a web-hook as raw bytes: it runs before the guard, so it parses nothing (TRUST.md §1). */
import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { ByteCollection } from '../kernel/byte-collection.js';
import { Clock } from '../kernel/clock.js';
import { Refusal } from '../kernel/errors.js';
import { type Refused, RefusedLog } from './refused-log.js';
import { LargeBodies, type LargeBody, SLOWEST_BODY_MS, tooSlow, UNSHARED_BYTES } from './large-bodies.js';

/** A request whose body was not read yet, as Node gives it. */
export interface UnreadRequest extends Readable {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly socket: { readonly remoteAddress?: string };
}

/** Every delivery of a pull-request carries all its comments. */
const LARGEST_BODY = 32 * 1024 * 1024;

const GONE = 'body-incomplete';

/** Paths below this one are read here and by nothing else. */
const HOOKS = '/hooks/';

/** Safe to use concurrently. */
@Injectable()
export class BodyReader {
  private readonly readings = new Set<Reading>();
  private readonly large = new WeakMap<object, Reading>();

  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(LargeBodies) private readonly shares: LargeBodies,
    @Inject(RefusedLog) private readonly refused: RefusedLog,
  ) {}

  /** Is the body of a request to `url` read here? */
  takes(url: string): boolean {
    return url.startsWith(HOOKS);
  }

  /** May it need a share of what large bodies have? Then `done` must follow its answer. */
  mayBeLarge(request: Pick<UnreadRequest, 'headers'>): boolean {
    return !(wholeBytes(request) <= UNSHARED_BYTES);
  }

  /**
   * The bytes as they came. Throws a Refusal: `unsupported-media` when it is said to be no JSON, `too-large` over 32 MiB,
   * `too-slow` when it is not complete after 20 s in which it could be read, `unavailable` when the server stops. What is left of a refused body is not read: close the connection.
   */
  async read(request: UnreadRequest): Promise<Buffer> {
    try {
      return await this.collect(request);
    } catch (error) {
      if (error instanceof Refusal) this.keep(request, error.code);
      throw error;
    }
  }

  /** The request was answered, or its sender is gone: what its body held of the shared memory is given back. */
  done(request: object): void {
    const reading = this.large.get(request);
    if (reading !== undefined) this.shares.leave(reading);
  }

  /** The server stops: who has not sent all by now is told so. */
  stop(): void {
    for (const reading of [...this.readings]) reading.fail(stopping());
  }

  /** Who went away need not be told why. */
  private keep(request: UnreadRequest, code: string): void {
    if (code === GONE) this.refused.count(code);
    else this.refused.note(noteOf(request, code));
  }

  private collect(request: UnreadRequest): Promise<Buffer> {
    if (!/^application\/json\s*(;|$)/i.test(String(request.headers['content-type'] ?? ''))) throw notJson();
    if (Number(request.headers['content-length'] ?? 0) > LARGEST_BODY) throw tooLarge();
    const reading = new Reading(request, { clock: this.clock, shares: this.shares, readings: this.readings });
    if (this.mayBeLarge(request)) this.large.set(request, reading);
    return reading.body.whole;
  }
}

interface Surroundings {
  readonly clock: Clock;
  readonly shares: LargeBodies;
  readonly readings: Set<Reading>;
}

/** One body on its way in. */
class Reading implements LargeBody {
  readonly wholeBytes: number;
  readonly address: string;
  readonly sinceMs: number;
  readonly body: ByteCollection;
  private readLeftMs = SLOWEST_BODY_MS;
  private readSinceMs: number;
  private stopTimer: () => void;

  constructor(
    request: UnreadRequest,
    private readonly around: Surroundings,
  ) {
    this.wholeBytes = wholeBytes(request);
    this.address = request.socket.remoteAddress ?? '';
    this.sinceMs = this.readSinceMs = around.clock.now();
    this.body = new ByteCollection(request, {
      limitBytes: LARGEST_BODY,
      tooLarge,
      incomplete: gone,
      grown: (size) => void (size > UNSHARED_BYTES && around.shares.grown(this)),
      ended: () => this.end(),
    });
    this.stopTimer = this.limit();
    around.readings.add(this);
  }

  get sizeBytes(): number {
    return this.body.sizeBytes;
  }

  get hasEnded(): boolean {
    return this.body.hasEnded;
  }

  /** While it waits its time stands still. */
  pause(): void {
    this.stopTimer();
    this.readLeftMs -= this.around.clock.now() - this.readSinceMs;
    this.body.pause();
  }

  resume(): void {
    this.readSinceMs = this.around.clock.now();
    this.stopTimer = this.limit();
    this.body.resume();
  }

  fail(refusal: Refusal): void {
    this.body.fail(refusal);
    this.around.shares.leave(this);
  }

  private limit(): () => void {
    return this.around.clock.after(Math.max(0, this.readLeftMs), () => this.fail(tooSlow()));
  }

  private end(): void {
    this.stopTimer();
    this.around.readings.delete(this);
  }
}

/** Of a body that was not read there is only what its head says. */
function noteOf(request: UnreadRequest, code: string): Refused {
  const hint = request.headers['x-pagure-project'];
  const sizeBytes = Number(request.headers['content-length'] ?? 0);
  const remoteAddress = request.socket.remoteAddress ?? '';
  return { code, projectHint: typeof hint === 'string' ? hint : null, sizeBytes, remoteAddress };
}

/** What the head says; the most there may be when it does not. */
function wholeBytes({ headers }: Pick<UnreadRequest, 'headers'>): number {
  const length = headers['content-length'];
  return length === undefined ? LARGEST_BODY : Number(length);
}

function notJson(): Refusal {
  return new Refusal('unsupported-media', 'not-json', 'A web-hook is sent as application/json.');
}

function tooLarge(): Refusal {
  return new Refusal('too-large', 'body-too-large', `The body is larger than ${LARGEST_BODY / 1024 / 1024} MiB.`);
}

function gone(): Refusal {
  return new Refusal('invalid', GONE, 'The connection ended before the body was complete.');
}

function stopping(): Refusal {
  return new Refusal('unavailable', 'stopping', 'The server stops, and the body was not complete.');
}
