/** What the house counts and measures of itself, for Prometheus. No label holds anything that a stranger wrote. */
import { Inject, Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { programVersion } from '../../config/program-version.js';
import { DoorCounts } from '../../intake/door-counts.js';
import { Clock } from '../../kernel/clock.js';
import { RunEnds } from '../../runs/run-ends.js';
import { Backlog } from '../../store/backlog.js';
import { PROBLEM_CODE_TABLE } from '../problem-codes.js';

const PREFIX = 'pagure_actions_';
const KINDS = ['event', 'job', 'flag', 'turn', 'hold', 'command', 'comment', 'quarantine'] as const;
const TAKEN = ['ok', 'stale', 'inconsistent', 'conflict', 'same'] as const;
const RESULTS = ['success', 'failure', 'error', 'canceled', 'skipped'] as const;
const STATES = ['waiting', 'queued', 'running'] as const;
/** From a lint to a night of tests. */
const DURATION_SECONDS = [1, 5, 15, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 21_600];

/** One registry per house: what is read at a scrape is asked then, what ends is counted as it ends. */
@Injectable()
export class HouseMetrics {
  private readonly registry = new Registry();

  constructor(
    @Inject(DoorCounts) private readonly door: DoorCounts,
    @Inject(Backlog) private readonly backlog: Backlog,
    @Inject(RunEnds) private readonly ends: RunEnds,
    @Inject(Clock) private readonly clock: Clock,
  ) {
    collectDefaultMetrics({ register: this.registry });
    this.build();
    this.deliveries();
    this.refusals();
    this.due();
    this.flags();
    this.openRuns();
    this.endings();
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** In Prometheus' text format. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  private build(): void {
    const labels = { version: programVersion(), node: process.version };
    this.gauge('build_info', 'Always 1; its labels say what runs.', ['version', 'node'] as const).set(labels, 1);
  }

  private deliveries(): void {
    const { door } = this;
    new Counter({
      ...this.named('deliveries_total', 'Signed deliveries that were answered, by what became of them.', ['verdict']),
      collect() {
        this.reset();
        for (const verdict of TAKEN) this.inc({ verdict }, door.taken.get(verdict) ?? 0);
      },
    });
  }

  private refusals(): void {
    const { door } = this;
    new Counter({
      ...this.named('deliveries_refused_total', 'POSTs that were refused at the door, by code.', ['code']),
      collect() {
        this.reset();
        for (const [code, count] of door.refused) this.inc({ code: knownCode(code) }, count);
      },
    });
  }

  private due(): void {
    const ages = this.gauge('due_oldest_age_seconds', 'For how long the oldest due row is due.', ['kind'] as const);
    const { backlog, clock } = this;
    new Gauge({
      ...this.named('due_rows', 'Rows that are due: the depth of the queue.', ['kind']),
      async collect() {
        for (const kind of KINDS) {
          const { count, oldestAt } = await backlog.due(kind, clock.now());
          this.set({ kind }, count);
          ages.set({ kind }, ageSeconds(oldestAt, clock.now()));
        }
      },
    });
  }

  private flags(): void {
    const age = this.gauge('flags_waiting_oldest_age_seconds', 'For how long the oldest waiting flag is due.', []);
    const paused = this.gauge('flags_paused', 'Flags that wait for another token or setting.', []);
    const { backlog, clock } = this;
    new Gauge({
      ...this.named('flags_waiting', 'Flags that the forge does not show yet.', []),
      async collect() {
        const { count, oldestAt } = await backlog.waitingFlags();
        this.set(count);
        age.set(ageSeconds(oldestAt, clock.now()));
        paused.set(await backlog.pausedFlags());
      },
    });
  }

  private openRuns(): void {
    const { backlog } = this;
    new Gauge({
      ...this.named('runs_open', 'Runs that are not done, by state.', ['state']),
      async collect() {
        const counts = await backlog.openRuns();
        for (const state of STATES) this.set({ state }, counts.get(state) ?? 0);
      },
    });
  }

  private endings(): void {
    const counted = {
      run: new Counter(this.named('runs_ended_total', 'Runs that ended, by result.', ['result'])),
      job: new Counter(this.named('jobs_ended_total', 'Jobs that ended, by result.', ['result'])),
    };
    const buckets = DURATION_SECONDS;
    const measured = {
      run: new Histogram({ ...this.named('run_seconds', 'From the start of a run to its end.', []), buckets }),
      job: new Histogram({ ...this.named('job_seconds', 'From the start of a job to its end.', []), buckets }),
    };
    for (const counter of Object.values(counted)) for (const result of RESULTS) counter.inc({ result }, 0);
    this.ends.onEnd(({ kind, result, tookMs }) => {
      counted[kind].inc({ result });
      if (tookMs !== null) measured[kind].observe(tookMs / 1000);
    });
  }

  private gauge<Label extends string>(name: string, help: string, labelNames: readonly Label[]): Gauge<Label> {
    return new Gauge(this.named(name, help, labelNames));
  }

  private named<Label extends string>(name: string, help: string, labelNames: readonly Label[]) {
    return { name: `${PREFIX}${name}`, help, labelNames: [...labelNames], registers: [this.registry] };
  }
}

function ageSeconds(sinceMs: number | null, nowMs: number): number {
  return sinceMs === null ? 0 : Math.max(0, nowMs - sinceMs) / 1000;
}

function knownCode(code: string): string {
  return Object.hasOwn(PROBLEM_CODE_TABLE, code) ? code : 'other';
}
