/** The JSON Schema of pipelines, for editors: they ask without a token, and again and again. */
import { Controller, Get, Headers, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { jsonSchema } from '../pipeline/index.js';
import { Described } from './described.js';
import { isKnown, tagOf } from './etag.js';

/** Old for an hour is good enough: it changes only with the server. */
const CACHING = 'public, max-age=3600';

@Controller('schema')
export class PipelineSchemaController {
  private readonly json = JSON.stringify(jsonSchema());
  private readonly tag = tagOf(this.json);

  @Get('pipeline.json')
  @Described({
    says: 'Read the JSON Schema of pipelines',
    more: 'Draft-07, for editors: completion, a description of every key, and warnings while one types.',
    answer: 'application/schema+json',
    headers: ['ETag'],
    also: { 304: 'What was named in If-None-Match still stands.' },
  })
  read(
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): string {
    void reply.headers({ etag: this.tag, 'cache-control': CACHING });
    if (!isKnown(ifNoneMatch, this.tag)) {
      void reply.type('application/schema+json; charset=utf-8');
      return this.json;
    }
    void reply.status(304);
    return '';
  }
}
