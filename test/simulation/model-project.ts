/** What the model of Pagure holds and tells: its projects, their pull-requests, and what it posts. */
import type { MadeWebHook } from '../../src/forge/pagure-web-hook.js';
import type { StandInProject } from '../stand-in/projects.js';
import type { Repository } from './repository.js';
import type { Rights } from './rights.js';
import type { SaidComment, Talk } from './talk.js';
import type { Way } from './trust-moves.js';

export const APP_URL = 'http://pagure.example.org/';
export const INSTANCE = 'http://pagure.example.org';

/** What one delivery tells, for the oracle: people did it, and it may be told of several times. */
export type Told =
  | {
      readonly kind: 'ref';
      readonly ref: string;
      readonly before: string;
      readonly after: string;
      readonly forced: boolean;
    }
  | {
      readonly kind: 'pull';
      readonly number: number;
      readonly head: string;
      readonly source: 'own' | 'fork';
      readonly isUpdate: boolean;
    }
  /** `isTrue`: somebody wrote it so. */
  | { readonly kind: 'comment'; readonly comment: SaidComment; readonly isTrue: boolean }
  | { readonly kind: 'other' };

export interface Message {
  readonly id: string;
  readonly project: string;
  readonly topic: string;
  readonly told: Told;
  readonly sentAtMs: number;
  readonly way: Way;
  /** With which it is signed. */
  readonly key: string;
  readonly hook: MadeWebHook;
  /** Another body under the same id: what a forge sends that lost count. */
  readonly otherHook: () => MadeWebHook;
}

export interface Pull {
  readonly number: number;
  readonly branch: string;
  readonly source: 'own' | 'fork';
  head: string;
  /** All that it had, and from when on. */
  readonly heads: { readonly head: string; readonly fromMs: number }[];
  isOpen: boolean;
  closedAtMs: number;
}

export interface ModelProject extends StandInProject {
  /** It may be changed. */
  key: string;
  readonly rights: Rights;
  readonly talk: Talk;
  readonly repository: Repository;
  readonly fork: Repository;
  readonly pulls: Pull[];
  /** Tips that its branches ever had. */
  readonly tips: string[];
  /** Tips that `main` ever had, in order. */
  readonly mains: string[];
  /** The tip that each branch had before the one that it has. */
  readonly left: Map<string, string>;
  tags: number;
}
