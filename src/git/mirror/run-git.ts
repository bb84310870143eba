/** Runs a git that writes or talks to the network, as a process tree that can be ended whole. */
import type { Clock } from '../../kernel/clock.js';
import { Fault } from '../../kernel/errors.js';
import { runToEnd, type RunOutcome } from '../../process/run-to-end.js';
import type { Command, RunningProcess, TakeOutput } from '../../process/running-process.js';

/** `ProcessStarter.start`, or what stands in for it. */
export type StartProcess = (command: Command, output: TakeOutput) => Promise<RunningProcess>;

export interface GitOutput {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Of each stream so much is kept. */
const KEPT_BYTES = 64 * 1024;

/** simple-git is not used here: its abort and its time-out leave `git remote-http` running. */
export class RunGit {
  private readonly stopping = new AbortController();

  constructor(
    private readonly start: StartProcess,
    private readonly clock: Clock,
    private readonly timeoutMs: number,
  ) {}

  /** Throws a retryable Fault when the time is over or `stop` was called: the whole tree has then been ended. */
  async run(command: Command): Promise<GitOutput> {
    const limits = { limitBytes: KEPT_BYTES, timeoutMs: this.timeoutMs, signal: this.stopping.signal };
    const done = await runToEnd((output) => this.start(command, output), limits, this.clock);
    const ended = endedFor(done.endedBy, this.timeoutMs);
    if (ended) throw new Fault(`${command.argv.slice(0, 2).join(' ')} ${ended}`, { retryable: true });
    return { code: done.code, stdout: done.stdout.toString(), stderr: done.stderr.toString() };
  }

  /** Ends what is running now and lets nothing run later. */
  stop(): void {
    this.stopping.abort();
  }
}

function endedFor(by: RunOutcome['endedBy'], timeoutMs: number): string | null {
  switch (by) {
    case 'itself':
      return null;
    case 'limit':
      return `took longer than ${timeoutMs / 1_000} s and was ended`;
    case 'abort':
      return 'was ended because this program stops';
  }
}
