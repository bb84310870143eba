/** What the machine can do in this minute: the same loop on each core, and what a sync of the disk costs. */
import { spawnSync } from 'node:child_process';
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { arePinned, pinnedTo } from './processes.js';
import { median } from './statistics.js';

const LOOP = `const start = performance.now();
let sum = 0;
for (let i = 0; i < 3e8; i += 1) sum = (sum + i * i) | 0;
console.log(performance.now() - start);`;

/** One line for people, in which a slow minute shows. `shared`: the bench holds no process on a core. */
export function describeMachine(folder: string, cores: 'one each' | 'shared' = 'one each'): string {
  const loops = loopMsPerCore().map((took, core) => `core ${core} ${took.toFixed(0)} ms`);
  const pinned = cores === 'one each' && arePinned() ? 'server on core 0, load on core 1' : 'no core is reserved';
  const load = loadavg()[0]!.toFixed(1);
  return `fixed loop: ${loops.join(', ')}; raw sync ${syncMs(folder).toFixed(3)} ms; load ${load}; Node ${process.version}; ${pinned}`;
}

/** Milliseconds that a fixed loop takes on each of the first two cores. */
function loopMsPerCore(): number[] {
  const cores = Array.from({ length: Math.min(2, availableParallelism()) }, (_, core) => core);
  return cores.map((core) => {
    const argv = [...pinnedTo(core), process.execPath, '-e', LOOP];
    return Number(spawnSync(argv[0]!, argv.slice(1), { encoding: 'utf8' }).stdout);
  });
}

/** Median milliseconds of an fdatasync after a write of one page. */
function syncMs(folder: string): number {
  const file = openSync(join(folder, 'sync-probe'), 'w');
  const page = Buffer.alloc(4096, 1);
  const took = Array.from({ length: 200 }, (_, at) => {
    writeSync(file, page, 0, page.length, at * page.length);
    const start = performance.now();
    fdatasyncSync(file);
    return performance.now() - start;
  });
  closeSync(file);
  return median(took);
}
