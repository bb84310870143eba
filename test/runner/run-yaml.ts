/** Runs the first job of a pipeline with the real runner, host executor and git, and records what it says through its link. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Executors } from '../../src/executor/executors.js';
import { HostExecutor } from '../../src/executor/host-executor.js';
import { type Clock, SystemClock } from '../../src/kernel/clock.js';
import type { JsonObject } from '../../src/kernel/json.js';
import { SystemRandom } from '../../src/kernel/random.js';
import type { JobOrder } from '../../src/model/job-order.js';
import type { LogPart } from '../../src/model/log.js';
import type { JobResult, RunContexts } from '../../src/model/run.js';
import { advance, needsContext, planRun, readPipeline } from '../../src/pipeline/index.js';
import { ProcessStarter } from '../../src/process/process-starter.js';
import type { FinishedStep, JobLink, StartedStep } from '../../src/runner/job-link.js';
import { Runner } from '../../src/runner/runner.js';
import { scratchFolder } from '../process/starters.js';

export interface RunOptions {
  readonly clock?: Clock;
  readonly event?: JsonObject;
  readonly logBytes?: number;
  readonly files?: Readonly<Record<string, string>>;
  /** Changes the order, or the link, before the job runs. */
  readonly prepare?: (order: JobOrder, link: RecordingLink) => JobOrder;
  /** Looks at every piece of the log as it comes; may cancel. */
  readonly onLog?: (text: string, cancel: (reason: string) => void) => void;
}

/** What a job said. */
export interface Told {
  readonly started: StartedStep[];
  readonly steps: FinishedStep[];
  readonly result: JobResult;
  readonly log: string;
  /** Names left in the folder of all jobs. */
  readonly leftFolders: readonly string[];
}

export class RecordingLink implements JobLink {
  readonly controller = new AbortController();
  readonly started: StartedStep[] = [];
  readonly steps: FinishedStep[] = [];
  result: JobResult | null = null;
  text = '';

  constructor(private readonly onLog: RunOptions['onLog']) {}

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  async stepStarted(step: StartedStep): Promise<void> {
    this.started.push(step);
  }

  async stepFinished(step: FinishedStep): Promise<void> {
    this.steps.push(step);
  }

  async log(parts: readonly LogPart[]): Promise<void> {
    this.text += Buffer.concat(parts.map(({ bytes }) => bytes)).toString('utf8');
    this.onLog?.(this.text, (reason) => this.controller.abort(reason));
  }

  async finished(result: JobResult): Promise<void> {
    this.result = result;
  }
}

/** Once for all tests of a file: trying what works takes a while. */
const detecting = ProcessStarter.detect(join(scratchFolder(), 'pipes'), new SystemClock());

export async function runYaml(text: string, options: RunOptions = {}): Promise<Told> {
  const folder = mkdtempSync(join(tmpdir(), 'pagure-actions-runner-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const clock = options.clock ?? new SystemClock();
  const starter = await detecting;
  const host = new HostExecutor({ root: join(folder, 'host'), env: process.env, starter, report: console.error });
  const link = new RecordingLink(options.onLog);
  const order = orderOf(text, folder, options);
  const running = new Runner(new Executors([host]), { clock, random: new SystemRandom(), node: process.execPath }).run(
    options.prepare?.(order, link) ?? order,
    link,
  );
  await running.finally(() => host.settle());
  if (!link.result) throw new Error('the job did not say its end');
  const leftFolders = readdirSync(join(folder, 'host/jobs'));
  return { started: link.started, steps: link.steps, result: link.result, log: link.text, leftFolders };
}

function orderOf(
  text: string,
  folder: string,
  { event = {}, logBytes = 1024 * 1024, files = {} }: RunOptions,
): JobOrder {
  const read = readPipeline(text, { file: 'ci.yml' });
  if (!read.pipeline) throw new Error(JSON.stringify(read.problems));
  const contexts: RunContexts = {
    github: { repository: 'lab', ref: 'refs/heads/main', ref_name: 'main', sha: 'x', event },
    event: {},
    pagure: {},
    vars: {},
    inputs: {},
  };
  const planned = planRun(read.pipeline, contexts, { checkout: true });
  if (planned.kind !== 'plan') throw new Error(JSON.stringify(planned));
  const [first] = advance(planned.plan, [], contexts, 'run').changes;
  if (first?.kind !== 'queue') throw new Error(JSON.stringify(first));
  const { mirror, commit } = makeMirror(folder, files);
  return {
    projectId: 1,
    runId: 1,
    jobId: 1,
    attempt: 1,
    trust: 'trusted',
    job: first.job,
    env: planned.plan.env,
    contexts,
    needs: needsContext(planned.plan, first.job.id, []),
    secrets: {},
    masks: [],
    source: { mirror, commit, ref: 'refs/heads/main', url: 'https://pagure.example.org/lab.git' },
    limits: { logBytes },
  };
}

function makeMirror(folder: string, files: Readonly<Record<string, string>>) {
  const work = join(folder, 'work');
  for (const [path, content] of Object.entries({ 'README.md': '# Lab\n', ...files })) {
    mkdirSync(dirname(join(work, path)), { recursive: true });
    writeFileSync(join(work, path), content);
  }
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org'];
  const git = (...args: string[]) => execFileSync('git', [...who, ...args], { cwd: work, encoding: 'utf8' }).trim();
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '-m', 'first');
  const mirror = join(folder, 'mirror.git');
  execFileSync('git', ['clone', '--quiet', '--bare', work, mirror]);
  return { mirror, commit: git('rev-parse', 'HEAD') };
}
