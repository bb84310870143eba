/** Where the commits of a stranger's pull-request are looked for (TRUST §5): what its author typed is a URL of the web or nothing. */
import { expect, it } from 'vitest';
import type { Forge } from '../../src/forge/forge.js';
import type { PullRequestFacts } from '../../src/model/event.js';
import { pullSource } from '../../src/triage/pull-source.js';

const forge = {
  cloneUrl: ({ fullname }: { fullname: string }) => `https://p.example/${fullname}.git`,
} as Partial<Forge> as Forge;
const from = (pull: Partial<PullRequestFacts>) =>
  pullSource(forge, { instance: 'https://p.example' }, { sourceBranch: 'fix', ...pull } as PullRequestFacts);

it('a fork is found on the instance of the project', () => {
  const fork = { source: 'fork', sourceProject: 'forks/bob/lab' } as const;
  expect(from(fork)).toEqual({ pullRequestFrom: { url: 'https://p.example/forks/bob/lab.git', branch: 'fix' } });
});

it('a remote is found where its author says, on the web', () => {
  const remoteUrl = 'https://git.example.org/lab.git';
  expect(from({ source: 'remote', remoteUrl })).toEqual({ pullRequestFrom: { url: remoteUrl, branch: 'fix' } });
});

it.each(['file:///srv/git/secret.git', 'ssh://git@inside.example.org/lab.git', '/srv/git/secret.git', 'ext::sh'])(
  'but not at %s',
  (remoteUrl) => {
    expect(from({ source: 'remote', remoteUrl })).toEqual({});
  },
);
