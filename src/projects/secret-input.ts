/** What a maintainer says about a secret of a project, by REST or in the configuration file. */
import { ApiProperty } from '@nestjs/swagger';
import { refPattern, secretName, secretValue } from './checks.js';
import { EachMust, MayBeMissing, Must } from './must.js';

export const MOST_REFS = 50;

const REFS = {
  type: 'array' as const,
  items: { type: 'string' },
  required: false,
  maxItems: MOST_REFS,
  description:
    'Patterns of refs, added in order to the default branch and tags; `!` takes away, and the last that matches decides. ' +
    'Branches by name (release/*), or full refs. ["!**", "main"]: main alone.',
  example: ['release/*'],
};

/** The value is kept sealed and never shown. */
export class SecretInput {
  @ApiProperty({
    type: String,
    maxLength: 65_536,
    description: 'Kept sealed and never shown.',
    example: 'hunter2-and-more',
  })
  @Must(secretValue)
  readonly value!: string;

  @ApiProperty(REFS)
  @MayBeMissing()
  @EachMust(refPattern, { min: 0, max: MOST_REFS })
  readonly refs?: readonly string[];
}

export class DeclaredSecretInput extends SecretInput {
  @Must(secretName)
  readonly name!: string;
}
