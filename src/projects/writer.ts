/** Who changes something, and what they demand of what stands. */

export interface Writer {
  /** Name of the API token: kept as author. */
  readonly name: string;
  /** Awaited inside the commit, before anything is written; throws a Refusal when somebody else was faster. */
  readonly demand: () => Promise<void>;
}
