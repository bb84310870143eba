/** The web-hook keys of a project: rotation without a delivery lost. */
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Project } from '../model/project.js';
import type { Asker } from '../projects/asker.js';
import { ChangeKeys } from '../projects/change-keys.js';
import { KeyInput } from '../projects/project-input.js';
import { ProjectKeys } from '../store/project-keys.js';
import { CheckedInput, RowId } from './checked-input.pipe.js';
import { Described } from './described.js';
import { KeyDto, keyDto, KeyListDto } from './project.dto.js';
import { AskedBy, Needs, TokenGuard } from './token.guard.js';
import { notThere, VisibleProjects } from './visible-projects.js';

@Controller('api/v1/projects/:id/keys')
@UseGuards(TokenGuard)
export class KeysController {
  constructor(
    @Inject(VisibleProjects) private readonly visible: VisibleProjects,
    @Inject(ProjectKeys) private readonly keys: ProjectKeys,
    @Inject(ChangeKeys) private readonly changing: ChangeKeys,
  ) {}

  @Get()
  @Needs('read')
  @Described({
    says: 'List the web-hook keys of a project: when each was added, never the key',
    answer: KeyListDto,
    problems: ['no-such-project'],
  })
  async list(@AskedBy() asker: Asker, @Param('id', RowId) id: number): Promise<KeyListDto> {
    return this.show(await this.visible.project(asker, id));
  }

  @Get(':keyId')
  @Needs('read')
  @Described({
    says: 'Read when a web-hook key was added',
    answer: KeyDto,
    problems: ['no-such-project', 'no-such-key'],
  })
  async read(
    @AskedBy() asker: Asker,
    @Param('id', RowId) id: number,
    @Param('keyId', RowId) keyId: number,
  ): Promise<KeyDto> {
    return this.showOne(await this.visible.project(asker, id), keyId);
  }

  @Post()
  @Needs('maintain')
  @Described({
    says: 'Add a web-hook key behind the others',
    more: 'Web-hooks that any of its keys signed are taken: add the new key here, then at the forge, then take the old one away.',
    status: 201,
    answer: KeyDto,
    problems: ['no-such-project', 'key-twice', 'key-in-use', 'too-many-keys', 'declared-in-file', 'changed-meanwhile'],
  })
  async add(
    @AskedBy() asker: Asker,
    @Param('id', RowId) id: number,
    @Body(new CheckedInput(KeyInput)) { key }: KeyInput,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<KeyDto> {
    const project = await this.visible.project(asker, id);
    const keyId = await this.changing.add(project, key);
    void reply.header('location', `/api/v1/projects/${id}/keys/${keyId}`);
    return this.showOne(project, keyId);
  }

  @Post(':keyId/first')
  @HttpCode(200)
  @Needs('maintain')
  @Described({
    says: 'Make a web-hook key the current one',
    answer: KeyListDto,
    problems: ['no-such-project', 'no-such-key', 'declared-in-file', 'changed-meanwhile'],
  })
  async makeFirst(
    @AskedBy() asker: Asker,
    @Param('id', RowId) id: number,
    @Param('keyId', RowId) keyId: number,
  ): Promise<KeyListDto> {
    const project = await this.visible.project(asker, id);
    await this.changing.makeFirst(project, keyId);
    return this.show(project);
  }

  @Delete(':keyId')
  @HttpCode(204)
  @Needs('maintain')
  @Described({
    says: 'Take a web-hook key away: web-hooks that it signed are refused',
    status: 204,
    answer: null,
    problems: ['no-such-project', 'no-such-key', 'last-key', 'declared-in-file', 'changed-meanwhile'],
  })
  async remove(
    @AskedBy() asker: Asker,
    @Param('id', RowId) id: number,
    @Param('keyId', RowId) keyId: number,
  ): Promise<void> {
    await this.changing.remove(await this.visible.project(asker, id), keyId);
  }

  private async show({ id }: Project): Promise<KeyListDto> {
    return { items: (await this.keys.of([id])).map(keyDto), next: null };
  }

  private async showOne({ id }: Project, keyId: number): Promise<KeyDto> {
    const key = (await this.keys.of([id])).find((one) => one.id === keyId);
    if (key === undefined) throw notThere('key', keyId);
    return keyDto(key);
  }
}
