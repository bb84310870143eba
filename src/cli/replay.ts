/** `events replay`: decides about a stored event again; what would start is said, or starts. */
import type { Desk } from './desk.js';
import { drawDecisions } from './screen/decisions.js';
import { jsonLine, plainText } from './screen/plain-text.js';

export interface ReplayOptions {
  readonly dryRun?: true;
  readonly url?: string;
  readonly json?: true;
}

export async function replay(desk: Desk, id: number, options: ReplayOptions): Promise<void> {
  const { screen } = desk;
  const { api } = await desk.connect(options);
  const answer = await api.replay(id, options.dryRun ? 'dry run' : 'for real');
  if (options.json) return screen.line(jsonLine(answer));
  const made = answer.eventId ?? null;
  const { note = null, decisions = [] } = answer;
  if (made !== null) screen.line(`event ${made} repeats event ${id}: pagure-actions events show ${made}`);
  else screen.line(screen.paint.strong(`event ${id} would start this (nothing runs):`));
  if (note !== null) screen.line(plainText(note));
  if (made === null || decisions.length > 0) drawDecisions(screen, decisions);
}
