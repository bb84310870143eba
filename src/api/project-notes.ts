/** What somebody who looks at a project should know: one sentence each. */
import type { Project } from '../model/project.js';
import type { ProjectStanding } from '../store/project-standing.js';

/** Pure. None for a project that is as it should be. */
export function projectNotes(project: Pick<Project, 'enabled'>, standing: ProjectStanding): readonly string[] {
  const { keys, hasToken, pausedFlags } = standing;
  return [
    ...(project.enabled ? [] : ['It is disabled: its web-hooks are refused, and nothing of it starts.']),
    ...(keys.length > 0 ? [] : ['It has no web-hook key, so no web-hook of it is taken: add one.']),
    ...(hasToken ? [] : ['It has no token of the forge, so no flags are shown there: set "token".']),
    ...pausedFlags.map(({ count, reason }) => `${count} ${count === 1 ? 'flag is' : 'flags are'} paused: ${reason}`),
  ];
}
