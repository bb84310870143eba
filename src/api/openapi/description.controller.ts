/** The description of the API, for programs and as a page to try it. Neither shows anything of what is stored. */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import fastifyStatic from '@fastify/static';
import { Controller, Get, Header, Headers, Inject, type OnModuleInit, Param, Res } from '@nestjs/common';
import { ApplicationConfig, HttpAdapterHost, ModulesContainer } from '@nestjs/core';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { Refusal } from '../../kernel/errors.js';
import { Described } from '../described.js';
import { describeApi } from './document.js';
import { type Asking, KeptAnswer } from './kept-answer.js';
import { OWN_FILES, SWAGGER_UI_FILES, TRY_PAGE, TRY_POLICY } from './try-page.js';

@Controller('api')
export class DescriptionController implements OnModuleInit {
  private kept: Promise<KeptAnswer> | null = null;

  constructor(
    @Inject(ModulesContainer) private readonly modules: ModulesContainer,
    @Inject(ApplicationConfig) private readonly config: ApplicationConfig,
    @Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost,
  ) {}

  /** Gives replies their `sendFile`; it serves nothing by itself. */
  onModuleInit(): void {
    const fastify = this.adapterHost.httpAdapter.getInstance<FastifyInstance>();
    void fastify.register(fastifyStatic, { root: swaggerUiFolder(), serve: false });
  }

  @Get()
  @Described({ says: 'Try the API in a browser', answer: 'text/html', headers: ['Content-Security-Policy'] })
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', TRY_POLICY)
  @Header('referrer-policy', 'no-referrer')
  @Header('cache-control', 'no-cache')
  page(): string {
    return TRY_PAGE;
  }

  /** Made at the first request, since the routes stand only then. */
  @Get('openapi.json')
  @Described({
    says: 'Read this description',
    answer: 'application/json',
    more: 'OpenAPI 3.1.',
    headers: ['ETag', 'Content-Encoding'],
  })
  @Header('content-type', 'application/json; charset=utf-8')
  @Header('cache-control', 'no-cache')
  async read(@Headers() headers: Asking, @Res({ passthrough: true }) reply: FastifyReply): Promise<Buffer | undefined> {
    const { modules, config, adapterHost } = this;
    this.kept ??= KeptAnswer.of(JSON.stringify(describeApi({ modules, config, adapterHost })));
    return (await this.kept).answer(reply, headers);
  }

  @Get('try/:file')
  @Described({
    says: 'Read a file of the page to try the API',
    answer: 'text/javascript',
    problems: ['no-such-address'],
  })
  async file(@Param('file') name: string, @Res() reply: FastifyReply): Promise<void> {
    const own = OWN_FILES.get(name);
    if (own !== undefined) return void reply.type(own[0]).header('cache-control', 'no-cache').send(own[1]);
    if (!SWAGGER_UI_FILES.includes(name))
      throw new Refusal('unknown', 'no-such-address', 'There is nothing at this address.');
    await reply.sendFile(name, { acceptRanges: false, cacheControl: false });
  }
}

/** The one that Nest's own module for OpenAPI brings. */
function swaggerUiFolder(): string {
  const ofNest = createRequire(createRequire(import.meta.url).resolve('@nestjs/swagger'));
  return dirname(ofNest.resolve('swagger-ui-dist/package.json'));
}
