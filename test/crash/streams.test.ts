/** Open streams at the end of the program: of an orderly one and of a crash; and that a reader then goes on where it was. */
import { describe, expect, it } from 'vitest';
import { HALF_WAY, Scene } from './scene.js';

/** An answer as it comes, until the server ends it, however it does. */
class Reading {
  text = '';
  readonly ended: Promise<void>;

  constructor(answer: Response) {
    this.ended = this.read(answer).catch(() => undefined);
  }

  private async read(answer: Response): Promise<void> {
    for await (const piece of answer.body!.pipeThrough(new TextDecoderStream())) this.text += piece;
  }
}

const framesOf = (text: string) => text.split('\n\n').slice(0, -1);
const dataOf = (text: string) => framesOf(text).flatMap((frame) => /^data: (.*)$/m.exec(frame)?.[1] ?? []);
const lastIdOf = (text: string) => /^id: (.*)$/m.exec(framesOf(text).at(-1) ?? '')?.[1] ?? 'c0-e0';

/** Reads until some text has come. */
async function readUntil(scene: Scene, from: string, text: string): Promise<string> {
  const answer = await scene.ask('/api/v1/stream', { 'last-event-id': from });
  let seen = '';
  for await (const piece of answer.body!.pipeThrough(new TextDecoderStream())) {
    seen += piece;
    if (seen.includes(text)) break;
  }
  return seen;
}

describe.concurrent('open streams', { timeout: 240_000 }, () => {
  it.each(['SIGTERM', 'SIGKILL'] as const)('end at once on %s, and go on after the next start', async (signal) => {
    const closing: (() => Promise<void>)[] = [];
    try {
      const scene = await Scene.open((close) => void closing.push(close), { drain: '20s' });
      scene.closeGate();
      const first = scene.start();
      await first.listens();
      const stream = await scene.ask('/api/v1/stream', { 'last-event-id': 'c0-e0' });
      const [seen, commit] = [new Reading(stream), await scene.push()];
      await scene.until('step two', () => scene.effects().some(({ step }) => step === 'two'));
      const run = scene.runs()[0]!;
      const log = new Reading(await scene.ask(`/api/v1/runs/${run.id}/jobs/${scene.jobs()[0]!.id}/log?follow=1`));
      await scene.until('what step two printed', () => log.text.includes(HALF_WAY));
      await scene.until('the run in the stream', () => seen.text.includes('"running"'));
      first.signal(signal);
      await Promise.all([seen.ended, log.ended]);
      expect(scene.jobs()[0]).toMatchObject({ state: 'running' });
      scene.openGate();
      await first.ended;
      await scene.start().listens();
      await scene.atRest();
      const end = `"status":"${scene.pagure.flagsOf(commit)[0]!.status}"`;
      const whole = dataOf(await readUntil(scene, 'c0-e0', end));
      const rest = dataOf(await readUntil(scene, lastIdOf(seen.text), end));
      const both = [...dataOf(seen.text), ...rest];
      expect(both.slice(0, whole.length)).toEqual(whole.slice(0, both.length));
      expect(new Set(both).size).toBe(both.length);
    } finally {
      for (const close of closing) await close();
    }
  });
});
