/** Checks of declared inputs and schedules: defaults of the right type, choices with options, dates that come. */
import { hasExpression } from '../expression/template.js';
import { cronFault, neverComes } from '../trigger/cron.js';
import { entriesOf, entryOf, itemsOf, type MapEntry, type Node } from './node.js';
import { jsonOf, scalarText, textsAt } from './node-values.js';
import { MOST_PROBLEMS, type ProblemList } from './problem-list.js';

export function checkInputsAndSchedules(on: Node, problems: ProblemList): void {
  for (const entry of entriesOf(entryOf(entryOf(on, 'workflow_dispatch'), 'inputs'))) {
    checkDefault(entry, problems);
    checkChoice(entry, problems);
  }
  for (const entry of entriesOf(entryOf(entryOf(on, 'workflow_call'), 'inputs'))) {
    checkDefault(entry, problems);
    if (entryOf(entry.value, 'type') === null) {
      problems.warning(
        entry.keyNode.spot,
        'no-type',
        `the input \`${entry.key}\` has no \`type\`: it is taken as a string`,
      );
    }
  }
  const zones = new Zones();
  for (const item of itemsOf(entryOf(on, 'schedule'))) checkSchedule(item, zones, problems);
}

function checkDefault({ key, value }: MapEntry, problems: ProblemList): void {
  const node = entryOf(value, 'default');
  const type = scalarText(entryOf(value, 'type')) ?? 'string';
  const given = jsonOf(node);
  if (node === null || given === null || (typeof given === 'string' && hasExpression(given))) return;
  if ((type === 'boolean' || type === 'number') && typeof given !== type) {
    problems.error(node.spot, 'bad-default', `the default of \`${key}\` must be a ${type}`);
  }
  const options = textsAt(value, 'options');
  if (type === 'choice' && !options.includes(scalarText(node) ?? '')) {
    problems.error(
      node.spot,
      'bad-default',
      `the default of \`${key}\` must be one of its options: ${options.join(', ')}`,
    );
  }
}

function checkChoice({ key, keyNode, value }: MapEntry, problems: ProblemList): void {
  if (scalarText(entryOf(value, 'type')) !== 'choice' || itemsOf(entryOf(value, 'options')).length > 0) return;
  problems.error(keyNode.spot, 'no-options', `the input \`${key}\` is a choice and needs \`options\``);
}

function checkSchedule(item: Node, zones: Zones, problems: ProblemList): void {
  const cron = entryOf(item, 'cron');
  const text = scalarText(cron) ?? '';
  const fault = text === '' ? null : cronFault(text);
  if (cron && fault)
    problems.error(cron.spot, 'bad-cron', `the schedule \`${text.slice(0, 60)}\` is malformed: ${fault}`);
  else if (cron && text !== '' && neverComes(text))
    problems.warning(cron.spot, 'never-comes', `the date of \`${text}\` never comes`);
  const zone = entryOf(item, 'timezone');
  if (zone && !zones.has(scalarText(zone) ?? '')) {
    problems.error(
      zone.spot,
      'bad-timezone',
      `\`${scalarText(zone)?.slice(0, 60) ?? ''}\` is no time zone: write one such as Europe/Berlin`,
    );
  }
}

/** Time zones by name, each looked up once, since that is slow; behind so many wrong ones all others count as wrong. */
class Zones {
  private readonly known = new Map<string, boolean>();
  private wrong = 0;

  has(name: string): boolean {
    const known = this.known.get(name) ?? (this.wrong < MOST_PROBLEMS && isTimezone(name));
    this.known.set(name, known);
    if (!known) this.wrong += 1;
    return known;
  }
}

function isTimezone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
