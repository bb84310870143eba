/** Reads out of git's messages why a fetch failed, and whether trying again can help. */
import { Fault } from '../../kernel/errors.js';

/**
 * `network`: the forge or the way to it. `denied`: it is there and says no. `objects`: what it sent is refused. `locked`: a
 * killed git left its lock. `unknown`: perhaps the mirror is damaged.
 */
export type FailureKind = 'network' | 'denied' | 'objects' | 'locked' | 'unknown';

const KINDS: readonly (readonly [FailureKind, RegExp])[] = [
  ['objects', /fsck error|fsck failed|invalid index-pack output: .*object/i],
  ['locked', /\.lock': File exists/],
  [
    'denied',
    /returned error: (3\d\d|40[134])|repository '.*' not found|Authentication failed|could not read (Username|Password)|dubious ownership|Host key verification failed|Permission denied|Too many authentication failures|protocol '.*' not supported|transport '.*' not allowed/i,
  ],
  [
    'network',
    /unable to access|Could not resolve|Failed to connect|RPC failed|early EOF|hung up unexpectedly|unexpected disconnect|SSL|timed out|does not appear to be a git repository|Could not read from remote repository/i,
  ],
];

export function failureKind(stderr: string): FailureKind {
  return KINDS.find(([, pattern]) => pattern.test(stderr))?.[0] ?? 'unknown';
}

/** What git says of a ref that the other side does not have (yet). */
export function lacksRef(stderr: string): boolean {
  return /couldn't find remote ref/i.test(stderr);
}

/** A Fault with what git said last, without control characters; its URL holds no credential. */
export function fetchFault(stderr: string): Fault {
  const kind = failureKind(stderr);
  const said = stderr.replace(/[\x00-\x1f\x7f]+/g, ' ').trim();
  const reason = kind === 'objects' ? 'the repository holds objects that are refused' : 'git fetch failed';
  return new Fault(`${reason}: ${said.slice(-400)}`, { retryable: kind !== 'denied' && kind !== 'objects' });
}
