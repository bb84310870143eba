/** Keeps POSTs that named a project and fitted none of its keys, after their answer: the forge never sends them again (TRUST.md §1). */
import { Inject, Injectable, Logger } from '@nestjs/common';
import { PagureWebHook, SIGNATURE_HEADERS } from '../forge/pagure-web-hook.js';
import { Clock } from '../kernel/clock.js';
import { messageOf } from '../kernel/errors.js';
import type { HookProject } from '../store/projects.js';
import { type NewQuarantined, Quarantine } from '../store/quarantine.js';
import { Store } from '../store/store.js';
import { keptHeaders, type ReceivedHeaders } from './kept-headers.js';
import { presented } from './presented.js';
import { Senders } from './senders.js';

export interface UnfittingPost {
  /** The one that it names. */
  readonly project: HookProject;
  readonly body: Buffer;
  readonly headers: ReceivedHeaders;
  readonly remoteAddress: string;
}

/** Bodies that wait for their commit; the memory that they had at the door is given back already. */
const WAITING_BYTES = 32 * 1024 * 1024;

@Injectable()
export class QuarantinePosts {
  private readonly logger = new Logger(QuarantinePosts.name);
  private waiting: NewQuarantined[] = [];
  private waitingBytes = 0;
  private writing: Promise<void> | null = null;

  constructor(
    @Inject(PagureWebHook) private readonly webHook: PagureWebHook,
    @Inject(Senders) private readonly senders: Senders,
    @Inject(Store) private readonly store: Store,
    @Inject(Quarantine) private readonly quarantine: Quarantine,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Might a key that we have not got have signed it? */
  mayFit(headers: ReceivedHeaders): boolean {
    return this.webHook.mayBeSigned(presented(headers));
  }

  /** Call it when the answer is out. Never throws; what there is no room for is forgotten. */
  keep({ project, body, headers, remoteAddress }: UnfittingPost): void {
    if (this.waitingBytes + body.length > WAITING_BYTES) return;
    this.waitingBytes += body.length;
    this.waiting.push({
      projectId: project.projectId,
      receivedAt: this.clock.now(),
      headers: { ...keptHeaders(headers), ...signatures(headers) },
      body,
      isProven: this.senders.standing(remoteAddress) === 'proven',
    });
    this.writing ??= this.writeAll();
  }

  /** Resolves when nothing waits any more; never rejects. */
  async settled(): Promise<void> {
    await this.writing;
  }

  private async writeAll(): Promise<void> {
    for (let next = this.waiting.shift(); next !== undefined; next = this.waiting.shift()) {
      const post = next;
      await this.clock.nextTurn();
      try {
        await this.store.commit((tx) => this.quarantine.keep(tx, post));
      } catch (error) {
        this.logger.warn(`a body that no key fits could not be kept: ${messageOf(error)}`);
      }
      this.waitingBytes -= post.body.length;
    }
    this.writing = null;
  }
}

function signatures(headers: ReceivedHeaders): Record<string, string> {
  const { sha1, sha256 } = presented(headers);
  return {
    ...(sha1 !== undefined && { [SIGNATURE_HEADERS.sha1]: sha1 }),
    ...(sha256 !== undefined && { [SIGNATURE_HEADERS.sha256]: sha256 }),
  };
}
