/** The `if` of a topic: evaluated when the event is decided about, before any job exists. */
import { describe, expect, it } from 'vitest';
import { readPipeline } from '../../src/pipeline/index.js';
import { restoreRepository, setRef } from '../fixtures/repositories/restore.js';
import { recording } from '../forge/recordings.js';
import { openHouse, ShiftedClock, temporaryFolder } from './house.js';

const PUSH = recording('006');
const HEAD = PUSH.message.msg['end_commit'] as string;
const pipeline = (condition: string) =>
  `on: {git.receive: {if: "${condition}"}}\njobs: {one: {runs-on: host, steps: [{run: 'true'}]}}\n`;

async function decisionsOf(pipelines: Readonly<Record<string, string>>) {
  const repositories = temporaryFolder('repositories');
  setRef(restoreRepository('lab', repositories), 'refs/heads/main', HEAD);
  const clock = new ShiftedClock(PUSH.message.timestamp * 1000 + 60_000);
  const house = await openHouse({ clock, repositories });
  await house.register('lab', PUSH.key, pipelines);
  await house.post(PUSH);
  await house.settle();
  const decisions = await house.decisions(1);
  return Object.fromEntries(decisions.map(({ pipelineName, outcome, reason }) => [pipelineName, [outcome, reason]]));
}

describe('the if of a topic', () => {
  it('starts or filters by the message and what git resolved, and the decision says which', async () => {
    const found = await decisionsOf({
      broken: pipeline('fromJSON(github.actor)'),
      no: pipeline("event.msg.branch == 'other'"),
      yes: pipeline(`event.topic == 'git.receive' && github.sha == '${HEAD}' && github.ref_name == 'main'`),
    });
    expect(found['yes']).toEqual(['started', 'on git.receive matches git.receive; its if holds']);
    expect(found['no']).toEqual(['filtered', "git.receive: its if does not hold: event.msg.branch == 'other'"]);
    expect(found['broken']?.[0]).toBe('filtered');
    expect(found['broken']?.[1]).toContain('git.receive: its if cannot be evaluated: ');
  });

  it('is read without a complaint', () => {
    expect(readPipeline(pipeline('github.actor'), { file: 'a.yml' }).problems).toEqual([]);
  });
});
