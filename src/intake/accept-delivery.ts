/** Stores a delivery whose signature held: reads its envelope, judges it, and resolves when it is on disk. */
import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Forges } from '../forge/forges.js';
import { PagureWebHook, type ReadEnvelope } from '../forge/pagure-web-hook.js';
import { Clock } from '../kernel/clock.js';
import { Refusal } from '../kernel/errors.js';
import { type Acceptance, Deliveries } from '../store/deliveries.js';
import type { HookProject } from '../store/projects.js';
import { keptHeaders, type ReceivedHeaders } from './kept-headers.js';
import { AGE_LIMITS, type AgeLimits, judge, type Judgement } from './verdict.js';

export interface SignedDelivery {
  /** The project one of whose keys fitted. */
  readonly project: HookProject;
  readonly body: Buffer;
  readonly headers: ReceivedHeaders;
  /** When its last byte was here; left out: now. */
  readonly receivedAt?: number;
}

/** A delivery on its way to the disk. */
export interface Accepting {
  /** Of one that is new. */
  readonly verdict: Judgement['verdict'];
  readonly stored: Promise<Acceptance>;
}

@Injectable()
export class AcceptDelivery {
  constructor(
    @Inject(PagureWebHook) private readonly webHook: PagureWebHook,
    @Inject(Forges) private readonly forges: Forges,
    @Inject(Deliveries) private readonly deliveries: Deliveries,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(AGE_LIMITS) private readonly limits: AgeLimits,
  ) {}

  /** Throws a Refusal: `invalid` when the bytes are not the envelope, `unauthenticated` when they name another project. */
  accept({ project, body, headers, receivedAt = this.clock.now() }: SignedDelivery): Accepting {
    const envelope = this.webHook.read(body);
    this.refuseOtherNames(project, envelope);
    const { projectId, instance, fullname } = project;
    const contradiction = this.webHook.contradiction(envelope.msg, fullname);
    const judgement = judge({ sentAtMs: envelope.timestamp * 1000, nowMs: receivedAt, contradiction }, this.limits);
    const stored = this.deliveries.accept({
      projectId,
      source: 'webhook',
      msgId: envelope.msgId,
      bodyHash: hash('sha256', body),
      body,
      headers: keptHeaders(headers),
      receivedAt,
      identity: this.webHook.identity(envelope.msg, fullname),
      facts: this.forges.of(instance).facts(envelope, { instance, fullname }),
      ...judgement,
    });
    return { verdict: judgement.verdict, stored };
  }

  /** The candidate was a guess in raw bytes: the parsed and signed names decide. */
  private refuseOtherNames(project: HookProject, { msg }: ReadEnvelope): void {
    const { instance, fullname } = this.webHook.names(msg);
    const instances = [project.instance, ...project.instanceAliases];
    if (fullname === project.fullname && instance !== null && instances.includes(instance)) return;
    throw new Refusal('unauthenticated', 'other-project', 'The message is signed for another project.');
  }
}
