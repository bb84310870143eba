/** The log of a job without a job: what its steps print is given by hand, and what would enter the link is kept. */
import { type Clock, SystemClock } from '../../../src/kernel/clock.js';
import type { JobOrder } from '../../../src/model/job-order.js';
import type { LogPart } from '../../../src/model/log.js';
import { JobLog } from '../../../src/runner/job/job-log.js';
import { LinkLane } from '../../../src/runner/job/link-lane.js';
import type { JobLink } from '../../../src/runner/job-link.js';
import type { StepFindings } from '../../../src/runner/output/findings.js';
import { maskerOf } from '../../../src/runner/output/masks-of.js';

export interface RecordedOptions {
  readonly secrets?: Readonly<Record<string, string>>;
  readonly masks?: readonly string[];
  readonly vars?: Readonly<Record<string, string>>;
  readonly logBytes?: number;
  /** Of the workspace, by absolute path. */
  readonly files?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  /** Holds the link up. */
  readonly onLog?: (parts: readonly LogPart[]) => Promise<void>;
}

export const WORKSPACE = '/work/space';

export class RecordedLog {
  readonly parts: LogPart[] = [];
  readonly log: JobLog;
  readonly lane: LinkLane;

  constructor(options: RecordedOptions = {}) {
    const { secrets = {}, masks = [], vars = {}, logBytes = 2 ** 30, files = {}, onLog } = options;
    const link = {
      log: async (parts: readonly LogPart[]) => {
        this.parts.push(...parts);
        await onLog?.(parts);
      },
    } as Partial<JobLink> as JobLink;
    const order = { secrets, masks, contexts: { vars }, limits: { logBytes } } as Partial<JobOrder> as JobOrder;
    const read = async (path: string, limit: number) => {
      const text = files[path];
      return text === undefined ? null : Buffer.from(text).subarray(0, limit);
    };
    this.lane = new LinkLane(link, maskerOf(order));
    const session = { workspace: WORKSPACE, read };
    this.log = new JobLog({ order, lane: this.lane, session, clock: options.clock ?? new SystemClock() });
  }

  get text(): string {
    return Buffer.concat(this.parts.map(({ bytes }) => bytes)).toString();
  }

  /** Lines with their level and group, in order. */
  get lines(): readonly [string, string, number][] {
    return this.parts.flatMap(({ bytes, level, group }) =>
      bytes
        .toString()
        .replace(/\n$/, '')
        .split('\n')
        .map((line) => [line, level, group] as [string, string, number]),
    );
  }

  /** A command of step 1 that prints these chunks to stdout. */
  async print(chunks: readonly (string | Buffer)[], env: Readonly<Record<string, string>> = {}): Promise<StepFindings> {
    const output = this.log.step({ number: 1, env, commands: 'obey' });
    for (const chunk of chunks) await output.write(Buffer.from(chunk), 'stdout');
    return output.end();
  }
}
