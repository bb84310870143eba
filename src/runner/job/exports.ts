/** What steps have given to those behind them by GITHUB_ENV and GITHUB_PATH. */
import type { Env } from './environment.js';

export interface Exported {
  readonly env: readonly (readonly [string, string])[];
  /** In the order in which they were written: the last one is searched first. */
  readonly paths: readonly string[];
}

export class Exports {
  private readonly added: Exported[] = [];

  constructor(
    private variables: Env = {},
    private prepended: readonly string[] = [],
  ) {}

  get env(): Env {
    return this.variables;
  }

  /** The first one is searched first. */
  get paths(): readonly string[] {
    return this.prepended;
  }

  add(exported: Exported): void {
    this.added.push(exported);
    this.variables = { ...this.variables, ...Object.fromEntries(exported.env) };
    this.prepended = [...exported.paths.toReversed(), ...this.prepended];
  }

  /** A copy for a step in the background: what it adds reaches the others when it is collected. */
  fork(): Exports {
    return new Exports(this.variables, this.prepended);
  }

  collect(fork: Exports): void {
    for (const exported of fork.added) this.add(exported);
  }
}
