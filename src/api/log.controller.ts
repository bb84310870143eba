/** The log of a job as it came: whole, by bytes, by lines, or followed as it grows. */
import { Readable } from 'node:stream';
import { Controller, Get, Header, Headers, Inject, Param, Query, Res, StreamableFile, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Blobs, type LogName } from '../blobs/blobs.js';
import { Fault, Refusal } from '../kernel/errors.js';
import type { Job } from '../model/run.js';
import type { Asker } from '../projects/asker.js';
import { Runs } from '../store/runs.js';
import { askedRange, type ByteRange } from './byte-range.js';
import { CheckedInput, RowId } from './checked-input.pipe.js';
import { Described } from './described.js';
import { isKnown, tagOf } from './etag.js';
import { attemptToFollow, FollowLog } from './live/follow-log.js';
import { gzipped, gzippedAtOnce, takesGzip } from './live/gzip.js';
import { asksForPart, logPart, type StepPart, stepPart } from './live/log-part.js';
import { LogQuery } from './live/log-query.js';
import { OpenAnswers } from './live/open-answers.js';
import { AskedBy, Needs, TokenGuard } from './token.guard.js';
import { notThere, VisibleProjects } from './visible-projects.js';

const TYPE = 'text/plain; charset=utf-8';
const CHUNK_BYTES = 256 * 1024;
const AT_ONCE_BYTES = 64 * 1024;
/** Less is not worth packing. */
const PACKED_FROM_BYTES = 1_024;

type RequestHeaders = Readonly<Record<string, string | undefined>>;

/** One request for a log that the asker may read. */
interface Asked {
  readonly job: Job;
  readonly log: LogName;
  readonly query: LogQuery;
  readonly headers: RequestHeaders;
  readonly reply: FastifyReply;
}

interface LogVersion {
  readonly etag: string;
  readonly sizeBytes: number;
}

@Controller('api/v1/runs/:id/jobs/:jobId/log')
@UseGuards(TokenGuard)
export class LogController {
  constructor(
    @Inject(VisibleProjects) private readonly visible: VisibleProjects,
    @Inject(Runs) private readonly runs: Runs,
    @Inject(Blobs) private readonly blobs: Blobs,
    @Inject(FollowLog) private readonly following: FollowLog,
    @Inject(OpenAnswers) private readonly answers: OpenAnswers,
  ) {}

  @Get()
  @Needs('read')
  @Header('x-accel-buffering', 'no')
  @Described({
    says: 'Read the log of a job, or follow it as it grows',
    more:
      'Up to where it is written now, empty before the first byte; by a Range of bytes, by lines, or the last lines; of the ' +
      'whole job, or of one step, whatever others printed meanwhile. With ' +
      'follow=1 the answer goes on until the attempt has ended; a job that waits is followed from its next attempt on. Whoever ' +
      'is cut off asks again with from_byte: X-Log-From-Byte, plus what was received. A Range is not looked at beside a query ' +
      'for a part. The answer is packed for whoever takes gzip, but for ranges and followed logs.',
    answer: 'text/plain',
    example: 'Run echo hello\nhello\n',
    also: { 206: 'a range of bytes was asked for' },
    headers: ['ETag', 'Accept-Ranges', 'Content-Range', 'Content-Encoding', 'X-Log-Attempt', 'X-Log-From-Byte'],
    problems: [
      'no-such-run',
      'no-such-job',
      'no-such-attempt',
      'range-unsatisfiable',
      'too-many-streams',
      'streams-full',
    ],
  })
  async read(
    @AskedBy() asker: Asker,
    @Param('id', RowId) id: number,
    @Param('jobId', RowId) jobId: number,
    @Query(new CheckedInput(LogQuery)) query: LogQuery,
    @Headers() headers: RequestHeaders,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | Buffer | undefined> {
    const job = await this.job(asker, id, jobId);
    const attempt = attemptOf(job, query);
    const asked = { job, log: { jobId, attempt }, query, headers, reply };
    void reply.header('x-log-attempt', attempt).header('vary', 'accept-encoding');
    if (query.follow !== undefined) return this.follow(asker, asked);
    const lines = await stepPart(this.blobs, asked.log, query);
    return lines === null ? this.part(asked) : this.step(asked, lines);
  }

  private async job(asker: Asker, runId: number, jobId: number): Promise<Job> {
    await this.visible.run(asker, runId);
    const job = await this.runs.jobById(jobId);
    if (job === null || job.runId !== runId) throw notThere('job', jobId);
    return job;
  }

  private async follow(asker: Asker, { log, query, reply }: Asked): Promise<StreamableFile> {
    const from = query.from_byte === undefined ? (await logPart(this.blobs, log, query)).from : Number(query.from_byte);
    void reply.header('x-log-from-byte', from).header('cache-control', 'no-store');
    const body = await this.answers.open(asker, reply.raw, (over) => this.following.read(log, from, over));
    return new StreamableFile(body, { type: TYPE });
  }

  /** Bytes of a log never change: those from one place to another have one tag, a weak one when they are packed. */
  private async part(asked: Asked): Promise<StreamableFile | Buffer | undefined> {
    const { job, log, query, headers, reply } = asked;
    const whole = await logPart(this.blobs, log, query);
    const etag = tagOf(`${job.id} ${job.createdAt} ${log.attempt} ${whole.from} ${whole.to}`);
    if (isKnown(headers['if-none-match'], etag)) return void reply.status(304).header('etag', etag);
    const range = asksForPart(query) ? whole : answerRange(reply, headers, { etag, sizeBytes: whole.to });
    void reply.headers({ etag, 'cache-control': 'private, no-cache' });
    void reply.headers({ 'x-log-from-byte': range.from, 'accept-ranges': 'bytes' });
    const length = range.to - range.from;
    const isPacked = length >= PACKED_FROM_BYTES && reply.statusCode === 200 && takesGzip(headers['accept-encoding']);
    if (isPacked) void reply.headers({ 'content-encoding': 'gzip', etag: `W/${etag}` });
    if (length <= AT_ONCE_BYTES) return this.atOnce(asked, range, isPacked);
    const body = Readable.from(this.chunks(log, range), { objectMode: false });
    return isPacked
      ? new StreamableFile(gzipped(body), { type: TYPE })
      : new StreamableFile(body, { type: TYPE, length });
  }

  /** A few lines are the common question: they are answered without a stream. */
  private async atOnce({ log, reply }: Asked, range: ByteRange, isPacked: boolean): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for await (const piece of this.chunks(log, range)) pieces.push(piece);
    void reply.type(TYPE);
    return isPacked ? gzippedAtOnce(Buffer.concat(pieces)) : Buffer.concat(pieces);
  }

  /** Of a step that still prints the tag changes with every byte of it. */
  private step({ job, log, headers, reply }: Asked, lines: StepPart): StreamableFile | undefined {
    const { step, from, to, sizeBytes } = lines;
    const etag = tagOf(`${job.id} ${job.createdAt} ${log.attempt} step ${step} ${from} ${to} ${sizeBytes}`);
    if (isKnown(headers['if-none-match'], etag)) return void reply.status(304).header('etag', etag);
    const body = Readable.from(this.blobs.readStep(log.jobId, log.attempt, lines), { objectMode: false });
    const isPacked = sizeBytes >= PACKED_FROM_BYTES && takesGzip(headers['accept-encoding']);
    void reply.headers({ etag: isPacked ? `W/${etag}` : etag, 'cache-control': 'private, no-cache' });
    if (!isPacked) return new StreamableFile(body, { type: TYPE });
    void reply.header('content-encoding', 'gzip');
    return new StreamableFile(gzipped(body), { type: TYPE });
  }

  /** Read as fast as the reader takes them. */
  private async *chunks({ jobId, attempt }: LogName, { from, to }: ByteRange): AsyncGenerator<Buffer> {
    for (let at = from; at < to;) {
      const bytes = await this.blobs.readLog(jobId, attempt, at, Math.min(at + CHUNK_BYTES, to));
      if (bytes.length === 0) throw new Fault(`the log of job ${jobId} ended early`, { retryable: false });
      at += bytes.length;
      yield bytes;
    }
  }
}

/** Throws a Refusal for an attempt that has not begun; only the next one may be waited for. */
function attemptOf(job: Job, { attempt, follow }: LogQuery): number {
  const newest = follow === undefined ? job.attempt : attemptToFollow(job);
  if (attempt === undefined) return newest;
  if (Number(attempt) <= newest) return Number(attempt);
  const message = `Job ${job.id} has no attempt ${attempt} yet: its newest is ${job.attempt}.`;
  throw new Refusal('unknown', 'no-such-attempt', message);
}

/** Of another version than `If-Range` names the whole is sent (RFC 9110, 13.1.5). */
function answerRange(reply: FastifyReply, headers: RequestHeaders, { etag, sizeBytes }: LogVersion): ByteRange {
  const isMeant = headers['if-range'] === undefined || headers['if-range'] === etag;
  const asked = askedRange(isMeant ? headers['range'] : undefined, sizeBytes);
  if (asked.kind === 'whole') return { from: 0, to: sizeBytes };
  if (asked.kind === 'unsatisfiable') throw unsatisfiable(reply, sizeBytes);
  void reply.status(206).header('content-range', `bytes ${asked.from}-${asked.to - 1}/${sizeBytes}`);
  return asked;
}

function unsatisfiable(reply: FastifyReply, sizeBytes: number): Refusal {
  void reply.header('content-range', `bytes */${sizeBytes}`);
  return new Refusal(
    'unsatisfiable',
    'range-unsatisfiable',
    `The log has ${sizeBytes} bytes: none of the range is there.`,
  );
}
