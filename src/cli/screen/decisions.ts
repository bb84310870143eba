/** A table of why each pipeline did or did not start. */
import type { DecisionAnswer } from '../api/answers.js';
import type { Paint } from './paint.js';
import { plainText } from './plain-text.js';
import type { Screen } from './screen.js';

export async function drawDecisions(screen: Screen, decisions: readonly DecisionAnswer[]): Promise<void> {
  if (decisions.length === 0) return screen.line('No pipeline was decided about.');
  await screen.table({ columns: COLUMNS, rows: decisions.map((decision) => rowOf(decision, screen.paint)) });
}

const COLUMNS = [
  { title: 'PIPELINE', least: 12 },
  { title: 'DECISION' },
  { title: 'RUN', align: 'right' as const, leftOut: 1 },
  { title: 'WHY', least: 20 },
];

function rowOf({ pipeline, outcome, runId, reason }: DecisionAnswer, paint: Paint): readonly string[] {
  return [
    paint.name(plainText(pipeline)),
    outcome === 'started' ? paint.good(outcome) : plainText(outcome),
    runId === null ? '' : String(runId),
    plainText(reason),
  ];
}
