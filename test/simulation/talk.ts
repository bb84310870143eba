/** Comments on the pull-requests of the model forge, as it shows them when it is asked. */
import type { JsonObject } from '../../src/kernel/json.js';
import type { ShownComment } from '../../src/forge/forge.js';
import { userObject } from '../stand-in/projects.js';

export interface SaidComment {
  readonly id: number;
  /** Of the pull-request. */
  readonly number: number;
  readonly author: string;
  readonly text: string;
  readonly atMs: number;
}

/** Of one project. */
export class Talk {
  readonly said: SaidComment[] = [];
  /** Ids of comments that a message told of and that nobody wrote so. */
  readonly forged = new Set<number>();
  private ids = 100;

  newId(): number {
    return (this.ids += 1);
  }

  say(comment: Omit<SaidComment, 'id'>): SaidComment {
    const made = { id: this.newId(), ...comment };
    this.said.push(made);
    return made;
  }

  on(number: number): readonly SaidComment[] {
    return this.said.filter((one) => one.number === number);
  }

  shown(number: number): readonly ShownComment[] {
    return this.on(number).map(({ id, author, text }) => ({ id, author, text, isNotification: false }));
  }
}

/** As it stands in a message. */
export function commentObject(appUrl: string, { id, author, text }: Omit<SaidComment, 'atMs' | 'number'>): JsonObject {
  return { id, comment: text, notification: false, user: userObject(appUrl, author) };
}
