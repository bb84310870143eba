/** What the checks of one file share: where its problems go, and its expressions, each text parsed once. */
import { ExpressionSyntaxError } from '../expression/expression-error.js';
import { type ParsedExpression, parseExpression } from '../expression/parse.js';
import { LimitReached, MAX_NODES } from './limits.js';
import type { Spot } from './node.js';
import type { ProblemList } from './problem-list.js';

/** What is no expression weighs as much as so many words, and one for each few letters: an error is dear. */
const BROKEN = { words: 20, letters: 4 };

export class Reading {
  private readonly parsed = new Map<string, ParsedExpression | ExpressionSyntaxError>();
  private words = 0;

  constructor(readonly problems: ProblemList) {}

  /**
   * What stands between `${{` and `}}`. Throws an ExpressionSyntaxError for what is no expression, and a LimitReached when the
   * file has more words in its expressions than it may have, which is reported at `spot`.
   */
  expression(source: string, spot: () => Spot): ParsedExpression {
    const parsed = this.parsed.get(source) ?? parse(source);
    this.parsed.set(source, parsed);
    const isBroken = parsed instanceof ExpressionSyntaxError;
    this.words += isBroken ? BROKEN.words + source.length / BROKEN.letters : parsed.words;
    if (this.words > MAX_NODES) this.stop(spot());
    if (isBroken) throw parsed;
    return parsed;
  }

  /** An expression that was asked for before; null for any other, and for what is none. */
  known(source: string): ParsedExpression | null {
    const parsed = this.parsed.get(source) ?? null;
    return parsed instanceof ExpressionSyntaxError ? null : parsed;
  }

  private stop(spot: Spot): never {
    const message = `the expressions of the file have more than ${MAX_NODES} words and marks`;
    this.problems.error(spot, 'too-many-nodes', message);
    throw new LimitReached();
  }
}

function parse(source: string): ParsedExpression | ExpressionSyntaxError {
  try {
    return parseExpression(source);
  } catch (thrown) {
    if (thrown instanceof ExpressionSyntaxError) return thrown;
    throw thrown;
  }
}
