/** How runs are shown: as JSON for programs, live on a terminal, else as plain lines. */
import type { Desk } from '../../desk.js';
import type { Show } from '../news.js';
import { RunRecords } from '../run-record.js';

export interface Shown {
  readonly show: Show;
  readonly records: RunRecords;
}

/** Loads only the one that is needed. */
export async function chooseShow({ call, clock, screen }: Desk, json: true | undefined): Promise<Shown> {
  const records = new RunRecords(clock);
  if (json) return { records, show: new (await import('./json-show.js')).JsonShow(screen, records) };
  if (!screen.isTerminal) return { records, show: new (await import('./plain-show.js')).PlainShow(screen, records) };
  const { LiveShow } = await import('./live-show.js');
  return { records, show: new LiveShow({ screen, stdout: call.streams.stdout, records, clock }) };
}
