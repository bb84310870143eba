/** Where the commits of a pull-request come from: its project shows them some seconds late (FACTS trap 9). */
import type { Forge } from '../forge/forge.js';
import type { FetchSource } from '../git/git.js';
import type { PullRequestFacts } from '../model/event.js';
import type { Project } from '../model/project.js';

const FULLNAME = /^[A-Za-z0-9_][\w.+-]*(\/[A-Za-z0-9_][\w.+-]*)*$/;

/** Files and what ssh opens are for whoever keeps the server: no stranger names them. */
function isWebUrl(url: string | undefined): url is string {
  return url !== undefined && /^https?:/i.test(url);
}

/**
 * Pure. A fork by its name on the project's own instance; a remote by the URL that its author typed, which the egress policy
 * judges. What is fetched counts only where it holds the commit that is asked for.
 */
export function pullSource(
  forge: Forge,
  { instance }: Pick<Project, 'instance'>,
  pull: PullRequestFacts,
): Pick<FetchSource, 'pullRequestFrom'> {
  const { source, sourceProject: fullname, sourceBranch: branch, remoteUrl } = pull;
  if (branch === '') return {};
  if (source === 'remote') return isWebUrl(remoteUrl) ? { pullRequestFrom: { url: remoteUrl, branch } } : {};
  if (fullname === null || !FULLNAME.test(fullname)) return {};
  return { pullRequestFrom: { url: forge.cloneUrl({ instance, fullname }), branch } };
}
