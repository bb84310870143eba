/** Runs a git that writes or talks to the network, as a process tree that can be ended whole. */
import type { Clock } from '../../kernel/clock.js';
import { Fault } from '../../kernel/errors.js';
import type { Command, RunningProcess, TakeOutput } from '../../process/running-process.js';

/** Starts a command; rejects only when the system has no room for a process. */
export type StartProcess = (command: Command, output: TakeOutput) => Promise<RunningProcess>;

export interface GitOutput {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Of each stream so much is kept; the rest is read and dropped. */
const KEPT_BYTES = 64 * 1024;

/** simple-git is not used here: its abort and its time-out leave `git remote-http` running. */
export class RunGit {
  private readonly running = new Set<RunningProcess>();
  private stopped = false;

  constructor(
    private readonly start: StartProcess,
    private readonly clock: Clock,
    private readonly timeoutMs: number,
  ) {}

  /** Throws a retryable Fault when the time is over or `stop` was called: the whole tree has then been ended. */
  async run(command: Command): Promise<GitOutput> {
    const kept = { stdout: new KeptBytes(), stderr: new KeptBytes() };
    const child = await this.start(command, (chunk, stream) => kept[stream].add(chunk));
    const exit = await this.endOf(child, command.argv.slice(0, 2).join(' '));
    return { code: exit, stdout: kept.stdout.text(), stderr: kept.stderr.text() };
  }

  /** Ends what is running now and refuses to run more. */
  stop(): void {
    this.stopped = true;
    for (const child of this.running) child.kill();
  }

  private async endOf(child: RunningProcess, name: string): Promise<number | null> {
    let late = false;
    const stopTimer = this.clock.after(this.timeoutMs, () => {
      late = true;
      child.kill();
    });
    this.running.add(child);
    if (this.stopped) child.kill();
    const { code } = await child.exit;
    this.running.delete(child);
    stopTimer();
    if (late) throw new Fault(`${name} took longer than ${this.timeoutMs / 1000} s and was ended`, { retryable: true });
    if (this.stopped) throw new Fault(`${name} was ended because this program stops`, { retryable: true });
    return code;
  }
}

class KeptBytes {
  private readonly chunks: Buffer[] = [];
  private size = 0;

  add(chunk: Buffer): void {
    const room = chunk.subarray(0, KEPT_BYTES - this.size);
    if (room.length > 0) this.chunks.push(Buffer.from(room));
    this.size += room.length;
  }

  text(): string {
    return Buffer.concat(this.chunks).toString('utf8');
  }
}
