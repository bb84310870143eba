/** Messages without a server: recorded ones in every form, and made-up ones that mean what the real ones do. */
import { describe, expect, it } from 'vitest';
import {
  changedFilesOf,
  factsOfMessage,
  messageOfRecord,
  PAGURE_TOPICS,
  projectOfMessage,
  sampleMessage,
} from '../../src/forge/pagure-message.js';
import type { ForgeMessage } from '../../src/forge/forge.js';
import type { EventFacts } from '../../src/model/event.js';
import { RECORDED_INSTANCE, recording, RECORDINGS } from './recordings.js';

const facts = (message: ForgeMessage) => factsOfMessage(message, projectOfMessage(message));
const recorded = recording('006');

/** Which of the things that a filter can look at are there. */
function shapeOf({ kind, action, ref, pullRequest, flag, actor }: EventFacts) {
  return { kind, action, ref: ref !== null, pull: pullRequest !== null, flag: flag !== null, actor: actor !== null };
}

describe('a made-up message', () => {
  const topics = PAGURE_TOPICS.filter((topic) => topic !== 'issue.edit').filter((topic) =>
    RECORDINGS.some(({ message }) => message.topic === topic),
  );

  it.each(topics)('of %s means what a recorded one does', (topic) => {
    const real = RECORDINGS.filter(({ message }) => message.topic === topic).map(({ message }) => facts(message));
    expect(real.map(shapeOf)).toContainEqual(shapeOf(facts(sampleMessage(topic, 'main'))));
  });

  it('moves the branch that is asked for', () => {
    expect(facts(sampleMessage('git.receive', 'rawhide')).ref).toBe('refs/heads/rawhide');
    expect(facts(sampleMessage('pull-request.new', 'rawhide')).pullRequest?.targetBranch).toBe('rawhide');
  });

  it('of a topic that nobody listed names its project and no more', () => {
    expect(shapeOf(facts(sampleMessage('deploy.requested', 'main')))).toMatchObject({ kind: 'other', ref: false });
  });
});

describe('a recorded message', () => {
  const envelope = { ...recorded.message };
  const delivery = { headers: recorded.headers, body_base64: recorded.body.toString('base64'), key: recorded.key };

  it.each([
    ['a delivery', delivery, null],
    ['an envelope', envelope, null],
    ['the msg alone', envelope.msg, 'git.receive'],
  ] as const)('is read from %s', (_, record, topic) => {
    expect(messageOfRecord(record, topic)).toEqual({ topic: 'git.receive', msg: envelope.msg });
  });

  it.each([[[]], [null], ['text'], [{}], [{ body_base64: '%' }], [{ topic: 3, msg: {} }]])(
    'is none of %j',
    (record) => {
      expect(messageOfRecord(record, null)).toBe(null);
    },
  );

  it('names its project', () => {
    expect(projectOfMessage(envelope)).toEqual({ instance: RECORDED_INSTANCE, fullname: 'lab' });
  });

  it('of a push tells the changed files, of a new branch none', () => {
    const files = RECORDINGS.filter(({ message }) => message.topic === 'git.receive').map(({ message }) => ({
      isNew: /^\^?0{40}$/.test(String(message.msg['old_commit'])),
      told: changedFilesOf(facts(message), message),
    }));
    expect(files.some(({ isNew, told }) => !isNew && (told?.length ?? 0) > 0)).toBe(true);
    expect(files.filter(({ isNew }) => isNew).every(({ told }) => told === null)).toBe(true);
  });
});
