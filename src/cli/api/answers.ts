/** What the verbs read of the API's answers: a narrow part of them, as `/api/openapi.json` describes it. */
import type { Problem } from '../../kernel/errors.js';
import type { Result, State } from '../../model/result.js';

/** One page of a list; `next` is the cursor of the one after it. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string | null;
}

export interface ProjectAnswer {
  readonly id: number;
  readonly instance: string;
  readonly fullname: string;
  readonly public: boolean;
  readonly enabled: boolean;
  readonly declaredBy: string | null;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly keys: readonly { readonly addedAt: string }[];
  readonly hasToken: boolean;
  /** What somebody should look at, a sentence each. */
  readonly notes: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface PipelineSummaryAnswer {
  readonly name: string;
  readonly enabled: boolean;
  readonly declaredBy: string | null;
  readonly version: number;
  readonly updatedAt: string;
}

export interface PipelineAnswer extends PipelineSummaryAnswer {
  readonly text: string;
  /** Warnings, of a pipeline that was just set. */
  readonly problems?: readonly Problem[];
}

export interface DecisionAnswer {
  readonly pipeline: string;
  readonly name: string;
  readonly outcome: string;
  readonly reason: string;
  readonly runId: number | null;
}

export interface EventSummaryAnswer extends EventFactsAnswer {
  readonly project: { readonly id: number; readonly fullname: string };
}

export interface EventFactsAnswer {
  readonly id: number;
  readonly topic: string;
  readonly kind: string;
  readonly action: string | null;
  readonly ref: string | null;
  readonly commit: string | null;
  readonly pullRequest: number | null;
  readonly actor: string | null;
  readonly url: string | null;
  readonly summary: string;
  readonly verdict: string;
  readonly state: string;
  readonly note: string | null;
  readonly receivedAt: string;
}

export interface EventAnswer extends EventFactsAnswer {
  readonly decisions: readonly DecisionAnswer[];
}

export interface StepAnswer {
  readonly number: number;
  readonly name: string;
  readonly state: State;
  readonly conclusion: Result | null;
  readonly exitCode: number | null;
  readonly reason: string | null;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

export interface JobAnswer {
  readonly id: number;
  readonly key: string;
  readonly name: string;
  readonly needs: readonly string[];
  readonly state: State;
  readonly result: Result | null;
  readonly reason: string | null;
  readonly attempt: number;
  readonly steps: readonly StepAnswer[];
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

export interface RunSummaryAnswer {
  readonly id: number;
  readonly project: { readonly id: number; readonly fullname: string };
  readonly eventId: number;
  readonly pipeline: { readonly key: string; readonly name: string };
  readonly number: number;
  readonly attempt: number;
  readonly title: string;
  readonly state: State;
  readonly result: Result | null;
  readonly reason: string | null;
  readonly trust: string;
  readonly eventName: string;
  readonly ref: string;
  readonly commit: string | null;
  readonly actor: string | null;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

export interface RunAnswer extends RunSummaryAnswer {
  readonly problems: readonly Problem[];
  readonly jobs: readonly JobAnswer[];
}

export interface PreviewedJobAnswer {
  readonly name: string;
  readonly needs: readonly string[];
  /** `ready`, `waits`, or how it would end without running. */
  readonly state: string;
  readonly reason: string | null;
}

export interface RunPreviewAnswer {
  readonly title: string;
  readonly trust: string;
  readonly trustReason: string;
  readonly ref: string;
  readonly commit: string | null;
  /** `run`, `be held`, `be broken`, `be superseded`. */
  readonly would: string;
  readonly problems: readonly Problem[];
  readonly jobs: readonly PreviewedJobAnswer[];
}

export interface ReplayDecisionAnswer extends DecisionAnswer {
  readonly run: RunPreviewAnswer | null;
}

/** Of a dry run the decisions; else the event that was made. */
export interface ReplayAnswer {
  readonly replayOf: number;
  /** Null of a dry run. */
  readonly eventId: number | null;
  readonly note: string | null;
  readonly decisions: readonly ReplayDecisionAnswer[];
}
