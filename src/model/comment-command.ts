/** Commands that people give in comments on the forge, and the comments that this program writes there. */
import type { JsonObject } from '../kernel/json.js';

/** What is commented on; both kinds have comment ids of their own, and share their numbers. */
export interface Thread {
  readonly thread: 'pull-request' | 'issue';
  readonly number: number;
}

/** A comment that reads like a command. Its id acts once ever; one that was only claimed (`NOT_SHOWN`) has not acted. */
export interface CommentCommand extends Thread {
  readonly id: number;
  readonly projectId: number;
  /** The event that told of it. */
  readonly eventId: number;
  readonly commentId: number;
  /** As the signed message names them; the forge is asked whether it is so. */
  readonly author: string;
  readonly text: string;
  readonly state: 'due' | 'done' | 'parked';
  /** What became of it, for people; null while it is due. */
  readonly outcome: string | null;
  /** What it was found to ask for, kept so that a second look does not do more than the first. */
  readonly work: JsonObject | null;
  /** How often it was looked at and we broke. */
  readonly tries: number;
  /** How often the forge was not ready for it. */
  readonly waits: number;
  readonly dueAt: number | null;
  readonly createdAt: number;
}

/** Outcomes of what the forge does not show so: who told of it proved nothing, and the comment may still be told of truly. */
export const NOT_SHOWN = {
  notThere: 'the forge shows no such comment',
  otherwise: 'the forge shows it otherwise than it was told',
} as const;

/** A comment of ours: a message, unique by its cause, sent until the forge has it. */
export interface OwnComment extends Thread {
  readonly id: number;
  readonly projectId: number;
  /** `command 7`: what it answers. */
  readonly cause: string;
  /** 32 random hex digits that stand in the comment: what tells it from any other (TRUST.md §5). */
  readonly marker: string;
  readonly text: string;
  /** An earlier try may have arrived: the marker is looked for before the next one. */
  readonly unsure: boolean;
  readonly tries: number;
  /** Tries in which we broke. */
  readonly failures: number;
  /** Why it is sent no more until a person mends it; null while it is not parked. */
  readonly pausedReason: string | null;
  readonly lastError: string | null;
  readonly dueAt: number | null;
  readonly sentAt: number | null;
  readonly createdAt: number;
}

/** Before the marker; as a whole it is a definition that Markdown shows nobody. */
const MARK = '[//]: # (pagure-actions:';

/** Pure. The comment as it is sent. */
export function withMarker({ text, marker }: Pick<OwnComment, 'text' | 'marker'>): string {
  return `${text}\n\n${MARK}${marker})`;
}

/** Pure. What in a comment may be markers of ours; at most ten. */
export function markersIn(text: string): readonly string[] {
  return [...text.matchAll(/pagure-actions:([0-9a-f]{32})\)/g)].slice(0, 10).flatMap(([, marker]) => marker ?? []);
}
