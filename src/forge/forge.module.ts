/** The forges for the whole house; needs the kernel to be global. */
import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { Egress } from '../egress/egress.js';
import { Clock } from '../kernel/clock.js';
import { Forges, openForges } from './forges.js';

@Global()
@Module({})
export class ForgeModule {
  static with(egress: Egress): DynamicModule {
    const forges = { provide: Forges, useFactory: (clock: Clock) => openForges(egress, clock), inject: [Clock] };
    return { module: ForgeModule, providers: [forges], exports: [Forges] };
  }
}
