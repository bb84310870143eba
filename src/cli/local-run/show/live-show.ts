/** Runs on a terminal: what jobs print scrolls by, and below it stands the tree of jobs with a line of progress. */
import { createLogUpdate } from 'log-update';
import type { Clock, StopTimer } from '../../../kernel/clock.js';
import type { LogPart } from '../../../model/log.js';
import { paintedSign } from '../../screen/paint.js';
import { plainText } from '../../screen/plain-text.js';
import type { Screen } from '../../screen/screen.js';
import { duration } from '../../screen/times.js';
import type { JobHead, News, Show } from '../news.js';
import type { RunRecords } from '../run-record.js';
import { closingNotes } from './closing-notes.js';
import { LogText } from './log-text.js';
import { finalTree, liveTree, progressLine } from './run-tree.js';

/** The tree is drawn again so often at most; meanwhile lines are kept together. */
const DRAW_MS = 50;
/** How often its times move on. */
const TICK_MS = 1_000;
/** Bytes of lines that may wait for the next drawing before their job does. */
const MOST_KEPT = 256 * 1024;

export interface LiveParts {
  readonly screen: Screen;
  readonly stdout: NodeJS.WritableStream;
  readonly records: RunRecords;
  readonly clock: Clock;
}

export class LiveShow implements Show {
  private readonly picture: ReturnType<typeof createLogUpdate>;
  private readonly texts = new Map<number, LogText>();
  private kept: string[] = [];
  private keptBytes = 0;
  private drawing: Promise<void> | null = null;
  private stopTick: StopTimer = () => undefined;
  private aside: Promise<void> | null = null;
  private readonly over = new AbortController();
  private drawnAtMs = -DRAW_MS;

  constructor(private readonly parts: LiveParts) {
    this.picture = createLogUpdate(parts.stdout as NodeJS.WriteStream);
  }

  tell(news: News): void {
    if (news.kind === 'step-finished') this.keep(news.job, this.text(news.job).endStep(news.step.number));
    this.parts.records.take(news);
    if (news.kind === 'step-started' && news.step.number > 0) this.keep(news.job, [this.headingOf(news.step.name)]);
    if (news.kind === 'job-finished') this.keep(news.job, [this.endOf(news)]);
    void this.drawSoon();
  }

  async log(job: JobHead, parts: readonly LogPart[]): Promise<void> {
    for (const part of parts) this.keep(job, this.text(job).take([part]), this.markOf(job, part.step));
    const drawn = this.drawSoon();
    if (this.keptBytes > MOST_KEPT) await drawn;
  }

  async standAside(): Promise<() => void> {
    await this.drawing;
    this.flush();
    this.stopTick();
    this.picture.clear();
    this.picture.done();
    let comeBack = () => undefined as void;
    this.aside = new Promise((resolve) => (comeBack = resolve));
    return () => {
      this.aside = null;
      comeBack();
      void this.drawSoon();
    };
  }

  async end(): Promise<void> {
    this.over.abort();
    await this.drawing;
    this.flush();
    this.stopTick();
    this.picture.clear();
    this.picture.done();
    const { screen, records } = this.parts;
    const notes = closingNotes(records.runs, screen.paint);
    for (const line of [...notes, '', ...finalTree(records.runs, this.options)]) screen.line(line);
  }

  private drawSoon(): Promise<void> {
    return (this.drawing ??= this.drawLater().finally(() => (this.drawing = null)));
  }

  private async drawLater(): Promise<void> {
    const waitMs = this.drawnAtMs + DRAW_MS - this.parts.clock.elapsedMs();
    if (waitMs > 0) await this.parts.clock.sleep(waitMs, this.over.signal);
    while (this.aside !== null) await this.aside;
    this.draw();
  }

  private draw(): void {
    this.stopTick();
    if (this.over.signal.aborted) return;
    this.drawnAtMs = this.parts.clock.elapsedMs();
    this.flush();
    const { records, stdout, clock } = this.parts;
    const rows = 'rows' in stdout && typeof stdout.rows === 'number' && stdout.rows > 0 ? stdout.rows : 24;
    const most = Math.max(1, Math.min(16, Math.floor(rows / 2)));
    this.picture([...liveTree(records.runs, most, this.options), progressLine(records.runs, this.options)].join('\n'));
    this.stopTick = clock.after(TICK_MS, () => this.draw());
  }

  private flush(): void {
    if (this.kept.length === 0) return;
    this.picture.clear();
    this.parts.stdout.write(`${this.kept.join('\n')}\n`);
    this.kept = [];
    this.keptBytes = 0;
  }

  private keep(job: JobHead, lines: readonly string[], mark = ''): void {
    const prefix = this.prefixOf(job) + mark;
    for (const line of lines) {
      this.kept.push(prefix + line);
      this.keptBytes += prefix.length + line.length;
    }
  }

  private get options() {
    const { screen, clock } = this.parts;
    return { paint: screen.paint, width: screen.width ?? 80, nowMs: clock.now() };
  }

  private headingOf(name: string): string {
    return this.parts.screen.paint.strong(`▸ ${plainText(name)}`);
  }

  private endOf({ job, result, reason }: Extract<News, { kind: 'job-finished' }>): string {
    const { paint } = this.parts.screen;
    const { startedAt = null, finishedAt = null } = this.parts.records.job(job) ?? {};
    const facts = [duration(startedAt, finishedAt, 0), plainText(reason ?? '')].filter((fact) => fact !== '');
    return `${paintedSign({ state: 'done', result }, paint)} ${result} ${paint.faint(facts.join(', '))}`.trimEnd();
  }

  /** Steps that run side by side say which of them they are. */
  private markOf(job: JobHead, step: number): string {
    const { screen, records } = this.parts;
    const running = records.job(job)?.steps.filter(({ state }) => state === 'running') ?? [];
    return running.length > 1 ? screen.paint.faint(`${step}: `) : '';
  }

  /** The only job of all needs no name. */
  private prefixOf({ id, planned, run }: JobHead): string {
    const { records, screen } = this.parts;
    if (records.runs.length === 1 && run.declared.length === 1 && records.runs[0]?.jobs.length === 1) return '';
    const name = screen.paint.label(id, plainText(planned.name));
    return `${name} ${screen.paint.faint('│')} `;
  }

  private text({ id }: JobHead): LogText {
    const { screen } = this.parts;
    const known = this.texts.get(id) ?? new LogText(screen.paint, screen.wantsColours ? 'keep' : 'drop');
    this.texts.set(id, known);
    return known;
  }
}
