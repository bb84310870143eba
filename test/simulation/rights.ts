/** Who may commit to a project of the model forge, now and at any time before: for the forge to say, and for the oracle. */

/** `ann` owns the projects; `carl` may commit until somebody takes that away, as may `bob`, who opens pull-requests; `dave` is anybody. */
export const PEOPLE = ['ann', 'bob', 'carl', 'dave'] as const;
export type Person = (typeof PEOPLE)[number];
/** Those whose rights come and go. */
export const FICKLE = ['bob', 'carl'] as const;
/** Who writes the comments and flags of this program. */
export const BOT = 'bot';

interface Span {
  readonly fromMs: number;
  toMs: number;
}

export class Rights {
  private readonly spans = new Map<string, Span[]>();

  constructor(fromMs: number) {
    for (const user of ['ann', 'bob', 'carl']) this.give(user, fromMs);
  }

  may(user: string): boolean {
    return this.spans.get(user)?.at(-1)?.toMs === Infinity;
  }

  give(user: string, nowMs: number): void {
    if (!this.may(user)) this.spans.set(user, [...(this.spans.get(user) ?? []), { fromMs: nowMs, toMs: Infinity }]);
  }

  take(user: string, nowMs: number): void {
    const last = this.spans.get(user)?.at(-1);
    if (last !== undefined && last.toMs === Infinity) last.toMs = nowMs;
  }

  /** At any moment of this time, both ends included. */
  mightBetween(user: string, fromMs: number, toMs: number): boolean {
    return (this.spans.get(user) ?? []).some((span) => span.fromMs <= toMs && fromMs <= span.toMs);
  }
}
