/** A second main, for tests alone: the real server, whose adapters die, wait or say things twice where they are told to. */
import { openWorld } from '../../src/open-world.js';
import { serveIn } from '../../src/serve.js';
import { type CrashPoint, CrashPoints } from './crash-point.js';
import { type HandOut, watchedWorld } from './watched-world.js';

/** The first argument, as JSON; the others are those of `serve`. */
export interface Disturbance {
  /** From the start on; others can be sent later, as a message of the same form. */
  readonly points?: readonly CrashPoint[];
  readonly handOut?: HandOut;
}

const [disturbance = '{}', ...args] = process.argv.slice(2);
const { points = [], handOut = 'once' } = JSON.parse(disturbance) as Disturbance;
const crash = new CrashPoints((line) => void process.stdout.write(line));
crash.arm(points);
process.on('message', (others: readonly CrashPoint[]) => {
  crash.arm(others);
  process.send?.('armed');
});
process.channel?.unref();

const serve = serveIn(async (options) => {
  const opened = await openWorld(options);
  return { ...opened, world: watchedWorld(opened.world, crash.reach, handOut) };
});

const { stdin, stdout, stderr, env } = process;
process.exitCode = await serve({ args, env, cwd: process.cwd(), streams: { stdin, stdout, stderr } });
