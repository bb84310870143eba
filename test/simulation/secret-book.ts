/** Which secrets people gave to the house, and when: for the oracle. A value is given once, so that it tells where it is from. */

export interface GivenSecret {
  readonly project: number;
  readonly name: string;
  readonly value: string;
  readonly refs: readonly string[];
  /** When it was asked for, and when the house said yes; Infinity while it did not. */
  readonly askedMs: number;
  standsMs: number;
  /** When another was asked for, or none, and when the house said yes to that. */
  touchedMs: number;
  goneMs: number;
}

export class SecretBook {
  readonly given: GivenSecret[] = [];

  /** Call the answer when the house said yes. */
  ask(secret: Pick<GivenSecret, 'project' | 'name' | 'refs'>, nowMs: number): { value: string; said: SaidYes } {
    const before = this.touch(secret, nowMs);
    const value = `s3cret-${secret.project}-${secret.name}-${this.given.length}-of-many`;
    const times = { askedMs: nowMs, standsMs: Infinity, touchedMs: Infinity, goneMs: Infinity };
    const mine: GivenSecret = { ...secret, value, ...times };
    this.given.push(mine);
    const said = (atMs: number) => {
      mine.standsMs = atMs;
      for (const one of before) one.goneMs = Math.min(one.goneMs, atMs);
    };
    return { value, said };
  }

  drop(secret: Pick<GivenSecret, 'project' | 'name'>, nowMs: number): SaidYes {
    const before = this.touch(secret, nowMs);
    return (atMs) => {
      for (const one of before) one.goneMs = Math.min(one.goneMs, atMs);
    };
  }

  private touch({ project, name }: Pick<GivenSecret, 'project' | 'name'>, nowMs: number): readonly GivenSecret[] {
    const before = this.given.filter((one) => one.project === project && one.name === name);
    for (const one of before) one.touchedMs = Math.min(one.touchedMs, nowMs);
    return before;
  }
}

export type SaidYes = (atMs: number) => void;
