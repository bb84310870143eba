/** Pieces of logs that are followed: while a piece is remembered it is read from its file once, for all readers. */
import { keepNewest } from '../../kernel/keep-newest.js';

const CHUNK_BYTES = 64 * 1024;
/** 16 MiB in all, whatever is followed by whomever; a reader that is further back reads its log itself. */
const MOST_CHUNKS = 256;

/** Bytes `[from, to)` of a file, fewer where it ends. */
export type ReadBytes = (path: string, from: number, to: number) => Promise<Buffer>;

interface Chunk {
  readonly bytes: Buffer;
  filled: number;
  filling: Promise<void>;
}

export class ChunkCache {
  /** By path and number, least recently used first. */
  private readonly chunks = new Map<string, Chunk>();

  constructor(private readonly readBytes: ReadBytes) {}

  /** Some of the bytes `[from, sizeBytes)` of a log that only grows, at least one; none when it is shorter than it was said to be. */
  async read(path: string, from: number, sizeBytes: number): Promise<Buffer> {
    const number = Math.floor(from / CHUNK_BYTES);
    const begin = number * CHUNK_BYTES;
    const wanted = Math.min(sizeBytes - begin, CHUNK_BYTES);
    const chunk = this.chunkOf(`${path}:${number}`);
    if (chunk.filled < wanted) await this.fill(chunk, path, begin, wanted);
    return chunk.bytes.subarray(from - begin, Math.max(from - begin, Math.min(chunk.filled, wanted)));
  }

  /** Nobody follows the log any more. */
  forget(path: string): void {
    for (const key of this.chunks.keys()) if (key.slice(0, key.lastIndexOf(':')) === path) this.chunks.delete(key);
  }

  private chunkOf(key: string): Chunk {
    const chunk = this.chunks.get(key) ?? { bytes: Buffer.alloc(CHUNK_BYTES), filled: 0, filling: Promise.resolve() };
    keepNewest(this.chunks, key, chunk, MOST_CHUNKS);
    return chunk;
  }

  /** One after another: what the one before has read is not read again. */
  private async fill(chunk: Chunk, path: string, begin: number, wanted: number): Promise<void> {
    const filled = chunk.filling.then(async () => {
      if (chunk.filled >= wanted) return;
      const bytes = await this.readBytes(path, begin + chunk.filled, begin + wanted);
      bytes.copy(chunk.bytes, chunk.filled);
      chunk.filled += bytes.length;
    });
    chunk.filling = filled.catch(() => undefined);
    await filled;
  }
}
