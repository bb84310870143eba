/** Which trigger of a pipeline a local run stands for. */
import { nearestWord } from '../../kernel/suggest.js';
import { compilePattern, patternMatches, type Pipeline, startedNames, type Trigger } from '../../pipeline/index.js';
import { UsageError } from '../verb.js';
import type { LocalEvent } from './local-event.js';

/** What somebody means who names a file and no event: a push when the file knows one, else the first that it names. */
export function usualEventName(pipeline: Pipeline, hasInputs: boolean): string {
  const names = pipeline.triggers.map(({ name }) => name);
  const byHand = ['workflow_dispatch', 'workflow_call'].find((name) => isNamed(pipeline, name));
  if (hasInputs && byHand !== undefined) return byHand;
  return names.includes('push') ? 'push' : (names.find((name) => !/[*?[]/.test(name)) ?? byHand ?? 'push');
}

/** GitHub's name or the topic under which the event starts the pipeline, whatever its filters say. Throws a UsageError when `on` has none. */
export function eventNameFor(pipeline: Pipeline, event: LocalEvent): string {
  const { name, facts } = event;
  if (isNamed(pipeline, name)) return name;
  // Who asks by a topic means the trigger that names it, before one of GitHub's names for the same.
  const about = pipeline.triggers.filter((one) => isAbout(one, event));
  const trigger = about.find(({ kind }) => kind === 'topic') ?? about[0];
  if (trigger !== undefined) return trigger.kind === 'topic' ? facts.topic : trigger.name;
  const known = pipeline.triggers.map((one) => one.name);
  const near = nearestWord(name, known);
  const hint = near === null ? `it starts on ${known.join(', ') || 'nothing'}` : `did you mean ${near}?`;
  throw new UsageError(`${pipeline.file} does not start on ${name}: ${hint}`);
}

/** `workflow_call` is no trigger of the list: nothing but a call starts it. */
function isNamed(pipeline: Pipeline, name: string): boolean {
  if (name === 'workflow_call') return pipeline.callable !== null;
  return pipeline.triggers.some((one) => one.kind === 'github' && one.name === name);
}

function isAbout({ kind, name }: Trigger, { facts }: LocalEvent): boolean {
  if (kind === 'topic') return patternMatches(compilePattern(name), facts.topic);
  return facts.topic.includes('.') && startedNames(facts.kind, facts.action).includes(name);
}
