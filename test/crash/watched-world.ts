/** The real world with a watcher at every door: before and after each call of an adapter and each commit. */
import type { World } from '../../src/app.module.js';
import { Forges } from '../../src/forge/forges.js';
import type { DueKind } from '../../src/model/due.js';
import type { JobQueue, TakeId } from '../../src/queue/job-queue.js';
import type { Runner } from '../../src/runner/runner.js';
import type { Reach } from './crash-point.js';

/** How often the queue hands out each id, also when its row is done: contracts say "at least once". */
export type HandOut = 'once' | 'often';

export function watchedWorld(world: World, reach: Reach, handOut: HandOut): World {
  return {
    ...world,
    store: watched(world.store, 'store', reach),
    queue: watchedQueue(world.queue, reach, handOut),
    git: watched(world.git, 'git', reach),
    forges: new Forges(watched(world.forges.of(''), 'forge', reach)),
    blobs: watched(world.blobs, 'blobs', reach),
    runner: watchedRunner(world.runner, reach),
  };
}

/** Every method of `target` passes `reach` twice; fields are as they are. */
function watched<T extends object>(target: T, name: string, reach: Reach): T {
  return new Proxy(target, {
    get(on, key) {
      const member: unknown = Reflect.get(on, key, on);
      if (typeof member !== 'function' || typeof key !== 'string') return member;
      return (...given: unknown[]) => {
        const call = (): unknown => Reflect.apply(member, on, given);
        return around(`${name}.${key}`, given, { reach, call });
      };
    },
  });
}

/** Held up before the call where `reach` says so, and after it where the call itself is a promise. */
function around(place: string, given: readonly unknown[], { reach, call }: { reach: Reach; call: () => unknown }) {
  const held = reach(`before ${place}`, given);
  const answer = held ? held.then(call) : call();
  if (!(answer instanceof Promise)) {
    void reach(`after ${place}`, [...given, answer]);
    return answer;
  }
  return answer.then(async (value: unknown) => {
    await reach(`after ${place}`, given);
    return value;
  });
}

function watchedRunner(runner: Runner, reach: Reach): Runner {
  const linking = replaced(runner, 'run', (run) => (order, link) => run(order, watched(link, 'link', reach)));
  return watched(linking, 'runner', reach);
}

function watchedQueue(queue: JobQueue, reach: Reach, handOut: HandOut): JobQueue {
  const handing = replaced(queue, 'take', (take) => (kind, lanes, taken) => {
    take(kind, lanes, handed(kind, taken, { reach, handOut }));
  });
  return watched(handing, 'queue', reach);
}

/** Jobs are claimed by many agents, so theirs come at the same time too; of the others one process takes one id at a time. */
function handed(kind: DueKind, take: TakeId, { reach, handOut }: { reach: Reach; handOut: HandOut }): TakeId {
  const once = (id: number) => around('hand-out', [kind], { reach, call: () => take(id) }) as Promise<void>;
  if (handOut === 'once') return once;
  return async (id) => {
    await Promise.all(kind === 'job' ? [once(id), once(id)] : [once(id)]);
    await once(id);
  };
}

/** `target` with another method `key`, which is given the first one. */
function replaced<T extends object, K extends keyof T & string>(target: T, key: K, make: (first: T[K]) => T[K]): T {
  const first = (target[key] as (...given: never[]) => unknown).bind(target) as T[K];
  const other = make(first);
  return new Proxy(target, {
    get: (on, name) => (name === key ? other : bound(on, Reflect.get(on, name, on))),
  });
}

function bound(target: object, member: unknown): unknown {
  return typeof member === 'function' ? (member.bind(target) as unknown) : member;
}
