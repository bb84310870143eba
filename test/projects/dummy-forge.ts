/** A forge that only says whether a project is public, or does not answer. */
import { Fault } from '../../src/kernel/errors.js';
import type { Thread } from '../../src/model/comment-command.js';
import type { EventFacts } from '../../src/model/event.js';
import {
  Forge,
  type ForgeContexts,
  type ForgePage,
  type ForgeProject,
  type SendFlagAnswer,
  type ShownFlag,
  type ShownPullRequest,
  type WantedFlag,
} from '../../src/forge/forge.js';
import { FACTS } from '../store/open-store.js';

export class DummyForge extends Forge {
  readonly asked: string[] = [];

  constructor(public answer: 'public' | 'private' | 'silent' = 'public') {
    super();
  }

  isPublic(project: ForgeProject): Promise<boolean> {
    this.asked.push(`${project.instance} ${project.fullname}`);
    if (this.answer === 'silent') return Promise.reject(new Fault('no answer in 10 s', { retryable: true }));
    return Promise.resolve(this.answer === 'public');
  }

  facts(): EventFacts {
    return FACTS;
  }

  contexts(): ForgeContexts {
    return { github: {}, event: null, pagure: {} };
  }

  cloneUrl(project: ForgeProject): string {
    return `${project.instance}/${project.fullname}.git`;
  }

  pageUrl({ instance, fullname }: ForgeProject, page: ForgePage): string {
    const rest =
      page.kind === 'commit' ? `/c/${page.commit}` : page.kind === 'project' ? '' : `/pull-request/${page.number}`;
    return `${instance}/${fullname}${rest}`;
  }

  gitAuthorization(): string | null {
    return null;
  }

  sendFlag(_project: ForgeProject, _token: string, _flag: WantedFlag): Promise<SendFlagAnswer> {
    return Promise.resolve({ kind: 'sent' });
  }

  readFlags(): Promise<readonly ShownFlag[]> {
    return Promise.resolve([]);
  }

  mayCommit(): Promise<boolean> {
    return Promise.resolve(false);
  }

  readHookKey(): Promise<string | null> {
    return Promise.resolve(null);
  }

  readPullRequest(): Promise<ShownPullRequest | null> {
    return Promise.resolve(null);
  }

  toldComment(): null {
    return null;
  }

  readComments(): Promise<null> {
    return Promise.resolve(null);
  }

  sendComment(
    _project: ForgeProject,
    _token: string,
    _comment: Thread & { readonly text: string },
  ): Promise<SendFlagAnswer> {
    return Promise.resolve({ kind: 'sent' });
  }

  userOf(): Promise<string | null> {
    return Promise.resolve(null);
  }
}
