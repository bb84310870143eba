/** What goes wrong in an expression: at reading with a place in its text, at evaluation without one. */

/** An expression could not be evaluated; the message is for the author of the pipeline. */
export class ExpressionError extends Error {
  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'ExpressionError';
  }
}

/** The text is no expression. `offset` counts characters of the text from 0. */
export class ExpressionSyntaxError extends ExpressionError {
  constructor(
    message: string,
    readonly code: string,
    readonly offset: number,
  ) {
    super(message);
    this.name = 'ExpressionSyntaxError';
  }
}
