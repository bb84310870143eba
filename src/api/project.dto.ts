/** Projects as the API shows them: never a key, never a token. */
import { ApiProperty } from '@nestjs/swagger';
import { isoTime } from '../kernel/clock.js';
import {
  type ForgeIdentity,
  type Project,
  type ProjectSettings,
  type Strangers,
  strangersOf,
  untrustedJobs,
} from '../model/project.js';
import type { ShownRepository } from '../model/project-repository.js';
import type { ShownKey } from '../store/project-keys.js';
import type { PausedFlags, ProjectStanding } from '../store/project-standing.js';
import { projectNotes } from './project-notes.js';

const TIME = { type: String, format: 'date-time', example: '2026-11-24T12:00:00.000Z' };

/** What is shown of a web-hook key. */
export class KeyDto {
  @ApiProperty({ type: 'integer', example: 1 })
  readonly id!: number;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 3, description: '1: the current one.', example: 1 })
  readonly position!: number;

  @ApiProperty(TIME)
  readonly addedAt!: string;
}

export class KeyListDto {
  @ApiProperty({ type: [KeyDto], description: 'The current one first; at most three.' })
  readonly items!: readonly KeyDto[];

  @ApiProperty({ type: String, nullable: true, description: 'Null: there is one page.', example: null })
  readonly next!: null;
}

export class ProjectSettingsDto implements ProjectSettings {
  @ApiProperty({ type: Boolean, description: 'SHA-1 alone is accepted as signature.', example: false })
  readonly allowSha1!: boolean;

  @ApiProperty({
    type: Boolean,
    description: 'Pipelines of .pagure/pipelines and of the server are checked out before their first step.',
    example: true,
  })
  readonly checkout!: boolean;

  @ApiProperty({
    enum: ['pipeline', 'job'],
    description: 'What has a flag: `pipeline` alone, or each `job` as well.',
    example: 'pipeline',
  })
  readonly flags!: 'pipeline' | 'job';

  @ApiProperty({
    type: [String],
    description: 'Names of pipelines whose flag somebody waits for: one that a path filter skips shows `success`.',
    example: ['ci'],
  })
  readonly required!: readonly string[];

  @ApiProperty({
    type: Boolean,
    description: 'One comment on each pull-request says what its pipelines came to.',
    example: false,
  })
  readonly summaryComment!: boolean;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Words that are commands when they are a whole comment, each for one of ours.',
    example: { '[citest]': '/rerun' },
  })
  readonly commands!: Readonly<Record<string, string>>;

  @ApiProperty({
    enum: ['approval', 'never'],
    description: 'Pull-requests of forks and remotes wait for an approval of each commit, or never start anything.',
    example: 'approval',
  })
  readonly strangers!: Strangers;

  @ApiProperty({
    type: 'integer',
    description: 'How many jobs of the project that are not trusted run at once.',
    example: 4,
  })
  readonly untrustedJobs!: number;

  @ApiProperty({ type: 'integer', description: 'The same, of one pull-request.', example: 2 })
  readonly untrustedJobsPerPullRequest!: number;
}

/** Flags that wait until somebody mends the same thing. */
export class PausedFlagsDto implements PausedFlags {
  @ApiProperty({ type: String, example: 'the forge refuses the token (401)' })
  readonly reason!: string;

  @ApiProperty({ type: 'integer', example: 3 })
  readonly count!: number;
}

export class ForgeIdentityDto implements ForgeIdentity {
  @ApiProperty({ type: 'integer', example: 3 })
  readonly id!: number;

  @ApiProperty({ type: String, nullable: true, description: 'As the forge writes it.', example: '1795473154.133275' })
  readonly createdAt!: string | null;
}

/** Never its private key. */
export class ShownRepositoryDto implements ShownRepository {
  @ApiProperty({ type: String, example: 'ssh://git@pagure.example.org/lab.git' })
  readonly url!: string;

  @ApiProperty({
    type: [String],
    description: 'Of an ssh URL the keys of its host.',
    example: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGJ0b3VnaCBsdWNrIGFuZCBhIGhvc3Qga2V5IGZvciBh'],
  })
  readonly hostKeys!: readonly string[];
}

export class ProjectDto {
  @ApiProperty({ type: 'integer', example: 1 })
  readonly id!: number;

  @ApiProperty({ type: String, description: 'Where the Pagure is found.', example: 'https://pagure.example.org' })
  readonly instance!: string;

  @ApiProperty({
    type: [String],
    description: 'Other spellings under which deliveries may name the instance.',
    example: ['https://old.example.org'],
  })
  readonly instanceAliases!: readonly string[];

  @ApiProperty({ type: String, example: 'lab' })
  readonly fullname!: string;

  @ApiProperty({
    type: Boolean,
    description: 'May everybody see it on the forge? Only then its pages open without a token.',
    example: true,
  })
  readonly public!: boolean;

  @ApiProperty({
    type: Boolean,
    description: 'The web-hooks of a disabled project are refused, and nothing of it starts.',
    example: true,
  })
  readonly enabled!: boolean;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The configuration file that declares it: it is changed there, and read-only here.',
    example: null,
  })
  readonly declaredBy!: string | null;

  @ApiProperty({ type: ProjectSettingsDto })
  readonly settings!: ProjectSettings;

  @ApiProperty({
    type: ForgeIdentityDto,
    nullable: true,
    description: 'What the forge numbers it with; null until a web-hook tells.',
  })
  readonly identity!: ForgeIdentity | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Why nothing of it starts until "identity" is set to null: its name belongs to another project now.',
    example: null,
  })
  readonly suspended!: string | null;

  @ApiProperty({ type: [KeyDto], description: 'Its web-hook keys, the current one first.' })
  readonly keys!: readonly KeyDto[];

  @ApiProperty({ type: Boolean, description: 'Has it a token of the forge, for flags?', example: true })
  readonly hasToken!: boolean;

  @ApiProperty({
    type: ShownRepositoryDto,
    nullable: true,
    description: "Where it is fetched from; null: from the forge's own URL.",
  })
  readonly repository!: ShownRepository | null;

  @ApiProperty({
    type: [PausedFlagsDto],
    description: 'Flags that are not sent until somebody mends something; any change of the project tries them again.',
  })
  readonly pausedFlags!: readonly PausedFlags[];

  @ApiProperty({ type: [String], description: 'What somebody should look at.', example: ['3 flags are paused: 401'] })
  readonly notes!: readonly string[];

  @ApiProperty({ type: 'integer', minimum: 1, description: 'Raised by each change.', example: 4 })
  readonly version!: number;

  @ApiProperty(TIME)
  readonly createdAt!: string;

  @ApiProperty(TIME)
  readonly updatedAt!: string;
}

export class ProjectListDto {
  @ApiProperty({ type: [ProjectDto], description: 'Newest first.' })
  readonly items!: readonly ProjectDto[];

  @ApiProperty({ type: String, nullable: true, description: 'The cursor of the next page.', example: null })
  readonly next!: string | null;
}

export function projectDto(project: Project, standing: ProjectStanding): ProjectDto {
  return {
    id: project.id,
    instance: project.instance,
    instanceAliases: project.instanceAliases,
    fullname: project.fullname,
    public: project.public,
    enabled: project.enabled,
    declaredBy: project.declaredBy,
    settings: {
      ...project.settings,
      flags: project.settings.flags ?? 'pipeline',
      required: project.settings.required ?? [],
      summaryComment: project.settings.summaryComment ?? false,
      commands: project.settings.commands ?? {},
      ...shownTrust(project.settings),
    },
    identity: project.identity,
    suspended: project.suspended,
    keys: standing.keys.map(keyDto),
    hasToken: standing.hasToken,
    repository: standing.repository,
    pausedFlags: standing.pausedFlags,
    notes: projectNotes(project, standing),
    version: project.version,
    createdAt: isoTime(project.createdAt),
    updatedAt: isoTime(project.updatedAt),
  };
}

function shownTrust(settings: ProjectSettings) {
  const { all, perPullRequest } = untrustedJobs(settings);
  return { strangers: strangersOf(settings), untrustedJobs: all, untrustedJobsPerPullRequest: perPullRequest };
}

export function keyDto({ id, position, createdAt }: ShownKey): KeyDto {
  return { id, position: position + 1, addedAt: isoTime(createdAt) };
}
