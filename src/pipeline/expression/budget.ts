/** How much text one evaluation may make (LANGUAGE.md, "Expressions" 5). */
import { ExpressionError } from './expression-error.js';

export const MAX_TEXT = 10 * 1024 * 1024;

/** Counts the characters that are made; throws an ExpressionError when they are too many. */
export class Budget {
  private left = MAX_TEXT;

  charge(characters: number): void {
    this.left -= characters;
    if (this.left < 0) throw new ExpressionError(`the expression makes more than ${MAX_TEXT} characters of text`);
  }

  /** Charges for a text and gives it back. */
  spend(text: string): string {
    this.charge(text.length);
    return text;
  }
}
