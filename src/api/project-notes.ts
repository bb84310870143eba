/** What somebody who looks at a project should know: one sentence each. */
import type { Project } from '../model/project.js';
import type { ProjectStanding } from '../store/project-standing.js';

/** Pure. None for a project that is as it should be. */
export function projectNotes(
  project: Pick<Project, 'enabled' | 'suspended'>,
  standing: ProjectStanding,
): readonly string[] {
  const { keys, hasToken, pausedFlags } = standing;
  return [
    ...(project.enabled ? [] : ['It is disabled: its web-hooks are refused, and nothing of it starts.']),
    ...(project.suspended === null ? [] : [suspendedNote(project.suspended)]),
    ...(keys.length > 0 ? [] : ['It has no web-hook key, so no web-hook of it is taken: add one.']),
    ...unopenedNotes(keys),
    ...(hasToken ? [] : ['It has no token of the forge, so no flags are shown there: set "token".']),
    ...pausedFlags.map(({ count, reason }) => `${count} ${count === 1 ? 'flag is' : 'flags are'} paused: ${reason}`),
  ];
}

function suspendedNote(why: string): string {
  return `It is suspended, and nothing of it starts: ${why}. If it is the project that is meant, set "identity" to null.`;
}

function unopenedNotes(keys: ProjectStanding['keys']): readonly string[] {
  const broken = keys.filter(({ opens }) => !opens).length;
  if (broken === 0) return [];
  if (broken === keys.length)
    return [
      'None of its web-hook keys can be opened with the master key, so no web-hook of it is taken: set "keys" again.',
    ];
  return [`Of its ${keys.length} web-hook keys ${broken} cannot be opened with the master key: set "keys" again.`];
}
