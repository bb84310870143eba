/** A store in which runs, jobs, flags and events come and change. */
import { Changes } from '../../src/store/changes.js';
import { Events } from '../../src/store/events.js';
import { Flags } from '../../src/store/flags.js';
import { Runs } from '../../src/store/runs.js';
import { job, run } from '../runs/samples.js';
import { SeededRandom } from '../kernel/seeded-random.js';
import { NOW, newDelivery, openStore, registerProject } from './open-store.js';

const without = <T extends object, K extends keyof T>(row: T, ...keys: K[]): Omit<T, K> =>
  Object.fromEntries(Object.entries(row).filter(([key]) => !keys.includes(key as K))) as Omit<T, K>;

export async function openChanging(folder?: string) {
  const opened = await openStore(folder);
  const { store, deliveries, projects } = opened;
  const [runs, events, flags] = [new Runs(store), new Events(store), new Flags(store, new SeededRandom('flags'))];
  const known = (await projects.list())[0];
  const projectId = known?.id ?? (await registerProject(opened));
  const wish = (runId: number, status: 'pending' | 'success') => ({
    ...{
      projectId,
      pipelineKey: 'server:ci',
      subject: 'main',
      runId,
      commit: 'c'.repeat(40),
      username: 'ci',
      jobKey: '',
      percent: null,
    },
    ...{ status, comment: status, url: 'https://ci.example.org/runs/1' },
  });
  return {
    ...{ ...opened, runs, events, flags, projectId, changes: new Changes(store) },
    event: async (msgId: string, change = {}) =>
      (await deliveries.accept(newDelivery(projectId, msgId, change))).eventId!,
    run: (cause: string) =>
      store.commit(
        async (tx) => (await runs.insert(tx, without(run({ projectId, cause }), 'id', 'number', 'version'))).id,
      ),
    job: (runId: number) =>
      store.commit((tx) =>
        runs.insertJob(tx, {
          ...without(job({ key: 'test' }, { runId, projectId, state: 'queued', dueAt: NOW }), 'id'),
          ...{ attempt: 0, owner: null, leaseUntil: null, startedAt: null },
        }),
      ),
    want: (runId: number, status: 'pending' | 'success') =>
      store.commit((tx) => flags.want(tx, wish(runId, status), NOW)),
  };
}
