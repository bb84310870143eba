/** The envelope of a web-hook: what is read of one, and how one is made. */
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../src/kernel/errors.js';
import { SystemRandom } from '../../src/kernel/random.js';
import { makeWebHook, PagureWebHook } from '../../src/forge/pagure-web-hook.js';
import { RECORDINGS, recording } from './recordings.js';

const hook = new PagureWebHook(new SystemRandom());
const GOOD = { topic: 'git.receive', msg: {}, timestamp: 1, msg_id: '2026-x', i: 1 };
const read = (value: unknown) => hook.read(Buffer.from(JSON.stringify(value)));

describe('the envelope', () => {
  it.each(RECORDINGS.map((one) => [one.name, one] as const))('of recording %s is read', (_name, { body, message }) => {
    const { topic, msg, timestamp, msg_id: msgId } = message;
    expect(hook.read(body)).toEqual({ topic, msg, timestamp, msgId });
  });

  it('may hold keys that nobody knows', () => {
    expect(read({ ...GOOD, username: 'pagure', more: [] }).topic).toBe('git.receive');
  });

  it('keeps a pushed file of the name __proto__', () => {
    const text = '{"topic":"t.x","msg":{"changed_files":{"__proto__":"A"}},"timestamp":1,"msg_id":"a"}';
    const { msg } = hook.read(Buffer.from(text));
    expect(Object.keys(msg['changed_files'] as object)).toEqual(['__proto__']);
  });

  it.each([
    ['a list', [GOOD]],
    ['null', null],
    ['a number', 7],
    ['no topic', { ...GOOD, topic: undefined }],
    ['a topic with a line feed', { ...GOOD, topic: 'a\nb' }],
    ['an empty topic', { ...GOOD, topic: '' }],
    ['a topic of 1,001 letters', { ...GOOD, topic: 'a'.repeat(1001) }],
    ['a list as msg', { ...GOOD, msg: [] }],
    ['a text as timestamp', { ...GOOD, timestamp: '1' }],
    ['a msg_id of 129 letters', { ...GOOD, msg_id: 'a'.repeat(129) }],
    ['an empty msg_id', { ...GOOD, msg_id: '' }],
    ['a msg_id that is not ASCII', { ...GOOD, msg_id: 'é' }],
    ['a number as msg_id', { ...GOOD, msg_id: 1 }],
  ])('is refused with %s', (_what, value) => {
    expect(() => read(value)).toThrow(expect.objectContaining({ kind: 'invalid', code: 'not-the-envelope' }));
  });

  it.each(['', '{', '{"topic":', 'topic=git.receive', '\u0000'])('is refused when it is no JSON: %j', (text) => {
    expect(() => hook.read(Buffer.from(text))).toThrow(Refusal);
  });

  it.each(['git receive', 'ünlisted.töpic', 'a'.repeat(1000)])('takes the unlisted topic %s', (topic) => {
    expect(read({ ...GOOD, topic }).topic).toBe(topic);
  });

  it('of 32 MiB that would take a gigabyte when it is parsed is refused before', () => {
    const body = Buffer.from(`[${'{},'.repeat(11_000_000)}{}]`);
    expect(() => hook.read(body)).toThrow(expect.objectContaining({ kind: 'invalid', code: 'too-many-values' }));
  });

  it('of 4 MiB of text with commas and brackets is read', () => {
    expect(read({ ...GOOD, msg: { text: ',[{"'.repeat(1024 * 1024) } }).topic).toBe('git.receive');
  });

  it('that nests deeper than 100 is refused before it is parsed', () => {
    const body = Buffer.from('['.repeat(8 * 1024 * 1024));
    expect(() => hook.read(body)).toThrow(expect.objectContaining({ kind: 'invalid', code: 'nested-too-deep' }));
  });
});

describe('a signed message', () => {
  it('that names another project in repo, project or pullrequest contradicts itself', () => {
    const other = { fullname: 'other' };
    expect(hook.contradiction({ repo: other }, 'lab')).toContain('other');
    expect(hook.contradiction({ project: other }, 'lab')).toContain('other');
    expect(hook.contradiction({ pullrequest: { project: other } }, 'lab')).toContain('other');
    expect(hook.contradiction({ pull_request: { project: other } }, 'lab')).toContain('other');
  });

  it.each(RECORDINGS.map((one) => [one.name, one] as const))('as recorded in %s does not', (_name, { message }) => {
    expect(hook.contradiction(message.msg, message.msg.project_fullname)).toBeNull();
  });

  it('names its instance without the slash that Pagure writes', () => {
    expect(hook.names(recording('029').message.msg)).toEqual({ instance: 'http://127.0.0.1:15000', fullname: 'lab' });
    expect(hook.names({ pagure_instance: 5, project_fullname: null })).toEqual({ instance: null, fullname: null });
    expect(hook.names({ pagure_instance: 'javascript:x' }).instance).toBeNull();
  });
});

describe('a made web-hook', () => {
  it.each(RECORDINGS.map((one) => [one.name, one] as const))('is recording %s, byte for byte', (_name, one) => {
    const { topic, msg, timestamp, msg_id: msgId, i } = one.message;
    const project = { instance: String(msg['pagure_instance']), fullname: msg.project_fullname, key: one.key };
    const bare = Object.fromEntries(
      Object.entries(msg).filter(([key]) => !key.startsWith('pag') && key !== 'project_fullname'),
    );
    const made = makeWebHook(project, { topic, msg: bare, timestamp, msgId, i });
    const { Host: _host, ...headers } = one.headers;
    expect(made.headers).toEqual(headers);
    expect(made.body.equals(one.body)).toBe(true);
  });
});
