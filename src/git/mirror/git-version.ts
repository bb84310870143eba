/** Refuses a git that would silently ignore what keeps a fetch safe. */
import { Fault } from '../../kernel/errors.js';

/** `http.curloptResolve`, the newest thing that fetches need, came with it; an older git connects wherever DNS says by then. */
const NEEDED = [2, 37] as const;

/** Takes what `git version` prints. Throws a Fault when that git is too old or no git at all. */
export function assertGitVersion(printed: string): void {
  const [, major, minor] = /^git version (\d+)\.(\d+)/.exec(printed) ?? [];
  const [needMajor, needMinor] = NEEDED;
  if (Number(major) > needMajor || (Number(major) === needMajor && Number(minor) >= needMinor)) return;
  const found = printed.trim().slice(0, 60) || 'no git';
  throw new Fault(`git ${NEEDED.join('.')} or newer is needed to fetch; found: ${found}`, { retryable: false });
}
