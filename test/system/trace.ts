/** Reads a trace of system calls (`strace -f -y`): when a delivery was written to the WAL, synced, and answered. */

export interface DeliveryTrace {
  readonly written: number;
  /** Of the first sync of the WAL that ended after the write; null when there was none. */
  readonly synced: number | null;
  readonly answered: number;
}

/** Line numbers of what concerns one delivery; null where the trace does not show it. */
export function traceOf(lines: readonly string[], msgId: string, eventId: number): DeliveryTrace | null {
  const written = lines.findIndex((line) => isWalWrite(line) && line.includes(msgId));
  const answered = lines.findIndex(
    (line) => line.includes('HTTP/1.1 202') && line.includes(`\\"eventId\\":${eventId}}`),
  );
  if (written < 0 || answered < 0) return null;
  const synced = syncEnds(lines).find((at) => at > written) ?? null;
  return { written, synced, answered };
}

/** Each 202 after a sync that follows its write. */
export function isDurable({ written, synced, answered }: DeliveryTrace): boolean {
  return synced !== null && written < synced && synced < answered;
}

function isWalWrite(line: string): boolean {
  return /\bpwrite(64|v2?)\(\d+<[^>]*store\.sqlite-wal>/.test(line);
}

/** Lines at which a sync of the WAL had ended: its own, or the one that resumes it. */
function syncEnds(lines: readonly string[]): readonly number[] {
  const open = new Set<string>();
  return lines.flatMap((line, at) => {
    const thread = /^\d+/.exec(line)?.[0] ?? '';
    const isSync = /\bf(data)?sync\(\d+<[^>]*store\.sqlite-wal>/.test(line);
    if (isSync && line.includes('<unfinished')) open.add(thread);
    else if (isSync) return [at];
    else if (/<\.\.\. f(data)?sync resumed>/.test(line) && open.delete(thread)) return [at];
    return [];
  });
}
