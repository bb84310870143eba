/** Job logs as files: `<root>/<job>/<attempt>.log`, beside each an index of its lines, and both in one when it is sealed. */
import { readdir } from 'node:fs/promises';
import { Fault } from '../kernel/errors.js';
import {
  Blobs,
  type FollowUntil,
  type LogName,
  type LogRange,
  type LogSize,
  type LogWriter,
  type StepLines,
} from './blobs.js';
import { ChunkCache } from './files/chunk-cache.js';
import { FileLog } from './files/file-log.js';
import { FollowedLogs } from './files/followed-logs.js';
import { logPaths, type LogPaths, marksFolder, nameOfMark } from './files/log-paths.js';
import { type OpenedLog, rangeOf, unreadable } from './files/opened-log.js';
import { PlainLog } from './files/plain-log.js';
import { openToRead, type ReadableFile } from './files/read-file.js';
import { readStepLines } from './files/read-step.js';
import { dropUnsealed, sealLog } from './files/seal-log.js';
import { SealedCache } from './files/sealed-cache.js';
import { SealedLog } from './files/sealed-log.js';

/** Folders have mode 0700, files 0600. One writer per log at a time; readers need no writer and never change a file. */
export class FileBlobs extends Blobs {
  private readonly writers = new Map<string, FileLog>();
  private readonly sealing = new Map<string, Promise<void>>();
  private readonly followed = new FollowedLogs();
  private readonly sealed = new SealedCache();
  private readonly chunks = new ChunkCache((path, from, to) => this.readChunk(path, from, to));

  /** @param root absolute; made at the first log. */
  constructor(private readonly root: string) {
    super();
  }

  /** Throws a Fault also when the log has a writer already, or is sealed: its attempt has ended then. */
  async openLog(jobId: number, attempt: number): Promise<LogWriter> {
    const paths = this.paths(jobId, attempt);
    if (this.writers.has(paths.log)) throw new Fault('the log has a writer already', { retryable: false });
    if (this.sealing.has(paths.log) || (await this.isSealed(paths)))
      throw new Fault('the log is sealed', { retryable: false });
    const writer = await FileLog.open(paths, {
      onGrowth: () => this.followed.grown(paths.log),
      onClose: () => this.writers.delete(paths.log),
    });
    this.writers.set(paths.log, writer);
    return writer;
  }

  async logSize(jobId: number, attempt: number): Promise<LogSize | null> {
    const paths = this.paths(jobId, attempt);
    const sizeOf = async (log: OpenedLog) => ({ bytes: log.bytes, lines: await log.lines() });
    return this.writers.get(paths.log)?.size ?? (await this.reading(paths, sizeOf));
  }

  async readLog(jobId: number, attempt: number, from: number, to: number): Promise<Buffer> {
    const read = (log: OpenedLog) => log.read(Math.max(0, from), to);
    return (await this.reading(this.paths(jobId, attempt), read)) ?? Buffer.alloc(0);
  }

  async findLines(jobId: number, attempt: number, from: number, to: number): Promise<LogRange> {
    const range = await this.reading(this.paths(jobId, attempt), (log) => rangeOf(log, from, to));
    return range ?? { from: 0, to: 0 };
  }

  async stepSize(jobId: number, attempt: number, step: number): Promise<LogSize | null> {
    return this.reading(this.paths(jobId, attempt), async (log) => (await log.steps()).sizeOf(step));
  }

  async *readStep(jobId: number, attempt: number, lines: StepLines): AsyncGenerator<Buffer> {
    const log = await this.opened(this.paths(jobId, attempt)).catch(rethrow);
    try {
      if (log !== null) yield* readStepLines(log, lines);
    } catch (error) {
      rethrow(error);
    } finally {
      await log?.close();
    }
  }

  async *follow(jobId: number, attempt: number, from: number, { ended, gone }: FollowUntil): AsyncGenerator<Buffer> {
    const paths = this.paths(jobId, attempt);
    const leave = this.followed.enter(paths.log);
    try {
      for (let at = from; !gone.aborted;) {
        const isWhole = ended.aborted;
        for (const to = await this.readable(paths); at < to && !gone.aborted;) {
          const bytes = await this.chunks.read(`${jobId}.${attempt}`, at, to);
          if (bytes.length === 0) throw new Fault('a log is shorter than it was', { retryable: false });
          at += bytes.length;
          yield bytes;
        }
        if (isWhole) return;
        if (at >= (this.writers.get(paths.log)?.sizeBytes ?? 0)) await this.followed.growth(paths.log, [ended, gone]);
      }
    } finally {
      if (leave() === 'last') this.chunks.forget(`${jobId}.${attempt}`);
    }
  }

  async unsealed(): Promise<readonly LogName[]> {
    const files = await readdir(marksFolder(this.root)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw unreadable(error);
    });
    return files.flatMap((file) => nameOfMark(file) ?? []);
  }

  /** One call at a time for one log: others wait for it. Throws a Fault. */
  async sealLog(jobId: number, attempt: number, stop: AbortSignal): Promise<void> {
    const paths = this.paths(jobId, attempt);
    if (this.writers.has(paths.log)) return;
    const sealing = this.sealing.get(paths.log) ?? this.seal(paths, stop).finally(() => this.sealing.delete(paths.log));
    this.sealing.set(paths.log, sealing);
    await sealing;
  }

  /** For reading alone: every byte that leaves a file goes through the handle. Null when there is no such file. */
  protected openFile(path: string): Promise<ReadableFile | null> {
    return openToRead(path);
  }

  /** An index that a crash left behind its log is mended first, by the writer's own way. */
  private async seal(paths: LogPaths, stop: AbortSignal): Promise<void> {
    try {
      if (!(await this.isSealed(paths))) await this.sealPlain(paths, stop);
      await dropUnsealed(paths);
    } catch (cause) {
      if (stop.aborted) throw cause;
      throw cause instanceof Fault ? cause : new Fault('a log cannot be sealed', { cause, retryable: true });
    }
  }

  private async sealPlain(paths: LogPaths, stop: AbortSignal): Promise<void> {
    const nobody = { onGrowth: () => undefined, onClose: () => undefined };
    const found = await this.openFile(paths.log);
    if (found === null) return;
    await found.close();
    await (await FileLog.open(paths, nobody)).close();
    const log = await PlainLog.open(paths, null, openToRead);
    try {
      if (log !== null) await sealLog(log, paths, stop);
    } finally {
      await log?.close();
    }
  }

  private async isSealed(paths: LogPaths): Promise<boolean> {
    const sealed = await openToRead(paths.sealed);
    await sealed?.close();
    return sealed !== null;
  }

  /** What is sealed stays so. Else the plain log first: it goes only when the sealed one is in its place. */
  private async opened(paths: LogPaths): Promise<OpenedLog | null> {
    const openFile = (path: string) => this.openFile(path);
    const known = SealedLog.known(paths, this.sealed, openFile);
    if (known !== null) return known;
    const plain = await PlainLog.open(paths, this.writers.get(paths.log) ?? null, openFile);
    return plain ?? (await SealedLog.open(paths, this.sealed, openFile));
  }

  /** Null when there is no such log. Throws a Fault. */
  private async reading<T>(paths: LogPaths, read: (log: OpenedLog) => Promise<T>): Promise<T | null> {
    let log: OpenedLog | null = null;
    try {
      log = await this.opened(paths);
      return log === null ? null : await read(log);
    } catch (error) {
      return rethrow(error);
    } finally {
      await log?.close();
    }
  }

  private async readChunk(name: string, from: number, to: number): Promise<Buffer> {
    const [jobId = 0, attempt = 0] = name.split('.').map(Number);
    return this.readLog(jobId, attempt, from, to);
  }

  /** Bytes that are there to stay: what a writer has not finished writing may be written again. */
  private async readable(paths: LogPaths): Promise<number> {
    const written = this.writers.get(paths.log)?.sizeBytes;
    return written ?? (await this.reading(paths, (log) => Promise.resolve(log.bytes))) ?? 0;
  }

  private paths(jobId: number, attempt: number): LogPaths {
    return logPaths(this.root, { jobId, attempt });
  }
}

function rethrow(error: unknown): never {
  throw unreadable(error);
}
