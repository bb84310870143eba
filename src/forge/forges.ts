/** The forges that are known: which object speaks for which instance. */
import type { Egress } from '../egress/egress.js';
import type { Clock } from '../kernel/clock.js';
import type { Forge } from './forge.js';
import { PagureHttp } from './pagure/http.js';
import { PagureForge } from './pagure/pagure-forge.js';

/** One per process. Pagure is the only kind so far, so it speaks for every instance. */
export class Forges {
  constructor(private readonly pagure: Forge) {}

  /** The forge of a project's instance (normalised). */
  of(_instance: string): Forge {
    return this.pagure;
  }
}

/** The real ones. */
export function openForges(egress: Egress, clock: Clock): Forges {
  return new Forges(new PagureForge(new PagureHttp(egress, clock)));
}
