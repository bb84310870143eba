/** A program of the bench: one command, its output masked and written to a log file, and what that took of this process. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileBlobs } from '../../src/blobs/file-blobs.js';
import { SystemClock } from '../../src/kernel/clock.js';
import type { JobOrder } from '../../src/model/job-order.js';
import { ProcessStarter } from '../../src/process/process-starter.js';
import { JobLog } from '../../src/runner/job/job-log.js';
import { LinkLane } from '../../src/runner/job/link-lane.js';
import type { JobLink } from '../../src/runner/job-link.js';
import { maskerOf } from '../../src/runner/output/masks-of.js';
import { SECRETS } from './sample.js';

/** Prints what it found as its only line. */
export interface PipeResult {
  readonly wallMs: number;
  /** Of this process alone, from before the command was started. */
  readonly cpuMs: number;
  /** The most that was ever in memory, in megabytes. */
  readonly peakMb: number;
  readonly bytes: number;
}

const [how, folder = '', script = ''] = process.argv.slice(2);
console.log(JSON.stringify(how === 'log' ? await intoLog() : await intoFile()));

/** As a step of a job has it, but for the job around. */
async function intoLog(): Promise<PipeResult> {
  const clock = new SystemClock();
  const blobs = new FileBlobs(join(folder, 'logs'));
  const writer = await blobs.openLog(1, 1);
  const starter = await ProcessStarter.detect(join(folder, 'pipes'), clock);
  const order = {
    secrets: SECRETS,
    masks: [],
    contexts: { github: {}, event: {}, pagure: {}, vars: {}, inputs: {} },
    limits: { logBytes: 2 ** 30 },
  } as Partial<JobOrder> as JobOrder;
  const link = {
    log: (parts) => writer.append(parts, clock.now()),
  } as Partial<JobLink> as JobLink;
  const session = { workspace: folder, read: async () => null };
  const log = new JobLog({ order, lane: new LinkLane(link, maskerOf(order)), session, clock });
  const spent = measure();
  const output = log.step({ number: 1, env: {}, commands: 'obey' });
  const command = { argv: ['bash', '-c', script], cwd: folder, env: { PATH: process.env['PATH'] ?? '' } };
  const running = await starter.start(command, (chunk, stream) => output.write(chunk, stream));
  await running.exit;
  await output.end();
  await writer.close();
  starter.close();
  return spent(writer.sizeBytes);
}

/** The same command with nothing between it and a file. */
async function intoFile(): Promise<PipeResult> {
  const spent = measure();
  const child = spawn('bash', ['-c', `{ ${script}\n} > plain.log`], { cwd: folder, stdio: 'ignore' });
  await once(child, 'exit');
  return spent(0);
}

function measure(): (bytes: number) => PipeResult {
  const start = performance.now();
  const before = process.cpuUsage();
  return (bytes) => {
    const { user, system } = process.cpuUsage(before);
    return { wallMs: performance.now() - start, cpuMs: (user + system) / 1_000, peakMb: peakMb(), bytes };
  };
}

/** What `getrusage` says begins with the memory of whoever started this process. */
function peakMb(): number {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}
