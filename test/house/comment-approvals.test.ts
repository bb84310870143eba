/** `/approve` in a comment on a stranger's pull-request, through the whole house (TRUST §2). */
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/kernel/json.js';
import { FIRST, OPENED, SECOND, strangersHouse, UPDATED } from './strangers.js';

async function held() {
  const { house, showHead } = await strangersHouse();
  house.pagure.rights.letCommit('lab', 'carol');
  showHead(FIRST);
  await house.post(OPENED);
  await house.settle();
  let id = 500;
  const comment = async (text: string, agent = 'carol', of = OPENED) => {
    const made = { id: id++, comment: text, user: { name: agent, fullname: agent }, notification: false };
    const pullrequest = { ...(of.message.msg['pullrequest'] as JsonObject), comments: [made] };
    await house.deliver('lab', 'pull-request.comment.added', {
      agent,
      pullrequest,
      pagure_instance: house.pagure.appUrl,
    });
    await house.settle();
  };
  const answers = () => house.pagure.comments.written.map(({ text }) => text.split('\n\n[//]')[0]);
  return { house, showHead, comment, answers };
}

describe('/approve <commit>', () => {
  it('of the head starts the held run, restricted, and says so', async () => {
    const { house, comment, answers } = await held();
    await comment(`/approve ${FIRST}`);
    await house.untilDone(1);
    const [run] = await house.runs();
    expect(run).toMatchObject({ result: 'success', trust: 'restricted', trustReason: 'approved by carol' });
    expect(answers()).toEqual([
      `\`/approve ${FIRST}\`:\n\n- \`CI\` [#1](http://127.0.0.1:8080/runs/1) is approved: it starts, without secrets`,
    ]);
  });

  it('of any other commit starts nothing', async () => {
    const { house, comment } = await held();
    for (const sha of [SECOND, FIRST.slice(0, 7), '', FIRST.toUpperCase(), 'f'.repeat(40)])
      await comment(`/approve ${sha}`);
    expect((await house.runs())[0]).toMatchObject({ state: 'waiting', trust: 'held', jobs: [] });
  });

  it('by the stranger, or by a key holder who signs that somebody else said it, starts nothing', async () => {
    const { house, comment } = await held();
    await comment(`/approve ${FIRST}`, 'bob');
    const made = {
      id: 900,
      comment: `/approve ${FIRST}`,
      user: { name: 'carol', fullname: 'carol' },
      notification: false,
    };
    const pullrequest = { ...(OPENED.message.msg['pullrequest'] as JsonObject), comments: [made] };
    const msg = { agent: 'carol', pullrequest, pagure_instance: house.pagure.appUrl };
    await house.sign('lab', 'pull-request.comment.added', msg);
    await house.settle();
    expect((await house.runs())[0]).toMatchObject({ state: 'waiting', trust: 'held', jobs: [] });
  });

  it('that comes after a push starts nothing', async () => {
    const { house, showHead, comment, answers } = await held();
    house.pagure.rights.showPull('lab', UPDATED.message.msg['pullrequest'] as JsonObject);
    showHead(SECOND);
    await comment(`/approve ${FIRST}`, 'carol', UPDATED);
    expect((await house.runs()).every(({ jobs }) => jobs.length === 0)).toBe(true);
    expect(answers()[0]).toContain('nothing is approved');
  });
});
