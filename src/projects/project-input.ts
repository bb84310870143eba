/** What a maintainer says about a project, by REST or in the configuration file. */
import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import type { Strangers } from '../model/project.js';
import { MAX_KEYS } from '../store/projects.js';
import {
  commandWords,
  flag,
  flagsPer,
  fullname,
  hookKey,
  instanceUrl,
  jobCount,
  jsonObject,
  lineOfText,
  nothing,
  strangers,
  tokenOrNull,
} from './checks.js';
import { EachMust, MayBeMissing, MayBeNull, Must } from './must.js';
import { RepositoryInput } from './repository-input.js';

const MAX_ALIASES = 5;
const MAX_REQUIRED = 50;

const KEY = { type: String, minLength: 16, maxLength: 128, example: 'KEY0000000000000000000000000000000000001' };
const TEXTS = { type: 'array' as const, items: { type: 'string' } };
const KEYS = { ...TEXTS, minItems: 1, maxItems: MAX_KEYS, example: [KEY.example] };
const TOKEN = {
  type: String,
  required: false,
  nullable: true,
  minLength: 16,
  maxLength: 255,
  description: "The forge's API token, for flags; null: none.",
  example: 'TOKEN00000000000000000000000000000000001',
};
const ALIASES = {
  ...TEXTS,
  required: false,
  maxItems: MAX_ALIASES,
  description: 'Other spellings under which deliveries may name the instance.',
  example: ['https://old.example.org'],
};

const UNTRUSTED = { type: 'integer', required: false, minimum: 1, maximum: 64 } as const;

function RepositoryOrNull(): PropertyDecorator {
  const description =
    "Where it is fetched from; null or left out: from the forge's own URL, with the token of a private project.";
  return applyDecorators(
    Type(() => RepositoryInput),
    ValidateNested(),
    Must(jsonObject),
    MayBeNull(),
    ApiProperty({ type: RepositoryInput, required: false, nullable: true, description }),
  );
}

/** What is left out keeps its value, or has its default. */
export class ProjectSettingsInput {
  /** SHA-1 alone is accepted as signature. */
  @ApiProperty({
    type: Boolean,
    required: false,
    default: false,
    description: 'SHA-1 alone is accepted as signature: for an old Pagure that sends no SHA-256.',
    example: false,
  })
  @MayBeMissing()
  @Must(flag)
  readonly allowSha1?: boolean;

  /** Pipelines of ours are checked out before their first step. */
  @ApiProperty({
    type: Boolean,
    required: false,
    default: true,
    description: 'Pipelines of .pagure/pipelines and of the server are checked out before their first step.',
    example: true,
  })
  @MayBeMissing()
  @Must(flag)
  readonly checkout?: boolean;

  /** One flag per pipeline, or one for each of its jobs as well. */
  @ApiProperty({
    enum: ['pipeline', 'job'],
    required: false,
    default: 'pipeline',
    description: 'What has a flag: `pipeline` alone, or each `job` as well (the first 50 of a run).',
    example: 'pipeline',
  })
  @MayBeMissing()
  @Must(flagsPer)
  readonly flags?: 'pipeline' | 'job';

  /** Names of pipelines that somebody waits for. */
  @ApiProperty({
    ...TEXTS,
    required: false,
    maxItems: MAX_REQUIRED,
    description:
      'Names of pipelines whose flag somebody waits for: one that a path filter skips shows `success`, "skipped: no changed file matches".',
    example: ['ci'],
  })
  @MayBeMissing()
  @EachMust(lineOfText, { min: 0, max: MAX_REQUIRED })
  readonly required?: readonly string[];

  /** One comment on each pull-request. */
  @ApiProperty({
    type: Boolean,
    required: false,
    default: false,
    description:
      'One comment on each pull-request says what its pipelines came to, when all of its first head are done; never a second one. The token needs the ACL pull_request_comment.',
    example: false,
  })
  @MayBeMissing()
  @Must(flag)
  readonly summaryComment?: boolean;

  /** Words that are commands in comments. */
  @ApiProperty({
    type: 'object',
    selfRequired: false,
    additionalProperties: { type: 'string' },
    description: 'Words that are commands when they are a whole comment, each for one of ours; at most 20.',
    example: { '[citest]': '/rerun' },
  })
  @MayBeMissing()
  @Must(commandWords)
  readonly commands?: Readonly<Record<string, string>>;

  /** What becomes of pull-requests of forks and remotes. */
  @ApiProperty({
    enum: ['approval', 'never'],
    required: false,
    default: 'approval',
    description: 'Pull-requests of forks and remotes wait for an approval of each commit, or never start anything.',
    example: 'approval',
  })
  @MayBeMissing()
  @Must(strangers)
  readonly strangers?: Strangers;

  @ApiProperty({
    ...UNTRUSTED,
    default: 4,
    description: 'How many jobs of the project that are not trusted run at once.',
    example: 4,
  })
  @MayBeMissing()
  @Must(jobCount)
  readonly untrustedJobs?: number;

  @ApiProperty({ ...UNTRUSTED, default: 2, description: 'The same, of one pull-request.', example: 2 })
  @MayBeMissing()
  @Must(jobCount)
  readonly untrustedJobsPerPullRequest?: number;
}

/** A project to be registered. */
export class ProjectInput {
  /** As people type it; stored normalised. */
  @ApiProperty({
    type: String,
    format: 'uri',
    maxLength: 500,
    description: 'Where the Pagure is found; stored in one spelling.',
    example: 'https://pagure.example.org',
  })
  @Must(instanceUrl)
  readonly instance!: string;

  @ApiProperty({
    type: String,
    maxLength: 255,
    description: 'As Pagure writes it: lab, rpms/bash, forks/bob/lab or forks/bob/rpms/bash.',
    example: 'lab',
  })
  @Must(fullname)
  readonly fullname!: string;

  /** Web-hook keys, the current one first. */
  @ApiProperty({ ...KEYS, description: 'Web-hook keys, the current one first; kept sealed and never shown.' })
  @EachMust(hookKey, { min: 1, max: MAX_KEYS })
  readonly keys!: readonly string[];

  /** The forge's API token, for flags; null or left out: none. */
  @ApiProperty(TOKEN)
  @MayBeMissing()
  @Must(tokenOrNull)
  readonly token?: string | null;

  /** Null: from the forge's own URL. */
  @RepositoryOrNull()
  readonly repository?: RepositoryInput | null;

  /** Other spellings under which deliveries may name the instance. */
  @ApiProperty(ALIASES)
  @MayBeMissing()
  @EachMust(instanceUrl, { min: 0, max: MAX_ALIASES })
  readonly instanceAliases?: readonly string[];

  @ApiProperty({ type: ProjectSettingsInput, required: false })
  @MayBeMissing()
  @Must(jsonObject)
  @ValidateNested()
  @Type(() => ProjectSettingsInput)
  readonly settings?: ProjectSettingsInput;
}

/** A web-hook key to be added. */
export class KeyInput {
  @ApiProperty({ ...KEY, description: 'As the forge shows it; kept sealed and never shown.' })
  @Must(hookKey)
  readonly key!: string;
}

/** What may be changed of a registered project; what is left out stays. */
export class ProjectChangeInput {
  /** Replaces all keys, the current one first. */
  @ApiProperty({ ...KEYS, required: false, description: 'Replaces all web-hook keys, the current one first.' })
  @MayBeMissing()
  @EachMust(hookKey, { min: 1, max: MAX_KEYS })
  readonly keys?: readonly string[];

  /** Null takes the token away. */
  @ApiProperty(TOKEN)
  @MayBeMissing()
  @Must(tokenOrNull)
  readonly token?: string | null;

  /** Null: from the forge's own URL. */
  @RepositoryOrNull()
  readonly repository?: RepositoryInput | null;

  @ApiProperty(ALIASES)
  @MayBeMissing()
  @EachMust(instanceUrl, { min: 0, max: MAX_ALIASES })
  readonly instanceAliases?: readonly string[];

  @ApiProperty({ type: ProjectSettingsInput, required: false })
  @MayBeMissing()
  @Must(jsonObject)
  @ValidateNested()
  @Type(() => ProjectSettingsInput)
  readonly settings?: ProjectSettingsInput;

  /** Null alone: what the forge numbers it with is learned anew, and a suspension ends. */
  @ApiProperty({
    type: 'null',
    required: false,
    description:
      'Null: the next delivery tells anew what the forge numbers the project with, and a suspension for another number ends.',
    example: null,
  })
  @MayBeMissing()
  @Must(nothing)
  readonly identity?: null;

  @ApiProperty({
    type: Boolean,
    required: false,
    description: 'The web-hooks of a disabled project are refused, and nothing of it starts.',
    example: true,
  })
  @MayBeMissing()
  @Must(flag)
  readonly enabled?: boolean;
}
