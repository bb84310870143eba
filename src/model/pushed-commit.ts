/** A commit that a push brought, as git says, and how many of them are kept. */

export interface PushedCommit {
  readonly id: string;
  readonly tree: string;
  readonly authorName: string;
  readonly authorEmail: string;
  readonly committerName: string;
  readonly committerEmail: string;
  /** ISO 8601, with the committer's own offset. */
  readonly committedAt: string;
  readonly message: string;
}

/** So many of the newest are asked for. */
export const MOST_PUSHED_COMMITS = 256;
/** They are kept with each run of the push. */
const MOST_BYTES = 32 * 1024;
const LONGEST_MESSAGE = 2_000;
const LONGEST_NAME = 200;

/** Pure. The newest of them that may be kept, with long texts cut; the order stays: the newest last. */
export function keptCommits(commits: readonly PushedCommit[]): readonly PushedCommit[] {
  const kept: PushedCommit[] = [];
  let bytes = 0;
  for (const commit of commits.toReversed()) {
    const cut = shortened(commit);
    bytes += Buffer.byteLength(JSON.stringify(cut));
    if (bytes > MOST_BYTES) break;
    kept.push(cut);
  }
  return kept.reverse();
}

function shortened(commit: PushedCommit): PushedCommit {
  return {
    ...commit,
    authorName: commit.authorName.slice(0, LONGEST_NAME),
    authorEmail: commit.authorEmail.slice(0, LONGEST_NAME),
    committerName: commit.committerName.slice(0, LONGEST_NAME),
    committerEmail: commit.committerEmail.slice(0, LONGEST_NAME),
    message: commit.message.slice(0, LONGEST_MESSAGE),
  };
}
