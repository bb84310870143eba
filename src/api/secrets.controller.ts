/** The secrets of a project: set and removed, listed by name, never read. */
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Put, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Asker } from '../projects/asker.js';
import { SecretInput } from '../projects/secret-input.js';
import { SetSecret, storedName } from '../projects/set-secret.js';
import { ProjectSecrets } from '../store/project-secrets.js';
import { CheckedInput, RowId, SecretName } from './checked-input.pipe.js';
import { Described } from './described.js';
import { SecretDto, secretDto, SecretListDto } from './secret.dto.js';
import { AskedBy, Needs, TokenGuard } from './token.guard.js';
import { notThere, VisibleProjects } from './visible-projects.js';

@Controller('api/v1/projects/:id/secrets')
@UseGuards(TokenGuard)
export class SecretsController {
  constructor(
    @Inject(VisibleProjects) private readonly visible: VisibleProjects,
    @Inject(ProjectSecrets) private readonly secrets: ProjectSecrets,
    @Inject(SetSecret) private readonly setting: SetSecret,
  ) {}

  @Get()
  @Needs('read')
  @Described({
    says: 'List the secrets of a project by name, never a value',
    answer: SecretListDto,
    problems: ['no-such-project'],
  })
  async list(@AskedBy() asker: Asker, @Param('id', RowId) id: number): Promise<SecretListDto> {
    const project = await this.visible.project(asker, id);
    return { items: (await this.secrets.ofProject(project.id)).map(secretDto), next: null };
  }

  @Get(':name')
  @Needs('read')
  @Described({
    says: 'Read which refs a secret goes to, never its value',
    answer: SecretDto,
    problems: ['no-such-project', 'no-such-secret'],
  })
  async read(
    @AskedBy() asker: Asker,
    @Param('id', RowId) id: number,
    @Param('name', SecretName) name: string,
  ): Promise<SecretDto> {
    const project = await this.visible.project(asker, id);
    return this.show(project.id, name);
  }

  @Put(':name')
  @Needs('maintain')
  @Described({
    says: 'Set a secret, in place of what stood there',
    more:
      'Jobs of trusted runs of the default branch and of tags read it as `secrets.NAME`, and those of the refs that it ' +
      'names besides. The case of the name is ignored.',
    answer: SecretDto,
    also: { 201: 'there was none of that name' },
    problems: ['no-such-project', 'declared-in-file', 'too-many-secrets'],
  })
  async set(
    @AskedBy() asker: Asker,
    @Param('id', RowId) id: number,
    @Param('name', SecretName) name: string,
    @Body(new CheckedInput(SecretInput)) input: SecretInput,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SecretDto> {
    const project = await this.visible.project(asker, id);
    const became = await this.setting.set(project, name, input);
    void reply.status(became === 'new' ? 201 : 200);
    if (became === 'new') void reply.header('location', `/api/v1/projects/${id}/secrets/${storedName(name)}`);
    return this.show(project.id, name);
  }

  @Delete(':name')
  @HttpCode(204)
  @Needs('maintain')
  @Described({
    says: 'Take a secret away',
    status: 204,
    answer: null,
    problems: ['no-such-project', 'no-such-secret', 'declared-in-file'],
  })
  async remove(
    @AskedBy() asker: Asker,
    @Param('id', RowId) id: number,
    @Param('name', SecretName) name: string,
  ): Promise<void> {
    await this.setting.remove(await this.visible.project(asker, id), name);
  }

  private async show(projectId: number, name: string): Promise<SecretDto> {
    const secret = await this.secrets.byName(projectId, storedName(name));
    if (secret === null) throw notThere('secret', storedName(name));
    return secretDto(secret);
  }
}
