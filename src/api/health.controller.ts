/** Is the server alive, and can it take work? For load balancers; tells nothing of what is stored. */
import { Controller, Get, Header, Inject } from '@nestjs/common';
import { Refusal } from '../kernel/errors.js';
import { Described } from './described.js';
import { HealthDto, ReadinessDto } from './health.dto.js';
import { CHECKS, Readiness } from './readiness.js';

@Controller()
export class HealthController {
  constructor(@Inject(Readiness) private readonly readiness: Readiness) {}

  @Get('healthz')
  @Described({ says: 'Ask whether the server is alive', answer: HealthDto })
  @Header('cache-control', 'no-store')
  alive(): HealthDto {
    return { status: 'ok' };
  }

  @Get('readyz')
  @Described({
    says: 'Ask whether the server can take work',
    more:
      'The database is written and read, the disk of the data folder has room, the queue is taken from, the master key opens ' +
      'what is stored, and the server is not stopping. "faults" of a 503 names every check that failed.',
    answer: ReadinessDto,
    problems: ['not-ready'],
  })
  @Header('cache-control', 'no-store')
  async ready(): Promise<ReadinessDto> {
    const faults = await this.readiness.faults();
    if (faults.length === 0) return { status: 'ready', checks: CHECKS };
    throw new Refusal('unavailable', 'not-ready', 'The server cannot take work now: see "faults".', { faults });
  }
}
