/** Where things of a project stand on its Pagure: made from the registration, never taken from a message. */
import type { ForgePage, ForgeProject } from '../forge.js';

/** The project's page. A fork's page says `fork` where its fullname says `forks`. */
export function projectUrl({ instance, fullname }: ForgeProject): string {
  return `${instance}/${webPath(fullname)}`;
}

/** The page of a thing of the project. */
export function pageUrl(project: ForgeProject, page: ForgePage): string {
  const home = projectUrl(project);
  switch (page.kind) {
    case 'project':
      return home;
    case 'commit':
      return `${home}/c/${encodeURIComponent(page.commit)}`;
    case 'pull-request':
      return `${home}/pull-request/${page.number}`;
  }
}

/** Address of an API call about the project; each part of `path` is one segment. */
export function apiUrl({ instance, fullname }: ForgeProject, ...path: readonly string[]): string {
  return [`${instance}/api/0`, webPath(fullname), ...path.map(encodeURIComponent)].join('/');
}

/** Where git fetches it: with `forks`, unlike its page. */
export function cloneUrl({ instance, fullname }: ForgeProject): string {
  return `${instance}/${encodePath(fullname)}.git`;
}

/** A path of several segments, each of them encoded. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

function webPath(fullname: string): string {
  return encodePath(fullname.replace(/^forks\//, 'fork/'));
}
