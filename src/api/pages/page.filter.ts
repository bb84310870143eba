/** Whatever is thrown under a page's route ends as a page; what broke is logged once. */
import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { messageOf } from '../../kernel/errors.js';
import { isOurs, problemDetails } from '../problem-details.js';
import { failedPage } from './no-page.js';
import { answerFailure } from './page-answer.js';

@Catch()
export class PageFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const route = http.getRequest<FastifyRequest>().routeOptions.url;
    if (isOurs(thrown)) this.logger.error(`${route}: ${thrown instanceof Error ? thrown.stack : messageOf(thrown)}`);
    if (reply.sent) return;
    const { status, title, detail } = problemDetails(thrown);
    void reply.send(answerFailure(reply, status, failedPage(title, detail)));
  }
}
