/** Intake: HTTP for forges. Needs kernel, store and forges to be global. */
import { type BeforeApplicationShutdown, type DynamicModule, Inject, Module } from '@nestjs/common';
import { PagureWebHook } from '../forge/pagure-web-hook.js';
import { Random } from '../kernel/random.js';
import { AcceptDelivery } from './accept-delivery.js';
import { BodyReader } from './body-reader.js';
import { DoorCounts } from './door-counts.js';
import { HookDirectory } from './hook-directory.js';
import { LargeBodies } from './large-bodies.js';
import { PagureController } from './pagure.controller.js';
import { PagureSignatureGuard } from './pagure-signature.guard.js';
import { RefusedLog } from './refused-log.js';
import { Senders } from './senders.js';
import { AGE_LIMITS, type AgeLimits, DEFAULT_AGE_LIMITS } from './verdict.js';

@Module({})
export class IntakeModule implements BeforeApplicationShutdown {
  constructor(@Inject(RefusedLog) private readonly refused: RefusedLog) {}

  static with(limits: AgeLimits = DEFAULT_AGE_LIMITS): DynamicModule {
    const webHook = {
      provide: PagureWebHook,
      useFactory: (random: Random) => new PagureWebHook(random),
      inject: [Random],
    };
    const age = { provide: AGE_LIMITS, useValue: limits };
    const door = [AcceptDelivery, BodyReader, HookDirectory, LargeBodies, PagureSignatureGuard, RefusedLog, Senders];
    const providers = [webHook, age, DoorCounts, ...door];
    return { module: IntakeModule, global: true, controllers: [PagureController], providers, exports: [DoorCounts] };
  }

  /** The store closes last; what is refused from now on is forgotten. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.refused.flush();
  }
}
