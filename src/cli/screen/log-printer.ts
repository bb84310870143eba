/** Writes one log: fit for a terminal, or byte for byte. */
import type { Screen } from './screen.js';
import { TerminalLog } from './terminal-log.js';

export interface LogPrinter {
  print(bytes: Uint8Array): Promise<void>;
  /** What is left to write; safe to call after a failure. */
  end(): Promise<void>;
}

export function logPrinter(screen: Screen): LogPrinter {
  if (!screen.isTerminal) return { print: (bytes) => screen.pour(bytes), end: () => Promise.resolve() };
  const log = new TerminalLog(screen.wantsColours ? 'keep' : 'drop');
  return { print: (bytes) => screen.pour(log.take(bytes)), end: () => screen.pour(log.end()) };
}
