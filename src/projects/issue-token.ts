/** Makes API tokens; their text leaves this file once and is kept nowhere. */
import { Injectable } from '@nestjs/common';
import { Clock, isoTime } from '../kernel/clock.js';
import { type InputFault, Refusal } from '../kernel/errors.js';
import { Random } from '../kernel/random.js';
import { type ApiToken, roleIncludes } from '../model/token.js';
import { Projects } from '../store/projects.js';
import { Store } from '../store/store.js';
import { Tokens } from '../store/tokens.js';
import type { Asker } from './asker.js';
import { invalidInput } from './check-input.js';
import type { TokenInput } from './token-input.js';
import { hashToken, newTokenText } from './token-text.js';

export interface IssuedToken {
  readonly id: number;
  /** The only time that it is told. */
  readonly text: string;
  readonly token: Pick<ApiToken, 'name' | 'role' | 'projects' | 'createdAt' | 'expiresAt'>;
}

@Injectable()
export class IssueToken {
  constructor(
    private readonly store: Store,
    private readonly tokens: Tokens,
    private readonly projects: Projects,
    private readonly random: Random,
    private readonly clock: Clock,
  ) {}

  /**
   * Nobody gives more than they hold: no higher role, no other projects, no longer life. Throws a Refusal `token-limited` for
   * more, `invalid-input` for what is wrong in itself.
   */
  async issue(asker: Asker, input: TokenInput): Promise<IssuedToken> {
    refuseWider(asker, input);
    const faults = [...this.expiryFaults(input), ...(await this.projectFaults(input))];
    if (faults.length > 0) throw invalidInput(faults);
    const text = newTokenText(this.random);
    const token = {
      createdBy: asker.name,
      name: input.name,
      role: input.role,
      projects: input.projects ?? null,
      createdAt: this.clock.now(),
      expiresAt: input.expiresAt === undefined ? null : Date.parse(input.expiresAt),
    };
    const id = await this.store.commit((tx) => this.tokens.insert(tx, { ...token, hash: hashToken(text) }));
    return { id, text, token };
  }

  private expiryFaults({ expiresAt }: TokenInput): readonly InputFault[] {
    const isPast = expiresAt !== undefined && Date.parse(expiresAt) <= this.clock.now();
    return isPast ? [{ path: 'expiresAt', message: 'must be in the future' }] : [];
  }

  private async projectFaults({ projects = [] }: TokenInput): Promise<readonly InputFault[]> {
    const known = new Set((await this.projects.list()).map((project) => project.id));
    return projects.flatMap((id, at) =>
      known.has(id) ? [] : [{ path: `projects[${at}]`, message: 'must be the id of a project' }],
    );
  }
}

function refuseWider(asker: Asker, { role, projects, expiresAt }: TokenInput): void {
  const held = asker.projects;
  if (!roleIncludes(asker.role, role)) throw limited(`is of role ${asker.role}: it makes none of role ${role}`);
  if (held !== null && !projects?.every((id) => held.includes(id)))
    throw limited('is limited to projects: it makes only tokens limited to some of these ("projects")');
  if (asker.expiresAt === null) return;
  if (expiresAt === undefined || Date.parse(expiresAt) > asker.expiresAt)
    throw limited(`expires at ${isoTime(asker.expiresAt)}: it makes only tokens that expire no later ("expiresAt")`);
}

function limited(why: string): Refusal {
  return new Refusal('forbidden', 'token-limited', `This token ${why}.`);
}
