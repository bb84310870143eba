/** A pull-request of the project itself with a run, on which people comment. */
import { expect } from 'vitest';
import type { JsonObject } from '../../src/kernel/json.js';
import { Projects } from '../../src/store/projects.js';
import { Store } from '../../src/store/store.js';
import { restoreRepository, setRef } from '../fixtures/repositories/restore.js';
import { recording } from '../forge/recordings.js';
import { commitFile } from './commit-file.js';
import { openHouse, ShiftedClock, temporaryFolder, type TestHouse } from './house.js';

const OPENED = recording('029');
export const PULL = OPENED.message.msg['pullrequest'] as JsonObject;
export const HEAD = PULL['commit_stop'] as string;
const MAIN = recording('006').message.msg['end_commit'] as string;

export const CI = `on: pull_request
jobs:
  good: { runs-on: host, steps: [{ run: 'true' }] }
  bad: { runs-on: host, steps: [{ run: 'echo "kaputt: no such file"; false' }] }
`;

export interface Comment {
  readonly id?: number;
  readonly agent?: string;
  readonly author?: string;
  readonly notification?: boolean;
  /** What Pagure itself shows, where that is something else. */
  readonly shown?: JsonObject | null;
}

export class CommentScene {
  private next = 100;
  private readonly comments: JsonObject[] = [];

  constructor(
    readonly house: TestHouse,
    readonly lab: string,
    readonly main: string,
  ) {}

  /** Somebody comments on the pull-request: Pagure shows it and tells of it. Resolves when nothing is under way. */
  async comment(text: string, comment: Comment = {}): Promise<void> {
    await this.tell(text, comment);
    await this.house.settle();
  }

  /** The same without waiting. */
  async tell(text: string, { id = this.next++, agent = 'bob', author = agent, notification = false, shown }: Comment) {
    const made = { id, comment: text, user: { name: author, fullname: author }, notification };
    if (shown !== null) this.comments.push(shown ?? made);
    this.house.pagure.rights.showPull('lab', { ...PULL, comments: this.comments });
    const pullrequest = { ...PULL, comments: [...this.comments.slice(0, -1), made] };
    const { appUrl } = this.house.pagure;
    const msg = { agent, pullrequest, pagure_instance: appUrl };
    expect(await this.house.sign('lab', 'pull-request.comment.added', msg)).toBe(202);
  }

  /** What this program wrote on the pull-request, markers left out. */
  get answers(): readonly string[] {
    return this.house.pagure.comments.written.map(({ text }) =>
      text.replace(/\n\n\[\/\/\]: # \(pagure-actions:\w{32}\)$/, ''),
    );
  }

  async set(settings: object): Promise<void> {
    const projects = this.house.get(Projects);
    const project = (await projects.byId(1))!;
    const change = { settings: { ...project.settings, ...settings } };
    await this.house
      .get(Store)
      .commit((tx) => projects.update(tx, 1, project.version, change as never, project.updatedAt));
  }

  async attempts() {
    return (await this.house.runs()).map(({ id, attempt, state, result }) => ({ id, attempt, state, result }));
  }
}

/** `bob` may commit; the token that is held is alice's. */
export async function openScene(
  pipelines: Readonly<Record<string, string>> = { ci: CI },
  until: 'done' | 'started' = 'done',
): Promise<CommentScene> {
  const repositories = temporaryFolder('repositories');
  const lab = restoreRepository('lab', repositories);
  setRef(lab, 'refs/heads/main', MAIN);
  setRef(lab, `refs/heads/${String(PULL['branch_from'])}`, HEAD);
  const main = commitFile(lab, 'main', '.pagure/pipelines/deploy.yml', DEPLOY);
  const clock = new ShiftedClock(OPENED.message.timestamp * 1000 + 60_000);
  const house = await openHouse({ clock, repositories });
  await house.register('lab', OPENED.key, pipelines);
  house.pagure.rights.letCommit('lab', 'bob');
  house.pagure.rights.showPull('lab', PULL);
  expect(await house.post(OPENED)).toBe(202);
  if (until === 'done') {
    await house.settle();
    await house.untilDone(1);
  }
  return new CommentScene(house, lab, main);
}

const DEPLOY = `name: Deploy
on: { workflow_dispatch: { inputs: { where: { type: choice, options: [staging, production], required: true } } } }
jobs: { one: { runs-on: host, env: { W: '\${{ inputs.where }}' }, steps: [{ run: 'echo deployed to $W by $GITHUB_ACTOR' }] } }
`;
