/** Who may read the metrics: they are of all projects together, so a token that is limited to some reads none. */
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { RUNNING_SETTINGS, type RunningSettings } from '../../config/running-settings.js';
import { Refusal } from '../../kernel/errors.js';
import { type AskedRequest, TokenGuard } from '../token.guard.js';

@Injectable()
export class MetricsGuard implements CanActivate {
  constructor(
    @Inject(RUNNING_SETTINGS) private readonly settings: RunningSettings,
    @Inject(TokenGuard) private readonly tokens: TokenGuard,
  ) {}

  /** Throws a Refusal as `TokenGuard` does, unless the metrics are public. */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.settings.metricsPublic) return true;
    await this.tokens.canActivate(context);
    const { asker } = context.switchToHttp().getRequest<AskedRequest>();
    if (asker?.projects === null) return true;
    throw new Refusal(
      'forbidden',
      'token-limited',
      'This token is limited to projects: the metrics are of all of them.',
    );
  }
}
