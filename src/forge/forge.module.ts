/** The forges for the whole house. */
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Forges } from './forges.js';

@Global()
@Module({})
export class ForgeModule {
  static with(forges: Forges): DynamicModule {
    return { module: ForgeModule, providers: [{ provide: Forges, useValue: forges }], exports: [Forges] };
  }
}
