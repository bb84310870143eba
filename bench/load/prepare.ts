/** Makes the data folder of the server under load: a short history to read, a job with a log, a project that delivers. */
import { join } from 'node:path';
import { textPart } from '../../src/model/log.js';
import { FileBlobs } from '../../src/blobs/file-blobs.js';
import { SystemRandom } from '../../src/kernel/random.js';
import { DEFAULT_PROJECT_SETTINGS, normaliseInstance } from '../../src/model/project.js';
import { Projects } from '../../src/store/projects.js';
import { Seal } from '../../src/store/seal.js';
import { Store } from '../../src/store/store.js';
import { fill } from '../history/fill.js';
import { MASTER_KEY } from '../history/server.js';
import { PROJECT } from '../ingest/signed-pushes.js';

const HISTORY = { projects: 50, events: 20_000, runs: 4_000, jobs: 20_000 };
const LOG_LINE = 'a line of what a job has printed, neither short nor long\n';
const LOG_LINES = 20_000;

export async function prepare(folder: string, token: string): Promise<void> {
  await fill(folder, HISTORY, token);
  const blobs = new FileBlobs(join(folder, 'logs'));
  const log = await blobs.openLog(1, 1);
  await log.append([textPart(LOG_LINE.repeat(LOG_LINES), LOG_LINES)], Date.now());
  await log.close();
  await register(folder);
}

async function register(folder: string): Promise<void> {
  const store = await Store.open(join(folder, 'store.sqlite'));
  const projects = new Projects(store, new Seal(Buffer.from(MASTER_KEY, 'hex'), new SystemRandom()));
  const named = { instance: normaliseInstance(PROJECT.instance)!, instanceAliases: [], fullname: PROJECT.fullname };
  const rest = { public: true, enabled: true, declaredBy: null, settings: DEFAULT_PROJECT_SETTINGS };
  await store.commit(async (tx) => {
    const id = await projects.insert(tx, { ...named, ...rest }, Date.now());
    await projects.replaceKeys(tx, id, [PROJECT.key], Date.now());
  });
  await store.close();
}
