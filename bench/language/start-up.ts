/** How much longer `lint` takes than a bare Node.js, each in a fresh process, in turns. */
import { spawnSync } from 'node:child_process';
import { median } from '../ingest/statistics.js';

export interface StartUp {
  readonly bareMs: number;
  readonly lintMs: number;
  /** Median of the differences of the pairs. */
  readonly moreMs: number;
}

export function measureStartUp(main: string, pipeline: string, times = 7): StartUp {
  const pairs = Array.from({ length: times }, () => [ran(['-e', '0']), ran([main, 'lint', pipeline])] as const);
  return {
    bareMs: median(pairs.map(([bare]) => bare)),
    lintMs: median(pairs.map(([, lint]) => lint)),
    moreMs: median(pairs.map(([bare, lint]) => lint - bare)),
  };
}

function ran(args: readonly string[]): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
  return performance.now() - start;
}
