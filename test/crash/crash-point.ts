/** Places of the program where a test wants it to die or to wait: calls of adapters, counted. */

export const ANYWHERE = '*';

export interface CrashPoint {
  /** `before git.fetch`, `after link.stepStarted`: the adapter's name in the world and its method; or every place there is. */
  readonly at: string | typeof ANYWHERE;
  /** Only calls count whose arguments or answer hold this text. */
  readonly having?: string;
  /** The how-manieth call, from 1. */
  readonly nth?: number;
  /** `kill`: SIGKILL on the spot. `hold`: all such calls wait for SIGUSR2. */
  readonly then: 'kill' | 'hold';
}

/** Called at every place with what is known there; a promise holds the call up. */
export type Reach = (place: string, values: readonly unknown[]) => Promise<void> | undefined;

export class CrashPoints {
  private armed: { readonly point: CrashPoint; calls: number }[] = [];
  private readonly released = new Promise<void>((resolve) => process.once('SIGUSR2', () => resolve()));

  /** @param say told of each call that is held. */
  constructor(private readonly say: (line: string) => void) {}

  /** These count from now on, and no others. */
  arm(points: readonly CrashPoint[]): void {
    this.armed = points.map((point) => ({ point, calls: 0 }));
  }

  readonly reach: Reach = (place, values) => {
    const met = this.armed.filter(({ point }) => isAt(point, place) && isHaving(values, point.having));
    for (const one of met) one.calls += 1;
    const reached = met.filter(({ point, calls }) => calls === (point.nth ?? 1) || point.then === 'hold');
    if (reached.some(({ point }) => point.then === 'kill')) process.kill(process.pid, 'SIGKILL');
    if (reached.length === 0) return undefined;
    this.say(`held ${place}\n`);
    return this.released;
  };
}

function isAt({ at }: CrashPoint, place: string): boolean {
  return at === ANYWHERE || at === place;
}

function isHaving(values: readonly unknown[], text: string | undefined): boolean {
  return text === undefined || values.some((value) => textOf(value).includes(text));
}

/** Empty for what is no data (a link, a promise). */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Buffer.isBuffer(value)) return value.toString('utf8');
  try {
    return JSON.stringify(value, withBytesAsText) ?? '';
  } catch {
    return '';
  }
}

/** A replacer: the value comes after `toJSON`, which makes numbers of bytes. */
function withBytesAsText(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
  const given = this[key];
  return Buffer.isBuffer(given) ? given.toString('utf8') : value;
}
