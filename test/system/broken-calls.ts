/** The way of one delivery to its flag, while the machine fails the n-th of some system call or kills who makes it. */
import { readFileSync } from 'node:fs';
import { SystemClock } from '../../src/kernel/clock.js';
import type { Result } from '../../src/model/result.js';
import { leftovers } from '../crash/lived-world.js';
import { Scene } from '../crash/scene.js';
import type { Boot } from '../crash/boot.js';

export const CALLS = ['fsync', 'rename', 'unlink', 'write', 'pwrite64'] as const;
export type Call = (typeof CALLS)[number];

/** As strace spells it after `inject=<call>:`. */
export type Blow = 'error=EIO' | 'error=ENOSPC' | 'signal=SIGKILL';

/** Each thread of each process counts its own calls: all of them whose count reaches `nth` are struck. */
export interface BrokenCall {
  readonly call: Call;
  readonly blow: Blow;
  readonly nth: number;
}

type OnEnd = (close: () => Promise<void>) => void;

/** How long a program that was struck may take to come to rest before it is killed. */
const PATIENCE_MS = 5_000;
const TRACER = ['strace', '-f', '-qq', '--seccomp-bpf'] as const;

/** How many calls of each kind a thread makes at most on the whole way, without any fault. */
export async function countCalls(onEnd: OnEnd): Promise<ReadonlyMap<Call, number>> {
  const scene = await Scene.open(onEnd);
  const trace = `${scene.folder}/trace`;
  const boot = scene.startUnder(...TRACER, '-e', `trace=${CALLS.join(',')}`, '-o', trace);
  await boot.listens();
  await scene.push();
  await scene.atRest();
  boot.signal('SIGTERM');
  await boot.ended;
  return mostOf(readFileSync(trace, 'latin1').split('\n'));
}

export interface Suffered {
  /** Wrong after the fault and a restart without one; nothing when all is well. */
  readonly findings: readonly string[];
  /** False when nobody made so many calls this time. */
  readonly wasStruck: boolean;
}

export async function suffer({ call, blow, nth }: BrokenCall, onEnd: OnEnd): Promise<Suffered> {
  const scene = await Scene.open(onEnd);
  const trace = `${scene.folder}/trace`;
  const inject = `inject=${call}:${blow}:when=${nth}`;
  const struck = scene.startUnder(...TRACER, '-e', `trace=${call}`, '-e', inject, '-o', trace);
  await within(PATIENCE_MS, () => struck.isListening || struck.isDead);
  const first = scene.commit();
  const status = await scene.tell(first);
  await within(PATIENCE_MS, () => struck.isDead || isAtRest(scene));
  const wasStruck = struck.isDead || /INJECTED|killed by/.test(readFileSync(trace, 'latin1'));
  struck.signal('SIGKILL');
  await struck.ended;
  return { findings: [...(await goOn(scene, scene.start())), ...fateFaults(scene, first, status)], wasStruck };
}

/** The next start does what was left over, and whatever comes. */
async function goOn(scene: Scene, boot: Boot): Promise<readonly string[]> {
  await boot.listens();
  const other = scene.commit();
  const status = await scene.tell(other);
  await scene.atRest();
  boot.signal('SIGTERM');
  const end = await boot.ended;
  return [
    ...(status === 202 ? [] : [`the next delivery was answered with ${status}`]),
    ...(end === 0 ? [] : [`the next start ended with ${end}`]),
    ...fateFaults(scene, other, status),
    ...(scene.fateOf(other).runs[0]?.result === 'success' ? [] : ['the next run did not pass']),
    ...leftovers(scene),
  ];
}

const SHOWN: Readonly<Record<Result, string>> = {
  success: 'success',
  failure: 'failure',
  error: 'error',
  canceled: 'canceled',
  skipped: 'success',
};

/** What was acknowledged is stored; what is stored came to its end, once, and the forge shows it. */
function fateFaults(scene: Scene, commit: string, status: number | null): readonly string[] {
  const { events, runs, jobs, effects, flags } = scene.fateOf(commit);
  if (events.length === 0) return status === 202 ? ['what was acknowledged is not stored'] : [];
  const [{ result = null } = {}] = runs;
  const shown = flags.map((flag) => flag.status).join();
  return [
    ...(runs.length === 1 ? [] : [`one event has ${runs.length} runs: ${JSON.stringify(events)}`]),
    ...jobs.filter(({ state }) => state !== 'done').map(({ id }) => `job ${id} is not done`),
    ...(new Set(effects).size === effects.length ? [] : [`a step ran twice: ${effects.join()}`]),
    ...(result !== null && shown === SHOWN[result] ? [] : [`the forge shows '${shown}' for ${result}`]),
  ];
}

/** False while there is nothing to read yet. */
function isAtRest(scene: Scene): boolean {
  try {
    return scene.events().length > 0 && scene.isAtRest();
  } catch {
    return false;
  }
}

async function within(ms: number, holds: () => boolean): Promise<void> {
  const clock = new SystemClock();
  for (const limit = clock.now() + ms; !holds() && clock.now() < limit;) await clock.sleep(50);
}

function mostOf(lines: readonly string[]): ReadonlyMap<Call, number> {
  const counts = new Map<string, number>();
  const most = new Map<Call, number>(CALLS.map((call) => [call, 0]));
  for (const line of lines) {
    const [, thread, call] = /^(\d+) +(\w+)\(/.exec(line) ?? [];
    if (thread === undefined) continue;
    const count = (counts.get(`${thread} ${call}`) ?? 0) + 1;
    counts.set(`${thread} ${call}`, count);
    most.set(call as Call, Math.max(most.get(call as Call) ?? 0, count));
  }
  return most;
}
