/** The calls by which a CI asks Pagure who may commit and how a pull-request stands (FACTS §4). */
import type { JsonObject } from '../../src/kernel/json.js';

/** What Pagure knows of people and pull-requests; tests change it at any time. */
export class StandInRights {
  private readonly committers = new Map<string, Set<string>>();
  private readonly pulls = new Map<string, JsonObject>();

  /** On every branch, or on one of them only. */
  letCommit(fullname: string, user: string, branch = '*'): void {
    const known = this.committers.get(fullname) ?? new Set();
    this.committers.set(fullname, known.add(`${user} ${branch}`));
  }

  /** Takes it away. */
  forbidCommit(fullname: string, user: string): void {
    const known = [...(this.committers.get(fullname) ?? [])];
    this.committers.set(fullname, new Set(known.filter((one) => !one.startsWith(`${user} `))));
  }

  mayCommit(fullname: string, user: string, branch: string): boolean {
    const known = this.committers.get(fullname);
    return known !== undefined && (known.has(`${user} *`) || known.has(`${user} ${branch}`));
  }

  /** As it is shown from now on: `pull` is the object that messages carry. */
  showPull(fullname: string, pull: JsonObject): void {
    this.pulls.set(`${fullname} ${String(pull['id'])}`, pull);
  }

  pull(fullname: string, number: string): JsonObject | null {
    return this.pulls.get(`${fullname} ${number}`) ?? null;
  }
}
