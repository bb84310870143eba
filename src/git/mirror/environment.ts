/** The closed environment in which this program runs git: no configuration, hooks, prompts or replacements but these. */

export type GitConfig = readonly (readonly [string, string])[];
export type GitEnvironment = Readonly<Record<string, string>>;

/** Variables of every git that the server starts (TRUST.md §3). Messages are English, so that they can be told apart. */
export const CLOSED: GitEnvironment = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_ATTR_NOSYSTEM: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_NO_LAZY_FETCH: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  HOME: '/nonexistent',
  LC_ALL: 'C',
};

/** Configuration as variables: it beats the repository's own and, unlike `-c`, is not in the list of processes. */
export function configVariables(config: GitConfig): GitEnvironment {
  const pairs = config.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return { GIT_CONFIG_COUNT: String(config.length), ...Object.fromEntries(pairs) };
}
