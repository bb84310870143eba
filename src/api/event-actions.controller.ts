/** Release stale events, and replay decided ones. */
import { Body, Controller, HttpCode, Inject, Param, Post, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Asker } from '../projects/asker.js';
import { ReleaseEvent } from '../triage/release-event.js';
import { ReplayEvent } from '../triage/replay-event.js';
import { CheckedInput, RowId } from './checked-input.pipe.js';
import { Described } from './described.js';
import { ReleasedEventDto, releasedEventDto, ReplayDto, replayDto, replayPreviewDto } from './event-action.dto.js';
import { ReplayInput } from './replay-input.js';
import { AskedBy, Needs, TokenGuard } from './token.guard.js';
import { VisibleProjects } from './visible-projects.js';

@Controller('api/v1/events')
@UseGuards(TokenGuard)
export class EventActionsController {
  constructor(
    @Inject(VisibleProjects) private readonly visible: VisibleProjects,
    @Inject(ReleaseEvent) private readonly releasing: ReleaseEvent,
    @Inject(ReplayEvent) private readonly replaying: ReplayEvent,
  ) {}

  @Post(':id/release')
  @HttpCode(202)
  @Needs('write')
  @Described({
    says: 'Release a stale event: it is decided about as if it had just come',
    more: 'A delivery that is too old, or from the future, is kept and starts nothing until somebody releases it, once.',
    status: 202,
    answer: ReleasedEventDto,
    problems: ['no-such-event', 'event-not-stale', 'event-released'],
  })
  async release(@AskedBy() asker: Asker, @Param('id', RowId) id: number): Promise<ReleasedEventDto> {
    await this.visible.event(asker, id);
    return releasedEventDto(await this.releasing.release(id, actedBy(asker)));
  }

  @Post(':id/replay')
  @Needs('write')
  @Described({
    says: 'Start the pipelines of an event again, or only tell what that would start',
    more:
      'A replay is an event of its own and merges with no run. It is judged now, never higher than the event was, and ' +
      'keeps the commits that the event was resolved to. Pipelines kept on the server count as they stand now.',
    answer: ReplayDto,
    also: { 202: 'the event was made and will be decided; Location says where it is' },
    headers: ['Location'],
    problems: ['no-such-event', 'event-not-replayable', 'event-stale', 'event-undecided'],
  })
  async replay(
    @AskedBy() asker: Asker,
    @Param('id', RowId) id: number,
    @Body(new CheckedInput(ReplayInput)) { dryRun = false }: ReplayInput,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReplayDto> {
    const event = await this.visible.event(asker, id);
    void reply.status(200);
    if (dryRun) return replayPreviewDto(id, await this.replaying.preview(event));
    const made = await this.replaying.replay(event, actedBy(asker));
    void reply.status(202).header('location', `/api/v1/events/${made}`);
    return replayDto(id, made);
  }
}

function actedBy({ tokenId, name }: Asker) {
  return { tokenId, actor: name };
}
