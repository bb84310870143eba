/** The problems of one file: at most so many of each severity that somebody reads them, the first by place. */
import type { Problem } from '../../kernel/errors.js';
import type { Spot } from './node.js';
import { Hints } from './suggest.js';

/** Of each severity; the rest is counted. A hostile file has tens of thousands. */
export const MOST_PROBLEMS = 100;

export class ProblemList {
  private readonly errors: FirstProblems;
  private readonly warnings: FirstProblems;
  private readonly hints = new Hints();

  /** Problems of the `ignored` codes are none. */
  constructor(
    private readonly file: string,
    private readonly ignored: readonly string[] = [],
  ) {
    this.errors = new FirstProblems('error');
    this.warnings = new FirstProblems('warning');
  }

  error(spot: Spot, code: string, message: string): void {
    this.add(this.errors, spot, code, message);
  }

  warning(spot: Spot, code: string, message: string): void {
    this.add(this.warnings, spot, code, message);
  }

  hasErrors(): boolean {
    return this.errors.isAny();
  }

  /** `; did you mean \`x\`?`, or '' when nothing is near; the end of a problem's sentence. */
  didYouMean(word: string, known: Iterable<string>): string {
    return this.hints.didYouMean(word, known);
  }

  /** By place, each once; where there are more, the last of a severity says how many. */
  sorted(): readonly Problem[] {
    return [...this.errors.sorted(), ...this.warnings.sorted()].sort(byPlace);
  }

  private add(list: FirstProblems, { line, column }: Spot, code: string, message: string): void {
    if (this.ignored.includes(code)) return;
    list.add({ severity: list.severity, code, message, file: this.file, line, column });
  }
}

/** Keeps up to twice as many as are told, so that it is rarely sorted. */
class FirstProblems {
  private kept: Problem[] = [];
  private keys = new Set<string>();
  /** The first of those that were left out, by place. */
  private next: Problem | null = null;
  private left = 0;

  constructor(readonly severity: Problem['severity']) {}

  isAny(): boolean {
    return this.kept.length > 0;
  }

  add(problem: Problem): void {
    if (this.next !== null && byPlace(problem, this.next) >= 0) {
      this.left += 1;
      return;
    }
    const key = keyOf(problem);
    if (this.keys.has(key)) return;
    this.keys.add(key);
    this.kept.push(problem);
    if (this.kept.length > 2 * MOST_PROBLEMS) this.cut();
  }

  sorted(): readonly Problem[] {
    if (this.kept.length > MOST_PROBLEMS) this.cut();
    this.kept.sort(byPlace);
    if (this.next === null) return this.kept;
    const noun = this.left === 1 ? this.severity : `${this.severity}s`;
    return [...this.kept, { ...this.next, code: 'more-problems', message: `${this.left} more ${noun} from here on` }];
  }

  private cut(): void {
    const [first, rest] = [this.kept.sort(byPlace).slice(0, MOST_PROBLEMS), this.kept.slice(MOST_PROBLEMS)];
    this.left += rest.length;
    this.next = rest[0] ?? this.next;
    this.kept = first;
    this.keys = new Set(first.map(keyOf));
  }
}

function byPlace(one: Problem, other: Problem): number {
  return one.line - other.line || one.column - other.column;
}

function keyOf({ line, column, code, message }: Problem): string {
  return `${line}:${column}:${code}:${message}`;
}
