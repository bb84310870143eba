/** Runs one command of a job to its end, or to the end that is made for it. */
import type { Session } from '../../executor/executor.js';
import type { Clock } from '../../kernel/clock.js';
import type { Command, Exit, RunningProcess, TakeOutput } from '../../process/running-process.js';

/** GitHub's: SIGINT, then SIGTERM, then the whole process tree is killed. */
const SIGTERM_AFTER_MS = 7_500;
const KILL_AFTER_MS = SIGTERM_AFTER_MS + 2_500;

export interface RunCommandParts {
  readonly session: Session;
  readonly clock: Clock;
  /** Do other steps run beside it? Then what it leaves when it is killed is ended with the job. */
  readonly isShared: boolean;
  /** Called when the process has been started: for what can be done while it runs. */
  readonly meanwhile?: () => void;
  readonly stops: { readonly stop: AbortSignal; readonly kill: AbortSignal };
}

/** Throws a Fault when the command cannot be spawned. */
export async function runCommand(command: Command, output: TakeOutput, parts: RunCommandParts): Promise<Exit> {
  const running = await parts.session.run(command, output);
  parts.meanwhile?.();
  const kill = () => (parts.isShared ? running.killBranch() : running.kill());
  const stopTimers = whenAborted(parts.stops.stop, () => stopInTime(running, kill, parts.clock));
  const forget = whenAborted(parts.stops.kill, () => {
    kill();
    return () => undefined;
  });
  try {
    return await running.exit;
  } finally {
    stopTimers();
    forget();
  }
}

/** Returns what calls the rest off. */
function stopInTime(running: RunningProcess, kill: () => void, clock: Clock): () => void {
  running.signal('SIGINT');
  const stopFirst = clock.after(SIGTERM_AFTER_MS, () => running.signal('SIGTERM'));
  const stopSecond = clock.after(KILL_AFTER_MS, kill);
  return () => {
    stopFirst();
    stopSecond();
  };
}

/** Acts at once for a signal that is aborted. Returns what undoes it. */
function whenAborted(signal: AbortSignal, act: () => () => void): () => void {
  let undo = () => undefined as void;
  const onAbort = () => {
    undo = act();
  };
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort);
  return () => {
    signal.removeEventListener('abort', onAbort);
    undo();
  };
}
