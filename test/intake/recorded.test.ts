/** Every recorded delivery is stored as it came, and refused when it was changed. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { signBody } from '../../src/forge/pagure/signature.js';
import { type Recording, RECORDINGS } from '../forge/recordings.js';
import { type Door, openDoor } from './door.js';

let door: Door;
const ids = new Map<string, number>();
const everyRecording = RECORDINGS.map((one) => [one.name, one] as const);

beforeAll(async () => {
  door = await openDoor();
  const keys = new Map(RECORDINGS.map(({ message, key }) => [message.msg.project_fullname, key]));
  for (const [fullname, key] of keys) ids.set(fullname, await door.register(fullname, [key]));
});
// One address fails hundreds of times here: in a minute each, so that none of them is one too many.
beforeEach(() => door.clock.advance(60_000));
afterAll(() => door.close());

describe('a recorded delivery', () => {
  // First: whatever is refused here would be known as "same" after it was stored.
  it.each(everyRecording)(
    '%s is refused with one byte changed, with another key, and without its header',
    async (_name, one) => {
      const changed = Buffer.from(one.body);
      const at = Math.floor(changed.length / 2);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const forged = signBody(one.body, 'K'.repeat(40));
      const without = (name: string) => ({ ...one.headers, [name]: undefined });
      const forgedHeaders = { 'X-Pagure-Signature': forged.sha1, 'X-Pagure-Signature-256': forged.sha256 };
      const answers = [
        await door.send({ headers: one.headers, body: changed }),
        await door.send({ headers: { ...one.headers, ...forgedHeaders }, body: one.body }),
        await door.send({ headers: without('X-Pagure-Signature-256'), body: one.body }),
        await door.send({ headers: without('Content-Type'), body: one.body }),
      ];
      expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 415]);
      expect(door.due).toEqual([]);
    },
  );

  it.each(everyRecording)('%s is stored with its project, topic and actor', async (_name, one) => {
    const { status, body } = await door.send({ headers: one.headers, body: one.body });
    expect([status, body.outcome]).toEqual([202, 'new']);
    const event = await door.events.byId(Number(body.eventId));
    expect(event).toMatchObject({
      projectId: ids.get(one.message.msg.project_fullname),
      topic: one.message.topic,
      actor: actorOf(one),
      verdict: 'ok',
      state: 'due',
    });
    expect(door.due).toContain(event?.id);
    await expectBytes(one, Number(event?.deliveryId));
  });

  it('is one of 104', () => {
    expect(door.due).toHaveLength(104);
  });
});

async function expectBytes({ body, headers, message }: Recording, deliveryId: number): Promise<void> {
  expect((await door.deliveries.body(deliveryId))?.equals(body)).toBe(true);
  const delivery = await door.deliveries.byId(deliveryId);
  expect(delivery).toMatchObject({ msgId: message.msg_id, verdict: 'ok' });
  expect(delivery?.headers).toEqual({
    'user-agent': headers['User-Agent'],
    'content-type': headers['Content-Type'],
    'x-pagure': headers['X-Pagure'],
    'x-pagure-project': headers['X-Pagure-project'],
    'x-pagure-topic': headers['X-Pagure-Topic'],
  });
}

/** Where Pagure says that `pagure` did it, the author of the pull-request counts. */
function actorOf({ message: { msg } }: Recording): unknown {
  const pull = msg['pullrequest'] as { user: { name: string } } | undefined;
  return msg['agent'] === 'pagure' ? pull?.user.name : (msg['agent'] ?? null);
}
