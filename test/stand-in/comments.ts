/** Writing comments and reading issues, as the stand-in's API does it: the answer to a comment holds no id (FACTS §4). */
import type { JsonObject } from '../../src/kernel/json.js';

export interface WrittenComment {
  /** `lab pull-request 1` or `lab issue 3`. */
  readonly thread: string;
  readonly id: number;
  readonly user: string;
  readonly text: string;
}

/** What was written by the API, beside what tests say that was there before. */
export class StandInComments {
  readonly written: WrittenComment[] = [];
  private readonly issues = new Map<string, JsonObject>();
  private readonly listeners: ((comment: WrittenComment) => void)[] = [];

  /** As it is shown from now on: `issue` is the object that messages carry. */
  showIssue(fullname: string, issue: JsonObject): void {
    this.issues.set(`${fullname} issue ${String(issue['id'])}`, issue);
  }

  issue(fullname: string, number: string): JsonObject | null {
    return this.issues.get(`${fullname} issue ${number}`) ?? null;
  }

  /** Called after each comment that was taken. */
  onComment(listener: (comment: WrittenComment) => void): void {
    this.listeners.push(listener);
  }

  write(thread: string, user: string, text: string): void {
    const comment = { thread, user, text, id: 900_001 + this.written.length };
    this.written.push(comment);
    for (const listener of this.listeners) listener(comment);
  }

  /** The thread's object with all that was written on it. */
  withWritten(thread: string, shown: JsonObject): JsonObject {
    const before = Array.isArray(shown['comments']) ? (shown['comments'] as readonly JsonObject[]) : [];
    return { ...shown, comments: [...before, ...this.objectsOf(thread)] };
  }

  objectsOf(thread: string): readonly JsonObject[] {
    return this.written
      .filter((one) => one.thread === thread)
      .map(({ id, user, text }) => ({ id, comment: text, user: { name: user, fullname: user }, notification: false }));
  }
}
