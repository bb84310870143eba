/** Single keys of a terminal, as they are pressed. */
import { isTerminal } from '../../screen/screen.js';

/** What Ctrl-C and Ctrl-D give while keys are read one by one. */
export const CTRL_C = '\u0003';
export const CTRL_D = '\u0004';

export interface Keys {
  /** While somebody else reads the terminal. */
  pause(): void;
  resume(): void;
  /** Gives the terminal back as it was. */
  end(): void;
}

/** Null when stdin is no terminal. */
export function readKeys(stdin: NodeJS.ReadableStream, onKey: (key: string) => void): Keys | null {
  if (!isTerminal(stdin)) return null;
  const terminal = stdin as NodeJS.ReadStream;
  const take = (bytes: Buffer) => [...bytes.toString('utf8')].forEach(onKey);
  const keys: Keys = {
    pause: () => {
      terminal.setRawMode(false);
      terminal.pause();
    },
    resume: () => {
      terminal.setRawMode(true);
      terminal.resume();
    },
    end: () => {
      terminal.off('data', take);
      keys.pause();
    },
  };
  terminal.on('data', take);
  keys.resume();
  return keys;
}
