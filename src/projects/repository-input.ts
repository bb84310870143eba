/** What a maintainer says of where a project is fetched from, by REST or in the configuration file. */
import { ApiProperty } from '@nestjs/swagger';
import type { ProjectRepository } from '../model/project-repository.js';
import { hostKey, repositoryUrl, sshKey } from './checks.js';
import { type Check, Must, MustBeside } from './must.js';

const MOST_HOST_KEYS = 10;

/** What an ssh URL needs and another must not have; `null` and what is left out count as nothing. */
function OfSsh(name: string, check: Check): PropertyDecorator {
  return MustBeside(name, (value, { url }) => {
    const isSsh = typeof url === 'string' && url.startsWith('ssh:');
    if (value === undefined || value === null) return isSsh ? 'must be given for an ssh URL' : null;
    return isSsh ? check(value) : 'is for ssh URLs alone';
  });
}

/** The key is kept sealed and never shown. */
export class RepositoryInput {
  @ApiProperty({
    type: String,
    maxLength: 500,
    description: 'An ssh URL, or a file URL below `server.egress.file_root`; both by the egress policy.',
    example: 'ssh://git@pagure.example.org/lab.git',
  })
  @Must(repositoryUrl)
  readonly url!: string;

  @ApiProperty({
    type: String,
    required: false,
    nullable: true,
    maxLength: 16_384,
    description:
      'Of an ssh URL the private key, as `ssh-keygen` writes it, without a passphrase; kept sealed and never shown.',
    example: '-----BEGIN OPENSSH PRIVATE KEY-----\n…\n-----END OPENSSH PRIVATE KEY-----',
  })
  @OfSsh('sshKey', sshKey)
  readonly sshKey?: string | null;

  @ApiProperty({
    type: 'array',
    items: { type: 'string' },
    required: false,
    maxItems: MOST_HOST_KEYS,
    description: 'Of an ssh URL the keys of its host, as `ssh-keyscan` prints them: no other host is talked to.',
    example: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGJ0b3VnaCBsdWNrIGFuZCBhIGhvc3Qga2V5IGZvciBh'],
  })
  @OfSsh('hostKeys', hostKeys)
  readonly hostKeys?: readonly string[];
}

/** As it is stored. */
export function storedRepository(input: RepositoryInput): ProjectRepository {
  return { url: input.url, sshKey: input.sshKey ?? null, hostKeys: input.hostKeys ?? [] };
}

function hostKeys(value: unknown): string | null {
  const isList = Array.isArray(value) && value.length >= 1 && value.length <= MOST_HOST_KEYS;
  if (!isList) return `must be a list of 1 to ${MOST_HOST_KEYS}`;
  return value.map(hostKey).find((fault) => fault !== null) ?? null;
}
