/** Why a pipeline did or did not start for an event: one for every pipeline of the project. */

/**
 * `started`: made a run; `merged`: a run of the same cause is there already; `filtered`: a filter said no;
 * `broken`: the file has errors (a run of result `error` is made only for a push, a tag or the project's own pull-request);
 * `superseded`: the commit is no longer there to be tested.
 */
export type DecisionOutcome = 'started' | 'merged' | 'filtered' | 'broken' | 'superseded';

export interface Decision {
  readonly eventId: number;
  /** Where the text stands: `repo:<path>` or `server:<name>`; unique per project. */
  readonly pipelineKey: string;
  readonly pipelineName: string;
  readonly outcome: DecisionOutcome;
  /** One sentence: which filter said no on which value. */
  readonly reason: string;
  readonly runId: number | null;
}
