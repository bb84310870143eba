/** What of a pipeline waits for the clock or for other pipelines. */
import type { ArmedTriggers, ChainAction, Follows } from '../../model/armed.js';
import type { Pipeline } from '../document/pipeline.js';

export const CHAIN_ACTIONS: readonly ChainAction[] = ['requested', 'in_progress', 'completed'];

/** Pure. Of a line that stands twice in the file one is kept: GitHub starts it once too. */
export function armedTriggers({ schedules, triggers }: Pipeline): ArmedTriggers {
  const lines = new Map(schedules.map(({ cron, timezone }) => [`${timezone} ${cron}`, { cron, timezone }]));
  return { schedules: [...lines.values()], follows: followsOf(triggers) };
}

function followsOf(triggers: Pipeline['triggers']): Follows | null {
  const trigger = triggers.find(({ kind, name }) => kind === 'github' && name === 'workflow_run');
  if (trigger === undefined) return null;
  const { types, workflows } = trigger;
  return { types: CHAIN_ACTIONS.filter((action) => types === null || types.includes(action)), workflows };
}
