/** The `on` of a document as triggers. */
import { type FilterKey, isTopicName } from '../trigger/github-events.js';
import { Pattern } from '../trigger/pattern.js';
import { entryOf, itemsOf, type Node } from './node.js';
import { conditionAt, scalarText, textAt, textsAt } from './node-values.js';
import type { Trigger, TriggerFilter } from './pipeline.js';

export const FILTER_KEYS: readonly FilterKey[] = [
  'branches',
  'branches-ignore',
  'tags',
  'tags-ignore',
  'paths',
  'paths-ignore',
];

export function buildTriggers(on: Node | null): readonly Trigger[] {
  if (on?.kind === 'map') return on.entries.map(({ key, value }) => buildTrigger(key, value));
  const names = on?.kind === 'list' ? itemsOf(on).map(scalarText) : [scalarText(on)];
  return names.filter((name) => name !== null).map((name) => buildTrigger(name, null));
}

function buildTrigger(name: string, node: Node | null): Trigger {
  const isTopic = isTopicName(name);
  return {
    kind: isTopic ? 'topic' : 'github',
    name,
    topic: isTopic ? new Pattern(name) : null,
    types: listOrNull(node, 'types'),
    filters: FILTER_KEYS.map((key) => ({ key, patterns: textsAt(node, key).map((text) => new Pattern(text)) })).filter(
      hasPatterns,
    ),
    users: listOrNull(node, 'users'),
    workflows: listOrNull(node, 'workflows'),
    schedules: itemsOf(node).flatMap((item) => textAt(item, 'cron')?.trim().replace(/\s+/g, ' ') ?? []),
    if: node === null ? null : conditionAt(node),
  };
}

function listOrNull(node: Node | null, key: string): readonly string[] | null {
  return entryOf(node, key) === null ? null : textsAt(node, key);
}

function hasPatterns(filter: TriggerFilter): boolean {
  return filter.patterns.length > 0;
}
