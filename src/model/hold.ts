/** What a held run waits for, and what whoever approves it is to see (TRUST.md §2). */

/**
 * `forge`: the forge did not say yet whether the author may commit; `approval`: somebody must approve; `start`: its trust is
 * decided and it is to be started.
 */
export type WaitsFor = 'forge' | 'approval' | 'start';

export interface Hold {
  readonly id: number;
  readonly projectId: number;
  readonly runId: number;
  readonly waitsFor: WaitsFor;
  /** What it changes; null while that is not known, and then nobody can approve it. */
  readonly changes: HeldChanges | null;
  readonly approvedBy: string | null;
  readonly approvedAt: number | null;
  /** How often it was looked at and we broke. */
  readonly tries: number;
  /** How often the world (forge, network) was not ready for it. */
  readonly waits: number;
  /** When it is to be looked at (again); null when nothing is due. */
  readonly dueAt: number | null;
}

/** What one approval is bound to, and what it changes: all of it is of these two commits. */
export interface HeldChanges {
  /** 40 hex: the commit that would be tested. */
  readonly head: string;
  /** 40 hex: where it left the branch that it wants to go to; null where they have no commit in common. */
  readonly mergeBase: string | null;
  /** Pipeline files first, then by path. */
  readonly files: readonly ChangedFile[];
  /** How many more there are than `files` holds. */
  readonly more: number;
  /** What its pipeline files and local actions would run by `uses`, each once, in order. */
  readonly uses: readonly string[];
}

export interface ChangedFile {
  readonly path: string;
  /** Lines; null for a binary file. */
  readonly added: number | null;
  readonly removed: number | null;
  /** Does it say what runs: a pipeline, or an action of the repository? */
  readonly isPipeline: boolean;
}

const MOST_NAMED = 3;

/** Pure. In one line for people: `waiting for approval: changes ci.yml and build.sh`. */
export function approvalReason({ files, more }: Pick<HeldChanges, 'files' | 'more'>): string {
  const waiting = 'waiting for approval';
  if (files.length === 0) return `${waiting}: changes no file`;
  const named = files.slice(0, files.length + more > MOST_NAMED ? MOST_NAMED - 1 : MOST_NAMED).map(lastName);
  const rest = files.length + more - named.length;
  const words = rest > 0 ? [...named, `${rest} more ${rest === 1 ? 'file' : 'files'}`] : named;
  return `${waiting}: changes ${words.length === 1 ? words[0] : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`}`;
}

function lastName({ path }: ChangedFile): string {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\uFFFD');
  return [...name].length > 60 ? `${[...name].slice(0, 59).join('')}…` : name;
}

/** Pure. What somebody pastes into a comment, or gives to `runs approve`, to approve this commit and no other. */
export function approvalLine(head: string): string {
  return `/approve ${head}`;
}
