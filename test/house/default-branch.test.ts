/** At which commit: what names no commit of the project is judged by the default branch's text, at its head (LANGUAGE.md). */
import { expect, it } from 'vitest';
import { restoreRepository, setRef } from '../fixtures/repositories/restore.js';
import { recording, RECORDINGS } from '../forge/recordings.js';
import { commitFile } from './commit-file.js';
import { openHouse, ShiftedClock, temporaryFolder } from './house.js';

const HEAD = recording('006').message.msg['end_commit'] as string;
const FOLDER = '.pagure/pipelines';
const says = (what: string) => `on: [delete, issues, issue_comment, Test.notification]
jobs: { one: { runs-on: host, steps: [{ run: 'echo ${what} \${{ github.ref }} \${{ github.sha }}' }] } }
`;

it.each([
  ['git.branch.deletion', 'delete'],
  ['git.tag.deletion', 'delete'],
  ['issue.new', 'issues'],
  ['issue.comment.added', 'issue_comment'],
  ['pull-request.comment.edited', 'issue_comment'],
  ['Test.notification', 'Test.notification'],
])('%s runs the default branch at its head, restricted, without a flag', async (topic, eventName) => {
  const recorded = RECORDINGS.find(({ message }) => message.topic === topic)!;
  const repositories = temporaryFolder('repositories');
  const fullname = recorded.message.msg.project_fullname;
  const lab = restoreRepository('lab', repositories);
  setRef(lab, 'refs/heads/main', HEAD);
  const main = commitFile(lab, 'main', `${FOLDER}/all.yml`, says('main'));
  setRef(lab, 'refs/heads/dev', HEAD);
  commitFile(lab, 'dev', `${FOLDER}/all.yml`, says('dev'));
  const house = await openHouse({ clock: new ShiftedClock(recorded.message.timestamp * 1000 + 60_000), repositories });
  await house.register(fullname, recorded.key);
  expect(await house.post(recorded)).toBe(202);
  await house.settle();
  await house.untilDone(1);
  const [run, ...more] = await house.runs();
  expect(more).toEqual([]);
  expect(run).toMatchObject({ trust: 'restricted', result: 'success', pipelineCommit: main, subject: null });
  expect(run!.resolved).toMatchObject({ eventName, ref: 'refs/heads/main', commit: main });
  expect(await house.log({ id: 1, attempt: 1 })).toContain(`main refs/heads/main ${main}`);
  expect(await house.stores.flags.ofRun(1)).toEqual([]);
});
