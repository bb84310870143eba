/** Where a measurement takes place: running servers, a load generator, and a folder that vanishes afterwards. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadResult } from './load.js';
import { type RunningServer, startLoadGenerator, startServer } from './processes.js';
import type { ServerKind } from './server.js';

/** How one server is loaded; it ends after so many deliveries or seconds, whichever is first. */
export interface Burst {
  readonly connections: number;
  readonly deliveries: number;
  readonly seconds: number;
}

export interface Field {
  readonly server: (kind: ServerKind) => RunningServer;
  readonly burst: (kind: ServerKind, burst: Burst) => Promise<LoadResult>;
}

/** Below the project's own folder: that of the system may be kept in memory, where a sync costs nothing. */
export async function withFolder(root: string, work: (folder: string) => Promise<void>): Promise<void> {
  mkdirSync(join(root, '.cache'), { recursive: true });
  const folder = mkdtempSync(join(root, '.cache', 'bench-'));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `root` is the project's folder. Ends all that it started, however `work` ends. */
export async function withField(
  { root, folder, kinds }: { root: string; folder: string; kinds: readonly ServerKind[] },
  work: (field: Field) => Promise<void>,
): Promise<void> {
  const servers = new Map<ServerKind, RunningServer>();
  const load = startLoadGenerator();
  let series = 0;
  const server = (kind: ServerKind) => servers.get(kind)!;
  const burst = (kind: ServerKind, how: Burst) =>
    load.run({ root, series: (series += 1), port: server(kind).port, ...how });
  try {
    for (const kind of kinds) servers.set(kind, await startServer(kind, folder));
    await work({ server, burst });
  } finally {
    for (const one of [load, ...servers.values()]) one.stop();
  }
}
