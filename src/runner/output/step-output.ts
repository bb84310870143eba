/** The output of one running step: log commands are carried out, problems found, all else goes into the log. */
import type { MaskStream } from '../../kernel/mask-stream.js';
import { MOST_ANNOTATIONS } from '../../model/annotation.js';
import { CommandLines, lineAt, type LineSpan } from './command-lines.js';
import { Findings, type StepFindings } from './findings.js';
import { LineBuffer, type Segment } from './line-buffer.js';
import { readLogCommand } from './log-command.js';
import { MatchedLines } from './matchers.js';
import type { SharedOutput } from './shared-output.js';
import { isCommandName, StepCommands } from './step-commands.js';
import { StepLines } from './step-lines.js';

export interface StepOutputOptions {
  readonly number: number;
  /** Of the step's processes. */
  readonly env: Readonly<Record<string, string>>;
  /** What programs of ours print is text alone: a commit message may look like a command. */
  readonly commands: 'obey' | 'ignore';
}

type StreamName = 'stdout' | 'stderr';

interface Stream {
  readonly buffer: LineBuffer;
  readonly long: MaskStream;
  readonly matched: MatchedLines;
}

/** What other jobs may have to wait for while lines are looked at one by one. */
const MOST_TURN_MS = 8;

const TOO_LONG = 'A log command is too long: it is dropped.';

const COMMAND_TAG = '##[command]';

/** Its promises reject only when the link is lost, or with a Fault when the world broke. */
export class StepOutput {
  private readonly findings = new Findings();
  private readonly lines: StepLines;
  private readonly commands: StepCommands;
  private readonly streams: Readonly<Record<StreamName, Stream>>;

  constructor(
    private readonly shared: SharedOutput,
    private readonly options: StepOutputOptions,
  ) {
    const { number, env } = options;
    this.lines = new StepLines(shared, number);
    const allowUnsecure = env['ACTIONS_ALLOW_UNSECURE_COMMANDS']?.toLowerCase() === 'true';
    this.commands = new StepCommands({ shared, lines: this.lines, findings: this.findings, allowUnsecure });
    this.streams = { stdout: this.makeStream(), stderr: this.makeStream() };
  }

  /** Bytes as they come. Is called again when a promise has resolved, not before. */
  write(chunk: Buffer, stream: StreamName): void | Promise<void> {
    const { queue } = this.shared;
    const pending = this.takeAll(this.streams[stream].buffer.push(chunk), this.streams[stream]);
    return pending ? pending.then(() => queue.pressure()) : queue.pressure();
  }

  /** Once, when nothing more comes. Resolves when the link has taken all. */
  async end(): Promise<StepFindings> {
    await this.flush();
    const { leftOut } = this.findings;
    if (leftOut > 0) {
      const what = leftOut === 1 ? '1 more annotation is' : `${leftOut} more annotations are`;
      this.lines.say(`##[warning]${what} not kept: a job may have ${MOST_ANNOTATIONS}.`);
    }
    await this.shared.queue.drained();
    return this.findings;
  }

  private makeStream(): Stream {
    return {
      buffer: new LineBuffer(callsCommand),
      long: this.shared.masker.stream(),
      matched: new MatchedLines(this.shared.matchers),
    };
  }

  private async flush(): Promise<void> {
    for (const stream of [this.streams.stdout, this.streams.stderr]) {
      await this.takeAll(stream.buffer.end(), stream);
    }
  }

  private takeAll(segments: readonly Segment[], stream: Stream): void | Promise<void> {
    for (const [i, segment] of segments.entries()) {
      const pending = this.take(segment, stream);
      if (pending) return pending.then(() => this.takeAll(segments.slice(i + 1), stream));
    }
  }

  private take(segment: Segment, stream: Stream): void | Promise<void> {
    switch (segment.kind) {
      case 'lines':
        return this.takeLines(segment.bytes, stream);
      case 'piece':
        this.lines.piece(stream.long.push(segment.bytes));
        if (segment.isLast) this.lines.piece(stream.long.end());
        return;
      case 'oversized-command':
        this.commands.point({ level: 'error', message: TOO_LONG }, TOO_LONG);
        this.findings.faults.push('a log command is too long');
    }
  }

  /** What is no command and no problem is passed on in one piece, without looking at its lines. */
  private takeLines(bytes: Buffer, stream: Stream): void | Promise<void> {
    if (this.options.commands === 'ignore') return this.lines.text(bytes);
    const { clock, matchers } = this.shared;
    const commandLines = new CommandLines(bytes);
    const began = clock.elapsedMs();
    let given = 0;
    for (let at = 0; ;) {
      const line = matchers.isEmpty ? commandLines.next(at) : lineAt(bytes, at);
      if (line === null) break;
      at = line.end + 1;
      const act = this.actionFor(bytes, line, stream);
      const isOverTime = clock.elapsedMs() - began > MOST_TURN_MS;
      if (act === null && !isOverTime) continue;
      this.lines.text(bytes.subarray(given, act === null ? at : line.start));
      given = at;
      const pending = act?.() ?? (isOverTime ? clock.nextTurn() : undefined);
      if (pending) return pending.then(() => this.takeLines(bytes.subarray(at), stream));
    }
    this.lines.text(bytes.subarray(given));
  }

  /** Null for an ordinary line. */
  private actionFor(bytes: Buffer, { start, end }: LineSpan, stream: Stream): (() => void | Promise<void>) | null {
    const text = bytes.toString('utf8', start, end).replace(/\r$/, '');
    const command = this.commands.commandIn(text);
    if (command !== null) return () => this.commands.run(command, text);
    const found = this.shared.matchers.isEmpty ? null : stream.matched.match(text);
    if (found !== null) return () => this.commands.point(found, text);
    return text.startsWith(COMMAND_TAG) ? () => this.lines.say(text) : null;
  }
}

/** Is a long line worth to be kept until its end? */
function callsCommand(begin: Buffer): boolean {
  const old = begin.indexOf('##[');
  const texts = [begin.toString('utf8', 0, 1_000), ...(old < 0 ? [] : [begin.toString('utf8', old, old + 1_000)])];
  return texts.some((text) => isCommandName(nameOf(text)));
}

function nameOf(begin: string): string {
  const closed = `${begin.trimStart()}${begin.trimStart().startsWith('::') ? '::' : ']'}`;
  return readLogCommand(closed)?.name ?? '';
}
