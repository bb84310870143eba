/** Where a project is fetched from that is not fetched from its forge's own URL. */

export interface ProjectRepository {
  /** `ssh:` or `file:`. */
  readonly url: string;
  /** Of an ssh URL the private key; null otherwise. */
  readonly sshKey: string | null;
  /** Of an ssh URL the keys of its host, such as `ssh-ed25519 AAAA…`; none otherwise. */
  readonly hostKeys: readonly string[];
}

/** Without the private key. */
export type ShownRepository = Pick<ProjectRepository, 'url' | 'hostKeys'>;
