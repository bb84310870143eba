/** Logs in memory. A crash takes the tail of a log that was being written: the machine may have lost its power. */
import { Blobs, type LogName, type LogRange, type LogSize, type LogWriter } from '../../src/blobs/blobs.js';
import type { Life } from './life.js';
import type { SeededRandom } from './seeded-random.js';

interface ModelLog {
  bytes: Buffer;
  /** Where the last append began, while a writer is open. */
  tornFrom: number | null;
}

/** What the disk holds, whatever lives and dies. */
export class LogDisk {
  readonly logs = new Map<string, ModelLog>();

  tear(chance: SeededRandom): void {
    for (const log of this.logs.values()) {
      if (log.tornFrom !== null) log.bytes = log.bytes.subarray(0, chance.between(log.tornFrom, log.bytes.length));
      log.tornFrom = null;
    }
  }
}

export class MemoryBlobs extends Blobs {
  constructor(
    private readonly life: Life,
    private readonly disk: LogDisk,
  ) {
    super();
  }

  override openLog(jobId: number, attempt: number): Promise<LogWriter> {
    return this.life.call(0, () => {
      const log = this.disk.logs.get(`${jobId}.${attempt}`) ?? { bytes: Buffer.alloc(0), tornFrom: null };
      this.disk.logs.set(`${jobId}.${attempt}`, log);
      return this.writer(log);
    });
  }

  override logSize(jobId: number, attempt: number): Promise<LogSize | null> {
    return this.life.call(0, () => {
      const log = this.disk.logs.get(`${jobId}.${attempt}`);
      return log === undefined ? null : { bytes: log.bytes.length, lines: log.bytes.toString().split('\n').length - 1 };
    });
  }

  override readLog(jobId: number, attempt: number, from: number, to: number): Promise<Buffer> {
    const log = this.disk.logs.get(`${jobId}.${attempt}`);
    return this.life.call(0, () => log?.bytes.subarray(from, to) ?? Buffer.alloc(0));
  }

  /** Nobody in the simulated world asks for lines. */
  override findLines(): Promise<LogRange> {
    return Promise.resolve({ from: 0, to: 0 });
  }

  /** What is there: nobody in the simulated world looks at a log that grows. */
  override async *follow(jobId: number, attempt: number, from: number): AsyncIterable<Buffer> {
    yield await this.readLog(jobId, attempt, from, Number.MAX_SAFE_INTEGER);
  }

  /** Nobody in the simulated world looks at one step of a log. */
  override stepSize(): Promise<LogSize | null> {
    return Promise.resolve(null);
  }

  override async *readStep(): AsyncIterable<Buffer> {}

  /** Packing is the files' own affair: here every log stays as it is. */
  override unsealed(): Promise<readonly LogName[]> {
    return Promise.resolve([]);
  }

  override sealLog(): Promise<void> {
    return Promise.resolve();
  }

  private writer(log: ModelLog): LogWriter {
    return {
      append: (parts) =>
        this.life.call(0, () => {
          log.tornFrom = log.bytes.length;
          log.bytes = Buffer.concat([log.bytes, ...parts.map(({ bytes }) => bytes)]);
        }),
      get sizeBytes() {
        return log.bytes.length;
      },
      close: () =>
        this.life.call(0, () => {
          log.tornFrom = null;
        }),
    };
  }
}
