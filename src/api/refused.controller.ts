/** What the door refused that named a project, for people who set its web-hook up. */
import { Controller, Get, Inject, Param, UseGuards } from '@nestjs/common';
import type { Asker } from '../projects/asker.js';
import { Deliveries } from '../store/deliveries.js';
import { Quarantine } from '../store/quarantine.js';
import { RowId } from './checked-input.pipe.js';
import { Described } from './described.js';
import { RefusedListDto, refusedListDto } from './refused.dto.js';
import { AskedBy, Needs, TokenGuard } from './token.guard.js';
import { VisibleProjects } from './visible-projects.js';

const SHOWN = 100;

@Controller('api/v1/projects/:id/refused')
@UseGuards(TokenGuard)
export class RefusedController {
  constructor(
    @Inject(VisibleProjects) private readonly visible: VisibleProjects,
    @Inject(Deliveries) private readonly deliveries: Deliveries,
    @Inject(Quarantine) private readonly quarantine: Quarantine,
  ) {}

  @Get()
  @Needs('maintain')
  @Described({
    says: 'List the web-hooks that were refused and named this project',
    more:
      'Of a flood only some are noted. Those that no key of the project fits are kept sealed for 48 hours ("quarantined"): ' +
      'when their key is added they enter as if it had been there.',
    answer: RefusedListDto,
    problems: ['no-such-project'],
  })
  async list(@AskedBy() asker: Asker, @Param('id', RowId) id: number): Promise<RefusedListDto> {
    const { fullname } = await this.visible.project(asker, id);
    const [refused, kept] = await Promise.all([
      this.deliveries.refusedOf(fullname, SHOWN),
      this.quarantine.standing(id),
    ]);
    return refusedListDto(refused, kept);
  }
}
