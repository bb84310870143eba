/** Why each pipeline did or did not start for an event, in words: pure. */
import { oneLine } from '../kernel/one-line.js';
import type { Decision, DecisionOutcome } from '../model/decision.js';
import type { Event } from '../model/event.js';
import type { CommentCommand } from '../model/comment-command.js';
import type { EventExplanation, ExplainedCommand, ExplainedDecision } from '../model/explanation.js';
import { fitEvent } from './fit-explanation.js';

const WORDS: Readonly<Record<DecisionOutcome, string>> = {
  started: 'started',
  merged: 'has a run for this change already',
  filtered: 'did not start',
  broken: 'cannot be read',
  superseded: 'was not started any more',
};

/** What was started first. Never longer than 2,000 tokens. `command`: the one that its comment gives. */
export function explainEvent(
  event: Event,
  decisions: readonly Decision[],
  command: CommentCommand | null = null,
): EventExplanation {
  const inOrder = [...decisions].sort((a, b) => weight(a) - weight(b));
  const says = `${aboutEvent(event, decisions)}${command === null ? '' : aboutCommand(command)}`;
  return fitEvent({ says, pipelines: inOrder.map(explained), more: 0, command: command && shownCommand(command) });
}

function shownCommand({ text, author, state, outcome }: CommentCommand): ExplainedCommand {
  return { text, author, state, outcome };
}

const STANDINGS: Readonly<Record<CommentCommand['state'], string>> = {
  due: 'is not looked at yet',
  done: 'was looked at',
  parked: 'was given up',
};

function aboutCommand({ text, author, state, outcome }: CommentCommand): string {
  const came = outcome === null ? '' : `: ${outcome}`;
  return ` The command ${oneLine(text, 60)} of ${oneLine(author, 60)} ${STANDINGS[state]}${came}.`;
}

function weight({ outcome }: Decision): number {
  return Object.keys(WORDS).indexOf(outcome) === 2 ? 9 : Object.keys(WORDS).indexOf(outcome);
}

function explained({ pipelineName, outcome, reason, runId }: Decision): ExplainedDecision {
  const run = runId === null ? '' : outcome === 'filtered' ? ` (run ${runId} says so)` : ` (run ${runId})`;
  return { pipeline: pipelineName, runId, says: `${pipelineName} ${WORDS[outcome]}${run}: ${reason}` };
}

function aboutEvent(event: Event, decisions: readonly Decision[]): string {
  const note = event.note === null ? '' : ` (${event.note})`;
  if (event.verdict === 'stale')
    return event.state === 'done'
      ? `It was stale and was released: ${counted(decisions)}${note}.`
      : 'Its message is too old or from the future: nothing starts until somebody releases it.';
  if (event.verdict === 'inconsistent') return 'Its message names another project: nothing starts.';
  if (event.verdict === 'conflict') return 'Its message has the id of another one: nothing starts.';
  if (event.state === 'due') return `It is not decided yet${note}.`;
  if (event.state === 'parked') return `It was given up after several tries${note}.`;
  return `${event.summary}: ${counted(decisions)}${note}.`;
}

function counted(decisions: readonly Decision[]): string {
  if (decisions.length === 0) return 'no pipeline was asked';
  const started = decisions.filter(({ outcome }) => outcome === 'started').length;
  return `${started} of ${decisions.length} ${decisions.length === 1 ? 'pipeline' : 'pipelines'} started`;
}
