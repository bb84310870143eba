/** A few living programs that many tests share: each test takes one, and leaves one behind that lives. */
import { expect } from 'vitest';
import { Scene } from './scene.js';

export class ScenePool {
  private readonly closing: (() => Promise<void>)[] = [];
  private readonly free: Scene[] = [];
  private readonly waiting: ((scene: Scene) => void)[] = [];
  private all: readonly Scene[] = [];

  async open(count: number): Promise<void> {
    const onEnd = (close: () => Promise<void>) => void this.closing.push(close);
    this.all = await Promise.all(Array.from({ length: count }, () => Scene.open(onEnd)));
    await Promise.all(this.all.map((scene) => scene.alive()));
    for (const scene of this.all) this.give(scene);
  }

  async use(work: (scene: Scene) => Promise<void>): Promise<void> {
    const scene = this.free.pop() ?? (await new Promise<Scene>((resolve) => this.waiting.push(resolve)));
    try {
      await work(scene);
    } finally {
      this.give(scene);
    }
  }

  /** The programs stop in order. */
  async close(): Promise<void> {
    try {
      expect(await Promise.all(this.all.map((scene) => scene.stop()))).toEqual(this.all.map(() => 0));
    } finally {
      await Promise.all(this.closing.map((close) => close()));
    }
  }

  private give(scene: Scene): void {
    const next = this.waiting.shift();
    if (next) next(scene);
    else this.free.push(scene);
  }
}
