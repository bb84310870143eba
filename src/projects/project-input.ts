/** What a maintainer says about a project, by REST or in the configuration file. */
import { Type } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import { MAX_KEYS } from '../store/projects.js';
import { flag, fullname, hookKey, instanceUrl, jsonObject, tokenOrNull } from './checks.js';
import { EachMust, MayBeMissing, Must } from './must.js';

const MAX_ALIASES = 5;

/** What is left out keeps its value, or has its default. */
export class ProjectSettingsInput {
  /** SHA-1 alone is accepted as signature. */
  @MayBeMissing()
  @Must(flag)
  readonly allowSha1?: boolean;

  /** Pipelines of ours are checked out before their first step. */
  @MayBeMissing()
  @Must(flag)
  readonly checkout?: boolean;
}

/** A project to be registered. */
export class ProjectInput {
  /** As people type it; stored normalised. */
  @Must(instanceUrl)
  readonly instance!: string;

  @Must(fullname)
  readonly fullname!: string;

  /** Web-hook keys, the current one first. */
  @EachMust(hookKey, { min: 1, max: MAX_KEYS })
  readonly keys!: readonly string[];

  /** The forge's API token, for flags; null or left out: none. */
  @MayBeMissing()
  @Must(tokenOrNull)
  readonly token?: string | null;

  /** Other spellings under which deliveries may name the instance. */
  @MayBeMissing()
  @EachMust(instanceUrl, { min: 0, max: MAX_ALIASES })
  readonly instanceAliases?: readonly string[];

  @MayBeMissing()
  @Must(jsonObject)
  @ValidateNested()
  @Type(() => ProjectSettingsInput)
  readonly settings?: ProjectSettingsInput;
}

/** What may be changed of a registered project; what is left out stays. */
export class ProjectChangeInput {
  /** Replaces all keys, the current one first. */
  @MayBeMissing()
  @EachMust(hookKey, { min: 1, max: MAX_KEYS })
  readonly keys?: readonly string[];

  /** Null takes the token away. */
  @MayBeMissing()
  @Must(tokenOrNull)
  readonly token?: string | null;

  @MayBeMissing()
  @EachMust(instanceUrl, { min: 0, max: MAX_ALIASES })
  readonly instanceAliases?: readonly string[];

  @MayBeMissing()
  @Must(jsonObject)
  @ValidateNested()
  @Type(() => ProjectSettingsInput)
  readonly settings?: ProjectSettingsInput;

  @MayBeMissing()
  @Must(flag)
  readonly enabled?: boolean;
}
