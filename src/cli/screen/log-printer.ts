/** Writes one log: fit for a terminal, or byte for byte. */
import { LogHeadings } from './log-headings.js';
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
  const headings = new LogHeadings(screen.paint);
  return {
    print: (bytes) => screen.pour(headings.take(log.take(bytes))),
    end: () => screen.pour(headings.take(log.end()) + headings.end()),
  };
}
