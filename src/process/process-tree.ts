/** A set of processes that can be ended together, whatever they have forked. */
import type { Command, RunningProcess, TakeOutput } from './running-process.js';

/** How trees are ended on this machine; `line` says it to people. */
export interface TreeEnding {
  readonly kind: 'namespace' | 'group';
  readonly line: string;
  /** Throws a Fault when the system gives no tree. */
  open(): Promise<ProcessTree>;
}

/** Absolute paths of the tools, and the options that work here. */
export interface NamespaceRecipe {
  readonly setpriv: string;
  readonly unshare: string;
  readonly nsenter: string;
  readonly setsid: string;
  readonly env: string;
  readonly cat: string;
  /** Options that make a user namespace: empty for root. */
  readonly user: readonly string[];
  /** Does the tree get a `/proc` of its own, so that its tools see its process ids? */
  readonly proc: 'own' | 'shared';
}

/** What a group leader was, so that a later program can tell it from a stranger with the same number. */
export interface GroupRecord {
  readonly group: number;
  /** In clock ticks since boot, as `/proc/<pid>/stat` says. */
  readonly startedTicks: string;
}

export interface TreeProcess extends RunningProcess {
  /** Resolves when the command itself has ended, whatever still holds its output open. */
  readonly ended: Promise<void>;
}

/**
 * Several commands may run in one tree, at the same time or after each other; what one leaves in the background lives on
 * until the tree ends.
 */
export abstract class ProcessTree {
  /**
   * Starts a command. A missing program or folder is an exit code (127, 126), said on stderr. Throws a Fault when the system
   * has no room for it, or the tree has ended. The started process's `kill` ends the whole tree where trees are namespaces,
   * and its own part of it elsewhere.
   */
  abstract start(command: Command, output: TakeOutput): Promise<TreeProcess>;

  /** Can commands still be started? */
  abstract isAlive(): boolean;

  /** Groups to be ended by `endGroups` if this program dies before it ends the tree; empty where they die with it. */
  abstract records(): readonly GroupRecord[];

  /** Ends all its processes at once, orphans included; resolves when they are dead. Safe to call twice. */
  abstract end(): Promise<void>;
}
