/** From a push to the page that its flag leads to: what really ran, as a reader finds it. */
import { expect, it } from 'vitest';
import { recording } from '../forge/recordings.js';
import { restoreRepository, setRef } from '../fixtures/repositories/restore.js';
import { openHouse, ShiftedClock, temporaryFolder } from './house.js';

const PUSH = recording('006');
const HEAD = PUSH.message.msg['end_commit'] as string;
const FAILING = `on: push
jobs:
  test:
    runs-on: host
    steps:
      - { name: prepare, run: echo ready }
      - { name: try it, run: 'printf "\\\\033[31mnot equal\\\\033[0m\\\\n"; exit 3' }
      - { name: tidy, if: always(), run: echo tidied }
`;

it('the url of a flag opens the page that says why it failed', async () => {
  const repositories = temporaryFolder('repositories');
  setRef(restoreRepository('lab', repositories), 'refs/heads/main', HEAD);
  const clock = new ShiftedClock(PUSH.message.timestamp * 1000 + 60_000);
  const house = await openHouse({ clock, repositories });
  await house.register('lab', PUSH.key, { ci: FAILING, tags: 'on: { push: { tags: [v1] } }\njobs: {}\n' });
  await house.post(PUSH);
  await house.untilFlagged(HEAD, 'failure');
  const [flag] = house.pagure.flagsOf(HEAD);
  const page = await house.browse(new URL(flag!.url).pathname);
  expect(page).toMatch(/<h1.*Failed<\/strong>: <bdi>test<\/bdi> .*<bdi>try it<\/bdi>/);
  expect(page).toContain('failed: <bdi>exit code 3</bdi>');
  expect(page).toContain(
    '<span class="cr">not equal</span>\n<span class="fe"><span class="le">Error: exit code 3</span></span>',
  );
  expect(page).toContain(`<a href="${house.pagure.instance}/lab/c/${HEAD}">`);
  expect(page).toContain('<bdi>tags</bdi>');
});
