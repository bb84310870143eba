/** A real store in a folder of its own, for tests of every room. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { SystemClock } from '../../src/kernel/clock.js';
import type { EventFacts } from '../../src/model/event.js';
import { DEFAULT_PROJECT_SETTINGS } from '../../src/model/project.js';
import { Deliveries, type NewDelivery } from '../../src/store/deliveries.js';
import { ProjectKeys } from '../../src/store/project-keys.js';
import { Projects } from '../../src/store/projects.js';
import { Seal } from '../../src/store/seal.js';
import { Store } from '../../src/store/store.js';
import { SeededRandom } from '../kernel/seeded-random.js';

export const NOW = Date.UTC(2026, 10, 24, 12);

/** A folder that is deleted when the test has finished. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pagure-actions-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function openStore(folder = temporaryFolder()) {
  const store = await Store.open(join(folder, 'store.sqlite'));
  onTestFinished(() => store.close());
  const seal = new Seal(Buffer.alloc(32, 7), new SeededRandom('seal'));
  const projects = new Projects(store, seal);
  const keys = new ProjectKeys(store, seal, projects);
  return { store, seal, projects, keys, deliveries: new Deliveries(store, new SystemClock()), folder };
}

/** Registers a project with one key and returns its id. */
export function registerProject(
  { store, projects }: { store: Store; projects: Projects },
  fullname = 'lab',
  key = `key of ${fullname}`,
): Promise<number> {
  return store.commit(async (tx) => {
    const project = {
      instance: 'https://pagure.example.org',
      instanceAliases: [],
      fullname,
      public: true,
      enabled: true,
      declaredBy: null,
      settings: DEFAULT_PROJECT_SETTINGS,
    };
    const id = await projects.insert(tx, project, NOW);
    await projects.replaceKeys(tx, id, [key], NOW);
    return id;
  });
}

export const FACTS: EventFacts = {
  topic: 'git.receive',
  kind: 'push',
  action: null,
  ref: 'refs/heads/main',
  before: 'a'.repeat(40),
  after: 'b'.repeat(40),
  forced: false,
  commit: 'b'.repeat(40),
  pullRequest: null,
  flag: null,
  notification: false,
  actor: 'alice',
  url: null,
  summary: 'alice pushed to main',
};

export function newDelivery(projectId: number, msgId: string, change: Partial<NewDelivery> = {}): NewDelivery {
  return {
    projectId,
    source: 'webhook',
    msgId,
    bodyHash: `hash of ${msgId}`,
    body: Buffer.from(`{"msg_id":"${msgId}"}`),
    headers: {},
    verdict: 'ok',
    note: null,
    receivedAt: NOW,
    facts: FACTS,
    ...change,
  };
}
