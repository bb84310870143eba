/** A Pagure project as it is registered here. */

/** What a maintainer may set per project; all have defaults. */
export interface ProjectSettings {
  /** SHA-1 alone is accepted as signature (an old Pagure that sends no SHA-256). Default false. */
  readonly allowSha1: boolean;
  /** Pipelines of ours are checked out before the first step. Default true. */
  readonly checkout: boolean;
  /** Pull-requests of forks and remotes wait for an approval of each commit (the default), or start nothing. */
  readonly strangers?: Strangers;
  /** So many jobs that are not trusted run at once; of one pull-request. */
  readonly untrustedJobs?: number;
  readonly untrustedJobsPerPullRequest?: number;
  /** One flag per pipeline (the default), or one for each of its jobs as well. */
  readonly flags?: 'pipeline' | 'job';
  /** One comment on each pull-request says what its pipelines came to. Default false. */
  readonly summaryComment?: boolean;
  /** Words that are commands in comments, each for one of ours (`[citest]`: `/rerun`). Default none. */
  readonly commands?: Readonly<Record<string, string>>;
  /** Names of pipelines whose flag somebody waits for: those that a path filter skips show `success`. Default none. */
  readonly required?: readonly string[];
}

/** What becomes of pull-requests of forks and remotes. */
export type Strangers = 'approval' | 'never';

/** How many jobs that are not trusted run at once, of a project and of one pull-request. */
export function untrustedJobs({
  untrustedJobs: all = 4,
  untrustedJobsPerPullRequest: perPullRequest = 2,
}: Pick<ProjectSettings, 'untrustedJobs' | 'untrustedJobsPerPullRequest'>) {
  return { all, perPullRequest };
}

/** Of a setting that was never given the default. */
export function strangersOf({ strangers }: Pick<ProjectSettings, 'strangers'>): Strangers {
  return strangers ?? 'approval';
}

export const DEFAULT_PROJECT_SETTINGS: ProjectSettings = { allowSha1: false, checkout: true };

/** What the forge itself numbers a project with: under the same name another number is another project. */
export interface ForgeIdentity {
  readonly id: number;
  /** As the forge writes it; null where it says nothing. */
  readonly createdAt: string | null;
}

export interface Project {
  readonly id: number;
  /** Normalised: scheme, host, port, path in lower-case host, no trailing slash. */
  readonly instance: string;
  /** Other spellings under which deliveries may name the instance, normalised. */
  readonly instanceAliases: readonly string[];
  /** `lab`, `rpms/bash`, `forks/bob/lab`, `forks/bob/rpms/bash`. Unique per instance. */
  readonly fullname: string;
  readonly public: boolean;
  readonly enabled: boolean;
  /** The configuration file that declares it, or null when it was made by the API. */
  readonly declaredBy: string | null;
  readonly settings: ProjectSettings;
  /** Bound by the first verified delivery that tells it; null until then. */
  readonly identity: ForgeIdentity | null;
  /** Why nothing of it starts until somebody looks at it, for people; null for a project that is as it should be. */
  readonly suspended: string | null;
  /** Raised by each change of the project. */
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A server-side pipeline: its text is kept per project, every version of it is kept too. */
export interface StoredPipeline {
  readonly id: number;
  readonly projectId: number;
  readonly name: string;
  readonly enabled: boolean;
  readonly declaredBy: string | null;
  /** Counts from 1. */
  readonly version: number;
  readonly text: string;
  readonly updatedAt: number;
}

/** What is longer is no address of a Pagure: a message may hold anything, and is not to be worked on for long. */
const LONGEST_INSTANCE = 512;

/** Lower-case scheme and host, default port and trailing slashes dropped; null when it is no http(s) URL, or too long. */
export function normaliseInstance(url: string): string | null {
  if (url.length > LONGEST_INSTANCE || !URL.canParse(url)) return null;
  const parsed = new URL(url);
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') return null;
  return `${parsed.protocol}//${parsed.host}${parsed.pathname.replace(/\/+$/, '')}`;
}
