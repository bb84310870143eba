/** Time and chance for the whole house: one clock and one source of chance per process. */
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Clock } from './clock.js';
import { Random } from './random.js';

@Global()
@Module({})
export class KernelModule {
  static with(world: { readonly clock: Clock; readonly random: Random }): DynamicModule {
    const providers = [
      { provide: Clock, useValue: world.clock },
      { provide: Random, useValue: world.random },
    ];
    return { module: KernelModule, providers, exports: providers };
  }
}
