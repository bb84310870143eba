/** Answers that stay open: how many, and what ends one whose reader takes nothing. */
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { MOST_IN_ALL, MOST_OF_ONE_TOKEN, OpenAnswers } from '../../src/api/live/open-answers.js';
import type { TokenWatch } from '../../src/api/live/token-watch.js';
import { StillClock } from '../kernel/still-clock.js';
import { NOW } from '../store/open-store.js';

function opened() {
  const clock = new StillClock(NOW);
  const watch: Pick<TokenWatch, 'hold'> = { hold: () => Promise.resolve(() => undefined) };
  const answers = new OpenAnswers(watch as TokenWatch, clock);
  const open = async (tokenId: number, parts: () => AsyncGenerator<Buffer> = quiet) => {
    const response = new ServerResponse(new IncomingMessage(new Socket()));
    const asker = { tokenId, name: 'x', role: 'read' as const, projects: null, expiresAt: null };
    return { response, body: await answers.open(asker, response, parts) };
  };
  return { clock, answers, open };
}

async function* quiet(): AsyncGenerator<Buffer> {}

async function* flood(): AsyncGenerator<Buffer> {
  for (;;) {
    await turn();
    yield Buffer.alloc(64 * 1024);
  }
}

describe('open answers', () => {
  it('are so many for one token and no more, whoever else has some', async () => {
    const { open, answers } = opened();
    for (let n = 0; n < MOST_OF_ONE_TOKEN; n += 1) await open(1);
    await expect(open(1)).rejects.toMatchObject({ kind: 'too-many', code: 'too-many-streams' });
    const { response } = await open(2);
    response.emit('close');
    expect(answers.count).toBe(MOST_OF_ONE_TOKEN);
  });

  it('are so many in all and no more', async () => {
    const { open } = opened();
    for (let n = 0; n < MOST_IN_ALL; n += 1) await open(n);
    await expect(open(MOST_IN_ALL)).rejects.toMatchObject({ kind: 'unavailable', code: 'streams-full' });
  });

  it('give no more than their reader takes, and let one go that takes nothing for a minute', async () => {
    const { open, clock } = opened();
    const { response, body } = await open(1, flood);
    body.read(0);
    for (let n = 0; n < 20; n += 1) await turn();
    expect(body.readableLength).toBeLessThanOrEqual(128 * 1024);
    clock.advance(59_999);
    expect(response.destroyed).toBe(false);
    clock.advance(1);
    expect(response.destroyed).toBe(true);
  });
});
