/** A server that does not sync its commits, for one test alone: it shows that the trace can tell. */
import { openWorld } from '../../src/open-world.js';
import { serveIn } from '../../src/serve.js';

const serve = serveIn(async (options) => {
  const opened = await openWorld(options);
  opened.world.store.native.pragma('synchronous = NORMAL');
  return opened;
});

const { stdin, stdout, stderr, env } = process;
process.exitCode = await serve({
  args: process.argv.slice(2),
  env,
  cwd: process.cwd(),
  streams: { stdin, stdout, stderr },
});
