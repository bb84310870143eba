/** What the outputs of all steps of a job have in common. */
import type { Session } from '../../executor/executor.js';
import type { Clock } from '../../kernel/clock.js';
import type { Masker } from '../../kernel/masker.js';
import type { LogQueue } from './log-queue.js';
import type { Matchers } from './matchers.js';

export interface SharedOutput {
  readonly masker: Masker;
  readonly matchers: Matchers;
  readonly queue: LogQueue;
  readonly session: Pick<Session, 'workspace' | 'read'>;
  readonly clock: Clock;
  /** Are `::debug::` lines shown? */
  readonly debug: boolean;
  /** Are commands shown as they were printed? */
  echo: boolean;
  /** Groups so far. */
  groups: number;
  /** How many more annotations are kept. */
  annotationsLeft: number;
}
