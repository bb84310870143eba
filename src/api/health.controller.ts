/** Is the server up? For load balancers; tells nothing else. */
import { Controller, Get } from '@nestjs/common';

@Controller('healthz')
export class HealthController {
  @Get()
  read(): { readonly status: 'ok' } {
    return { status: 'ok' };
  }
}
