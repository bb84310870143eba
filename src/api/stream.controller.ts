/** What happens, as it happens: server-sent events of events, runs, jobs and flags. */
import { Controller, Get, Header, Headers, Inject, Query, Res, StreamableFile, UseGuards } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type Change, parsePlace, type Place, TOLD_KINDS } from '../model/change.js';
import type { Asker } from '../projects/asker.js';
import { invalidInput } from '../projects/check-input.js';
import { ReadAskedProjects } from './asked-projects.js';
import { CheckedInput } from './checked-input.pipe.js';
import { Described } from './described.js';
import { ChangeStream } from './live/change-stream.js';
import { OpenAnswers } from './live/open-answers.js';
import { StreamQuery } from './live/stream-query.js';
import { AskedBy, Needs, TokenGuard } from './token.guard.js';
import { VisibleProjects } from './visible-projects.js';

const HEADER = 'Last-Event-ID';
const EXAMPLE = `retry: 2000
id: c120-e88

event: event
id: c120-e89
data: {"change":"new","id":89,"projectId":1,"runId":null,"topic":"git.receive","kind":"push","summary":"alice pushed to main","state":"due"}

event: run
id: c121-e89
data: {"change":"new","id":7,"projectId":1,"runId":7,"eventId":89,"pipelineName":"CI","number":7,"state":"queued"}
`;

@Controller('api/v1/stream')
@UseGuards(TokenGuard)
export class StreamController {
  constructor(
    @Inject(VisibleProjects) private readonly visible: VisibleProjects,
    @Inject(ReadAskedProjects) private readonly projects: ReadAskedProjects,
    @Inject(ChangeStream) private readonly changes: ChangeStream,
    @Inject(OpenAnswers) private readonly answers: OpenAnswers,
  ) {}

  @Get()
  @Needs('read')
  @Header('cache-control', 'no-store')
  @Header('x-accel-buffering', 'no')
  @ApiHeader({ name: HEADER, required: false, schema: { type: 'string', example: 'c120-e88' } })
  @Described({
    says: 'Follow changes of events, runs, jobs and flags as server-sent events',
    more:
      'The name of an event is the kind of what changed, its data are "change" (new or changed) and the row as it was after ' +
      'the change. Read it with fetch, since the token goes into the Authorization header. A reader that was cut off sends the ' +
      'last id it got as Last-Event-ID and misses and repeats nothing; when what it missed is not kept any more (the newest ' +
      '200,000 changes are), or the id is none of this server, an event "gap" comes first: read anew what is shown. Comment ' +
      'lines, with an id, say every 15 seconds that nothing is new. The stream ends with its token.',
    answer: 'text/event-stream',
    example: EXAMPLE,
    problems: ['no-such-project', 'no-such-run', 'too-many-streams', 'streams-full', 'stopping'],
  })
  async open(
    @AskedBy() asker: Asker,
    @Query(new CheckedInput(StreamQuery)) query: StreamQuery,
    @Headers('last-event-id') lastId: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const from = lastPlace(lastId);
    const sees = await this.filter(asker, query);
    const body = await this.answers.open(asker, reply.raw, (over) => this.changes.read({ from, sees }, over));
    return new StreamableFile(body, { type: 'text/event-stream' });
  }

  /** Throws a Refusal for a project or a run that the asker does not see. */
  private async filter(asker: Asker, { project, run, kinds }: StreamQuery): Promise<(change: Change) => boolean> {
    const projects = await this.projects.read(asker, project);
    if (run !== undefined) await this.visible.run(asker, Number(run));
    const told = new Set<string>(kinds?.split(',') ?? TOLD_KINDS);
    return ({ kind, projectId, runId }) =>
      told.has(kind) &&
      (projects === null || projects.includes(projectId)) &&
      (run === undefined || runId === Number(run));
  }
}

/** Null for a reader that begins. */
function lastPlace(text: string | undefined): Place | null {
  if (text === undefined) return null;
  const place = parsePlace(text);
  if (place === null) throw invalidInput([{ path: HEADER, message: 'must be the id of an event of this stream' }]);
  return place;
}
