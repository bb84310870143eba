/** Words in a head commit's message that skip push and pull_request. */

const TOKENS = ['[skip ci]', '[ci skip]', '[no ci]', '[skip actions]', '[actions skip]'];

/** The token that skips, or null. The trailer `skip-checks: true` counts where GitHub looks for it: in the last paragraph. */
export function skipToken(message: string): string | null {
  const folded = message.toLowerCase();
  const token = TOKENS.find((word) => folded.includes(word));
  if (token) return token;
  const last =
    folded
      .trimEnd()
      .split(/\n\s*\n/)
      .at(-1) ?? '';
  return /^skip-checks:\s*true\s*$/m.test(last) ? 'skip-checks: true' : null;
}
