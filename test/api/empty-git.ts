/** A git whose mirrors are all fetched and hold nothing. */
import { Git } from '../../src/git/git.js';

export class EmptyGit extends Git {
  fetch(): Promise<void> {
    return Promise.resolve();
  }

  mirrorPath(projectId: number): string {
    return `/nowhere/${projectId}.git`;
  }

  commitOf(): Promise<null> {
    return Promise.resolve(null);
  }

  commitsOf(): Promise<ReadonlyMap<string, string>> {
    return Promise.resolve(new Map());
  }

  isReachable(): Promise<boolean> {
    return Promise.resolve(false);
  }

  defaultBranch(): Promise<null> {
    return Promise.resolve(null);
  }

  listFolder(): Promise<readonly never[]> {
    return Promise.resolve([]);
  }

  readBlob(): Promise<null> {
    return Promise.resolve(null);
  }

  commitFacts(): Promise<null> {
    return Promise.resolve(null);
  }

  changedPaths(): Promise<readonly never[]> {
    return Promise.resolve([]);
  }

  commitsSince(): Promise<null> {
    return Promise.resolve(null);
  }

  pushedCommits(): Promise<readonly never[]> {
    return Promise.resolve([]);
  }

  newBranchBase(): Promise<null> {
    return Promise.resolve(null);
  }

  maintain(): Promise<void> {
    return Promise.resolve();
  }

  fetchPullRequest(): Promise<boolean> {
    return Promise.resolve(false);
  }

  pullRequestPath(): Promise<string> {
    return Promise.resolve('/nowhere/pull.git');
  }

  diffPullRequest(): Promise<null> {
    return Promise.resolve(null);
  }

  readPullRequestFile(): Promise<null> {
    return Promise.resolve(null);
  }
}
