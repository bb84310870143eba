/** The end of a command that never came to life, in the form of a process. */
import type { Unstarted } from './child.js';
import type { TreeProcess } from './process-tree.js';
import type { TakeOutput } from './running-process.js';

export function neverStarted(why: Unstarted, output: TakeOutput): TreeProcess {
  const said = Promise.resolve(output(Buffer.from(`${why.message}\n`), 'stderr')).catch(() => undefined);
  const exit = said.then(() => ({ code: why.code, signal: null }));
  const nothing = () => undefined;
  return { pid: 0, exit, ended: Promise.resolve(), signal: nothing, kill: nothing, killBranch: nothing };
}
