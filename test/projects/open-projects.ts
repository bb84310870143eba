/** The verbs of projects/ over a real store, a still clock and a dummy forge. */
import { Logger } from '@nestjs/common';
import { Forges } from '../../src/forge/forges.js';
import { ApplyDeclared } from '../../src/projects/apply-declared.js';
import { ChangeKeys } from '../../src/projects/change-keys.js';
import { ChangeProject } from '../../src/projects/change-project.js';
import { FindAsker } from '../../src/projects/find-asker.js';
import { FirstToken } from '../../src/projects/first-token.js';
import { HostRule } from '../../src/projects/host-rule.js';
import { IssueToken } from '../../src/projects/issue-token.js';
import { RefreshVisibility } from '../../src/projects/refresh-visibility.js';
import { RegisterProject } from '../../src/projects/register-project.js';
import { RevokeToken } from '../../src/projects/revoke-token.js';
import { SetPipeline } from '../../src/projects/set-pipeline.js';
import { WriteDeclared } from '../../src/projects/write-declared.js';
import type { Writer } from '../../src/projects/writer.js';
import { Flags } from '../../src/store/flags.js';
import { Pipelines } from '../../src/store/pipelines.js';
import { ProjectSecrets } from '../../src/store/project-secrets.js';
import { SetSecret } from '../../src/projects/set-secret.js';
import { Tokens } from '../../src/store/tokens.js';
import { SeededRandom } from '../kernel/seeded-random.js';
import { StillClock } from '../kernel/still-clock.js';
import { NOW, openStore } from '../store/open-store.js';
import { DummyForge } from './dummy-forge.js';

export async function openProjects({ hostSharesEverything = false } = {}) {
  Logger.overrideLogger(false);
  const { store, seal, projects, keys } = await openStore();
  const secrets = new ProjectSecrets(store, seal);
  const [clock, random, forge] = [new StillClock(NOW), new SeededRandom('projects'), new DummyForge()];
  const [pipelines, flags, tokens] = [new Pipelines(store), new Flags(store, random), new Tokens(store)];
  const hostRule = new HostRule(projects, hostSharesEverything);
  const writing = new WriteDeclared(store, projects, pipelines, flags, secrets, clock);
  return {
    ...{ store, secrets, projects, keys, pipelines, flags, tokens, clock, forge },
    apply: new ApplyDeclared(projects, hostRule, writing),
    change: new ChangeProject(store, projects, flags, hostRule, clock),
    changeKeys: new ChangeKeys(store, projects, keys, clock),
    findAsker: new FindAsker(store, tokens, clock),
    firstToken: new FirstToken(store, tokens, random, clock),
    issue: new IssueToken(store, tokens, projects, random, clock),
    register: new RegisterProject(store, projects, hostRule, clock),
    revoke: new RevokeToken(store, tokens, clock),
    setSecret: new SetSecret(store, secrets, clock),
    setPipeline: new SetPipeline(store, pipelines, clock),
    visibility: new RefreshVisibility(store, projects, new Forges(forge), clock),
  };
}

/** Writes whatever stands. */
export const WRITER: Writer = { name: 'alice', demand: () => Promise.resolve() };

export type OpenProjects = Awaited<ReturnType<typeof openProjects>>;

/** Each project has its own key. */
export const keyOf = (name: string) => `key-of-${name}`.padEnd(40, 'x');

export const GOOD_PIPELINE = 'on: push\njobs:\n  test:\n    runs-on: host\n    steps:\n      - run: echo hello\n';
export const BROKEN_PIPELINE = 'on: push\njobs:\n  test:\n    steps:\n      - runn: echo hello\n';

export function projectInput(fullname = 'lab') {
  return { instance: 'https://pagure.example.org/', fullname, keys: [keyOf(fullname)] };
}

/** A flag of the project that waits for somebody to mend something. */
export async function pausedFlag(
  { store, flags }: Pick<OpenProjects, 'store' | 'flags'>,
  projectId: number,
): Promise<number> {
  const wish = {
    projectId,
    pipelineKey: 'server:ci',
    subject: 's',
    runId: 1,
    commit: 'c'.repeat(40),
    username: 'ci',
    jobKey: '',
    percent: null,
  };
  await store.commit((tx) => flags.want(tx, { ...wish, status: 'pending', comment: '', url: '' }, NOW));
  const [flag] = await flags.ofRun(1);
  await store.commit((tx) => flags.endTry(tx, flag!, { pausedReason: '401', dueAt: null, tries: 1, failures: 0 }));
  return flag!.id;
}
