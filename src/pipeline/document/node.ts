/** A YAML document as the walker sees it: scalars, lists and maps, each with its place. */
import type { Problem } from '../../kernel/errors.js';

export type ScalarValue = null | boolean | number | string;

/** Where a node stands; line and column count from 1. */
export interface Spot {
  readonly line: number;
  readonly column: number;
}

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly value: ScalarValue;
  readonly spot: Spot;
  /** The place of the `offset`-th character of the value (as text). */
  readonly spotAt: (offset: number) => Spot;
}

export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly Node[];
  readonly spot: Spot;
}

export interface MapEntry {
  readonly key: string;
  readonly keyNode: ScalarNode;
  readonly value: Node;
}

export interface MapNode {
  readonly kind: 'map';
  readonly entries: readonly MapEntry[];
  readonly spot: Spot;
}

export type Node = ScalarNode | ListNode | MapNode;

/** The value of a key, or null. */
export function entryOf(node: Node | null, key: string): Node | null {
  if (node?.kind !== 'map') return null;
  return node.entries.find((entry) => entry.key === key)?.value ?? null;
}

export function entriesOf(node: Node | null): readonly MapEntry[] {
  return node?.kind === 'map' ? node.entries : [];
}

export function itemsOf(node: Node | null): readonly Node[] {
  return node?.kind === 'list' ? node.items : [];
}

/** Collects the problems of one file. */
export class ProblemList {
  private all: Problem[] = [];

  constructor(private readonly file: string) {}

  error(spot: Spot, code: string, message: string): void {
    this.add('error', spot, code, message);
  }

  warning(spot: Spot, code: string, message: string): void {
    this.add('warning', spot, code, message);
  }

  hasErrors(): boolean {
    return this.all.some((problem) => problem.severity === 'error');
  }

  /** Forgets all problems of a code. */
  drop(code: string): void {
    this.all = this.all.filter((problem) => problem.code !== code);
  }

  /** By place, each once. */
  sorted(): readonly Problem[] {
    const seen = new Set<string>();
    return [...this.all]
      .sort((a, b) => a.line - b.line || a.column - b.column)
      .filter((problem) => {
        const key = `${problem.line}:${problem.column}:${problem.code}:${problem.message}`;
        return !seen.has(key) && seen.add(key);
      });
  }

  private add(severity: Problem['severity'], spot: Spot, code: string, message: string): void {
    this.all.push({ severity, code, message, file: this.file, line: spot.line, column: spot.column });
  }
}
