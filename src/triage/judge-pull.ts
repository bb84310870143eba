/** How far a pull-request is trusted: by what the forge says when it is asked, never by a delivery (TRUST.md §1, §2). */
import type { Forge, ForgeProject, ShownPullRequest } from '../forge/forge.js';
import type { Forges } from '../forge/forges.js';
import { Fault, messageOf, Refusal } from '../kernel/errors.js';
import { oneLine } from '../kernel/one-line.js';
import type { PullRequestFacts } from '../model/event.js';
import type { WaitsFor } from '../model/hold.js';
import type { Project } from '../model/project.js';
import type { Trust } from '../model/trust.js';
import type { Projects } from '../store/projects.js';

export interface PullJudgement {
  readonly trust: Trust;
  readonly trustReason: string;
  /** Of a held one. */
  readonly waitsFor: Exclude<WaitsFor, 'start'>;
}

export class JudgePull {
  constructor(
    private readonly forges: Forges,
    private readonly projects: Projects,
  ) {}

  /** Whatever does not answer leaves it held, to be asked again: never throws for a forge that is down. */
  async judge(project: Project, told: PullRequestFacts): Promise<PullJudgement> {
    if (told.source !== 'own') return held('the source is not this project');
    try {
      return await this.ask(project, told);
    } catch (error) {
      if (!(error instanceof Fault) && !(error instanceof Refusal)) throw error;
      return unanswered(oneLine(messageOf(error), 200));
    }
  }

  private async ask(project: Project, told: PullRequestFacts): Promise<PullJudgement> {
    const forge = this.forges.of(project.instance);
    const token = await this.projects.readToken(project);
    const shown = await forge.readPullRequest(project, token, told.number);
    if (shown === null) return unanswered(`the forge shows no pull-request #${told.number} yet`);
    return isAsTold(shown, told)
      ? judgeAuthor(forge, { project, token, shown })
      : held(`the forge shows pull-request #${told.number} with other branches than the message`);
  }
}

interface AskedAuthor {
  readonly project: ForgeProject;
  readonly token: string | null;
  readonly shown: ShownPullRequest;
}

async function judgeAuthor(forge: Forge, { project, token, shown }: AskedAuthor): Promise<PullJudgement> {
  const { author, targetBranch } = shown;
  if (author === null) return held('the forge names no author of the pull-request');
  const mayCommit = await forge.mayCommit(project, token, { user: author, branch: targetBranch });
  if (!mayCommit) return held(`${author} may not commit to ${targetBranch}`);
  const trustReason = `a branch of the project itself, and ${author} may commit to ${targetBranch}`;
  return { trust: 'trusted', trustReason, waitsFor: 'approval' };
}

/** Branches decide which secrets it may have: those of a message are whatever its sender wrote. */
function isAsTold(shown: ShownPullRequest, told: PullRequestFacts): boolean {
  const { source, sourceBranch, targetBranch } = shown;
  return source === 'own' && sourceBranch === told.sourceBranch && targetBranch === told.targetBranch;
}

function held(why: string): PullJudgement {
  return { trust: 'held', trustReason: `held: ${why}`, waitsFor: 'approval' };
}

function unanswered(why: string): PullJudgement {
  return { trust: 'held', trustReason: `held: whether its author may commit is not known: ${why}`, waitsFor: 'forge' };
}
