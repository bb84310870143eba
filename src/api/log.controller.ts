/** The log of a job as it came, whole or by byte range. */
import { Readable } from 'node:stream';
import { Controller, Get, Header, Headers, Inject, Param, Res, StreamableFile, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Blobs } from '../blobs/blobs.js';
import { Fault, Refusal } from '../kernel/errors.js';
import type { Job } from '../model/run.js';
import type { Asker } from '../projects/asker.js';
import { Runs } from '../store/runs.js';
import { askedRange, type ByteRange } from './byte-range.js';
import { RowId } from './checked-input.pipe.js';
import { AskedBy, Needs, TokenGuard } from './token.guard.js';
import { notThere, VisibleProjects } from './visible-projects.js';

const CHUNK_BYTES = 64 * 1024;

@Controller('api/v1/runs/:id/jobs/:jobId/log')
@UseGuards(TokenGuard)
export class LogController {
  constructor(
    @Inject(VisibleProjects) private readonly visible: VisibleProjects,
    @Inject(Runs) private readonly runs: Runs,
    @Inject(Blobs) private readonly blobs: Blobs,
  ) {}

  /** 200, or 206 for one satisfiable range. Of the newest attempt, up to where it is written now; empty before the first byte. */
  @Get()
  @Needs('read')
  @Header('accept-ranges', 'bytes')
  @Header('x-content-type-options', 'nosniff')
  async read(
    @AskedBy() asker: Asker,
    @Param('id', RowId) id: number,
    @Param('jobId', RowId) jobId: number,
    @Headers() headers: Readonly<Record<string, string | undefined>>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const job = await this.job(asker, id, jobId);
    const sizeBytes = (await this.blobs.logSize(job.id, job.attempt))?.bytes ?? 0;
    const range = answerRange(reply, headers, sizeBytes);
    return new StreamableFile(Readable.from(this.chunks(job, range), { objectMode: false }), {
      type: 'text/plain; charset=utf-8',
      length: range.to - range.from,
    });
  }

  private async job(asker: Asker, runId: number, jobId: number): Promise<Job> {
    await this.visible.run(asker, runId);
    const job = await this.runs.jobById(jobId);
    if (job === null || job.runId !== runId) throw notThere('job', jobId);
    return job;
  }

  /** Read as fast as the reader takes them. */
  private async *chunks({ id, attempt }: Job, { from, to }: ByteRange): AsyncGenerator<Buffer> {
    for (let at = from; at < to;) {
      const bytes = await this.blobs.readLog(id, attempt, at, Math.min(at + CHUNK_BYTES, to));
      if (bytes.length === 0) throw new Fault(`the log of job ${id} ended early`, { retryable: false });
      at += bytes.length;
      yield bytes;
    }
  }
}

/** `If-Range` names a version of the log; there is none that we told, so the whole is sent (RFC 9110, 13.1.5). */
function answerRange(
  reply: FastifyReply,
  headers: Readonly<Record<string, string | undefined>>,
  sizeBytes: number,
): ByteRange {
  const asked = askedRange(headers['if-range'] === undefined ? headers['range'] : undefined, sizeBytes);
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
