/** Packs an answer on its way, for whoever takes it packed. */
import { pipeline, type Readable } from 'node:stream';
import { createGzip, gzipSync } from 'node:zlib';

const LEVEL = 4;

/** Pure, of an Accept-Encoding header (RFC 9110, 12.5.3): is gzip among what the reader takes? */
export function takesGzip(header: string | undefined): boolean {
  const weights = new Map(
    (header ?? '')
      .toLowerCase()
      .split(',')
      .map((part) => {
        const [name = '', weight = '1'] = part.split(/;\s*q=/);
        return [name.trim(), Number(weight)] as const;
      }),
  );
  return (weights.get('gzip') ?? weights.get('*') ?? 0) > 0;
}

/** An error on either side ends both. */
export function gzipped(plain: Readable): Readable {
  return pipeline(plain, createGzip({ level: LEVEL }), () => undefined);
}

/** For little: a trip to a thread costs more than packing it here. */
export function gzippedAtOnce(plain: Buffer): Buffer {
  return gzipSync(plain, { level: LEVEL });
}
