/** The metrics of the house in the text format of Prometheus. */
import { Controller, Get, Inject, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Described } from './described.js';
import { HouseMetrics } from './metrics/house-metrics.js';
import { MetricsGuard } from './metrics/metrics.guard.js';
import { Needs } from './token.guard.js';

const EXAMPLE = `# HELP pagure_actions_deliveries_total Signed deliveries that were answered, by what became of them.
# TYPE pagure_actions_deliveries_total counter
pagure_actions_deliveries_total{verdict="ok"} 3
`;

@Controller('metrics')
@UseGuards(MetricsGuard)
export class MetricsController {
  constructor(@Inject(HouseMetrics) private readonly metrics: HouseMetrics) {}

  @Get()
  @Needs('read')
  @Described({
    says: 'Read the metrics',
    more:
      'For Prometheus: deliveries by verdict, what is due and for how long, runs and jobs by result and duration, flags that ' +
      'wait, the event loop and the process. Needs a token that is not limited to projects, unless the setting ' +
      '`metrics_public` is true.',
    answer: 'text/plain',
    example: EXAMPLE,
    problems: ['token-limited'],
  })
  async read(@Res() reply: FastifyReply): Promise<void> {
    const text = await this.metrics.text();
    void reply.header('cache-control', 'no-store').type(this.metrics.contentType).send(text);
  }
}
