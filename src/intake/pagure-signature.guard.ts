/** Lets a delivery pass only when a key of the project that it names signed its raw bytes (TRUST.md §1). */
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PagureWebHook } from '../forge/pagure-web-hook.js';
import { Refusal } from '../kernel/errors.js';
import type { HookProject } from '../store/projects.js';
import { HookDirectory } from './hook-directory.js';
import { presented } from './presented.js';
import { QuarantinePosts } from './quarantine-posts.js';
import { RefusedLog } from './refused-log.js';
import { RETRY_AFTER_SECONDS, Senders } from './senders.js';

/** A request to the door; `hookProject` is set by the guard alone. */
export interface HookRequest extends FastifyRequest {
  hookProject?: HookProject;
}

/** Which project a body names: registered, or only said. */
interface Named {
  readonly project: HookProject | null;
  readonly hint: string | null;
}

/** Takes three HMAC-SHA256 over the body for whatever is sent, and parses nothing. */
@Injectable()
export class PagureSignatureGuard implements CanActivate {
  constructor(
    @Inject(PagureWebHook) private readonly webHook: PagureWebHook,
    @Inject(HookDirectory) private readonly directory: HookDirectory,
    @Inject(RefusedLog) private readonly refused: RefusedLog,
    @Inject(Senders) private readonly senders: Senders,
    @Inject(QuarantinePosts) private readonly quarantine: QuarantinePosts,
  ) {}

  /**
   * Throws a Refusal `unauthenticated`, the same for an unknown project, a wrong key and a malformed header; or `too-many`
   * when too many failed before it. What is rightly signed is never refused for what others sent.
   */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<HookRequest>();
    const body = bodyOf(request);
    const candidate = this.webHook.candidate(body);
    const project = await this.directory.find(candidate);
    const signers = { keys: project?.keys ?? [], allowSha1: project?.allowSha1 ?? false };
    if (!this.webHook.isSignedBy(signers, body, presented(request.headers)) || project === null)
      throw this.refuse(http.getResponse<FastifyReply>(), request, { project, hint: candidate.fullname });
    this.senders.verified(request.ip);
    request.hookProject = project;
    return true;
  }

  /** Of one too many nothing is kept. */
  private refuse(reply: FastifyReply, request: HookRequest, { project, hint: projectHint }: Named): Refusal {
    if (this.senders.failed(request.ip)) {
      this.refused.count('too-many-refused');
      void reply.header('retry-after', RETRY_AFTER_SECONDS);
      return new Refusal('too-many', 'too-many-refused', 'Too many signatures from there did not hold.');
    }
    const body = bodyOf(request);
    const { headers, ip: remoteAddress } = request;
    this.refused.note({ code: 'bad-signature', projectHint, sizeBytes: body.length, remoteAddress });
    if (project !== null && this.quarantine.mayFit(headers))
      reply.raw.once('close', () => this.quarantine.keep({ project, body, headers, remoteAddress }));
    return new Refusal('unauthenticated', 'bad-signature', 'No key of the project that the message names signed it.');
  }
}

/** The raw bytes; a POST without any has none. */
export function bodyOf({ body }: FastifyRequest): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}
