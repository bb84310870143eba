/** Checks of `on`: known events, well-formed filters. */
import { GITHUB_EVENTS, isTopicName } from '../trigger/github-events.js';
import { compilePattern, PatternError } from '../trigger/pattern.js';
import { FILTER_KEYS } from './build-triggers.js';
import { entryOf, itemsOf, type Node, type ScalarNode } from './node.js';
import { scalarText } from './node-values.js';
import type { ProblemList } from './problem-list.js';

export function checkTriggers(on: Node | null, problems: ProblemList): void {
  if (on === null) return;
  if (on.kind === 'map') {
    if (on.entries.length === 0) problems.error(on.spot, 'no-trigger', '`on` names nothing that starts the pipeline');
    for (const { key, keyNode, value } of on.entries) {
      checkName(key, keyNode, problems);
      checkTypes(key, value, problems);
      checkFilters(value, problems);
    }
    return;
  }
  if (on.kind === 'list' && on.items.length === 0)
    problems.error(on.spot, 'no-trigger', '`on` names nothing that starts the pipeline');
  for (const node of on.kind === 'list' ? itemsOf(on) : [on]) {
    const name = scalarText(node);
    if (node.kind === 'scalar' && name) checkName(name, node, problems);
  }
}

function checkName(name: string, node: ScalarNode, problems: ProblemList): void {
  if (isTopicName(name)) return checkTopic(name, node, problems);
  const event = GITHUB_EVENTS.get(name);
  if (!event) {
    const hint = problems.didYouMean(name, GITHUB_EVENTS.keys());
    problems.error(
      node.spot,
      'unknown-event',
      `\`${name.slice(0, 60)}\` is no event of GitHub${hint} (a topic of the forge has a dot: \`git.receive\`)`,
    );
  } else if (event.starts === 'never') {
    problems.warning(node.spot, 'never-starts', `\`${name}\` never starts here: the forge has no such event`);
  }
}

/** Types that GitHub has and the forge never tells. */
function checkTypes(name: string, trigger: Node, problems: ProblemList): void {
  const { types, told } = GITHUB_EVENTS.get(name) ?? { types: [], told: null };
  if (told === null) return;
  const named = entryOf(trigger, 'types');
  for (const node of named?.kind === 'list' ? itemsOf(named) : named === null ? [] : [named]) {
    const type = scalarText(node) ?? '';
    if (types.includes(type) && !told.includes(type))
      problems.warning(
        node.spot,
        'never-starts',
        `\`${type}\` never starts anything here: the forge does not tell of it`,
      );
  }
}

function checkTopic(name: string, node: ScalarNode, problems: ProblemList): void {
  const fault = patternFault(name) ?? (name.startsWith('!') ? 'a topic cannot be negated' : null);
  if (fault) problems.error(node.spot, 'bad-pattern', `\`${name.slice(0, 60)}\`: ${fault}`);
}

function checkFilters(trigger: Node, problems: ProblemList): void {
  for (const key of FILTER_KEYS) checkFilter(entryOf(trigger, key), problems);
  for (const key of ['branches', 'tags', 'paths']) {
    const both = entryOf(trigger, key) && entryOf(trigger, `${key}-ignore`);
    if (both)
      problems.error(
        both.spot,
        'both-filters',
        `\`${key}\` and \`${key}-ignore\` together: write one list with ! patterns`,
      );
  }
}

function checkFilter(filter: Node | null, problems: ProblemList): void {
  if (filter === null) return;
  const patterns = (filter.kind === 'list' ? filter.items : [filter]).filter((node) => node.kind === 'scalar');
  for (const node of patterns) {
    const fault = patternFault(scalarText(node) ?? '');
    if (fault)
      problems.error(
        node.spot,
        'bad-pattern',
        `the pattern \`${scalarText(node)?.slice(0, 60) ?? ''}\` is malformed: ${fault}`,
      );
  }
  if (filter.kind === 'list' && filter.items.length === 0) {
    problems.error(filter.spot, 'no-pattern', 'an empty list matches nothing: leave the filter out');
  } else if (patterns.length > 0 && patterns.every((node) => scalarText(node)?.startsWith('!'))) {
    problems.error(filter.spot, 'only-negative', 'only ! patterns match nothing: put a pattern such as ** before them');
  }
}

function patternFault(pattern: string): string | null {
  try {
    compilePattern(pattern);
    return null;
  } catch (thrown) {
    if (thrown instanceof PatternError) return thrown.message;
    throw thrown;
  }
}
