/** The door for Pagure: `POST /hooks/pagure`. */
import { Controller, Inject, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Refusal } from '../kernel/errors.js';
import type { Acceptance } from '../store/deliveries.js';
import { AcceptDelivery } from './accept-delivery.js';
import { DoorCounts } from './door-counts.js';
import { bodyOf, type HookRequest, PagureSignatureGuard } from './pagure-signature.guard.js';
import { RefusedLog } from './refused-log.js';

@Controller('hooks')
export class PagureController {
  constructor(
    @Inject(AcceptDelivery) private readonly door: AcceptDelivery,
    @Inject(DoorCounts) private readonly counts: DoorCounts,
    @Inject(RefusedLog) private readonly refused: RefusedLog,
  ) {}

  /** 202: on disk now. 200: the same message was on disk before. Both are answered only after the commit. */
  @Post('pagure')
  @UseGuards(PagureSignatureGuard)
  async receive(@Req() request: HookRequest, @Res() reply: FastifyReply): Promise<void> {
    const acceptance = await this.accept(request);
    void reply.status(acceptance.outcome === 'same' ? 200 : 202).send(acceptance);
  }

  private async accept(request: HookRequest): Promise<Acceptance> {
    const { hookProject: project, headers } = request;
    if (project === undefined) throw new Refusal('unauthenticated', 'bad-signature', 'Nobody checked the signature.');
    const body = bodyOf(request);
    try {
      const { verdict, stored } = this.door.accept({ project, body, headers });
      const acceptance = await stored;
      this.counts.took(acceptance.outcome === 'new' ? verdict : acceptance.outcome);
      return acceptance;
    } catch (error) {
      const { fullname: projectHint } = project;
      if (error instanceof Refusal)
        this.refused.note({ code: error.code, projectHint, sizeBytes: body.length, remoteAddress: request.ip });
      throw error;
    }
  }
}
