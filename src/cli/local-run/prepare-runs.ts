/** From what was asked to runs that can start: the pipelines, the event, the plans, or what is wrong with them. */
import { changedInTree } from '../../git/working-tree.js';
import type { Problem } from '../../kernel/errors.js';
import type { RunContexts } from '../../model/run.js';
import { type Pipeline, planRun } from '../../pipeline/index.js';
import type { Desk } from '../desk.js';
import { type ChangedPaths, type Chosen, type ChosenPipeline, named, started } from './choose-pipelines.js';
import { usualEventName } from './chosen-event.js';
import { lackingFor } from './lacking.js';
import { contextsOf, type GivenEvent, type LocalEvent, makeEvent, readGivenEvent } from './local-event.js';
import { withInputs } from './local-inputs.js';
import { filesOfTree, type LocalPipeline, readFiles } from './local-pipelines.js';
import type { OpenHouse, TreePlace } from './open-house.js';
import type { PlannedRun } from './planned-run.js';
import type { RunWords } from './run-words.js';

export type Prepared =
  | {
      readonly kind: 'ready';
      readonly runs: readonly PlannedRun[];
      readonly place: TreePlace;
      /** Warnings. */
      readonly problems: readonly Problem[];
      /** Sentences: what a server would do otherwise, or why nothing starts. */
      readonly notes: readonly string[];
    }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

/** @param files names of pipelines that run whatever their filters say; null: those of the tree that the event starts. Throws a UsageError, Unreadable, or a Fault when git fails. */
export async function prepareRuns(
  { call }: Desk,
  files: readonly string[] | null,
  words: RunWords,
  opened: OpenHouse,
): Promise<Prepared> {
  const given = await readGivenEvent(call, words.event);
  const place = await opened.place;
  const read = await readFiles(call, files ?? (await filesOfTree(call, place.folder)), place.folder);
  if (hasError(read.problems)) return problemsOf(read.problems);
  const asked = { words, given, place, env: call.env };
  const changed = changedBy(opened, place);
  const chosen =
    files === null ? await startedOf(read.pipelines, asked, changed) : await namedOf(read.pipelines, asked, changed);
  const machine = { path: call.env['PATH'] ?? '', tree: place.folder };
  const lacking = await Promise.all(chosen.pipelines.map(({ pipeline, text }) => lackingFor(pipeline, text, machine)));
  if (hasError(lacking.flat())) return { kind: 'problems', problems: lacking.flat() };
  const planned = chosen.pipelines.map((one, at) => planOf(one, words, at + 1));
  const wrong = planned.flatMap((one) => (one.kind === 'problems' ? one.problems : []));
  if (wrong.length > 0) return problemsOf(wrong);
  const runs = planned.flatMap((one) => (one.kind === 'planned' ? [one.run] : []));
  return { kind: 'ready', runs, place, problems: lacking.flat(), notes: chosen.notes };
}

interface Asked {
  readonly words: RunWords;
  readonly given: GivenEvent;
  readonly place: TreePlace;
  readonly env: Desk['call']['env'];
}

function startedOf(pipelines: readonly LocalPipeline[], asked: Asked, changed: ChangedPaths): Promise<Chosen> {
  return started(pipelines, eventOf(nameOf(asked, 'push'), asked), changed);
}

/** Each with the event that is meant by naming it. */
async function namedOf(pipelines: readonly LocalPipeline[], asked: Asked, changed: ChangedPaths): Promise<Chosen> {
  const hasInputs = Object.keys(asked.words.inputs).length > 0;
  const chosen = await Promise.all(
    pipelines.map((one) => {
      const name = nameOf(asked, usualEventName(one.pipeline, hasInputs));
      return named(one, eventOf(name, asked), changed);
    }),
  );
  return { pipelines: chosen.flatMap((one) => one.pipelines), notes: chosen.flatMap((one) => one.notes) };
}

function nameOf({ words, given }: Asked, usual: string): string {
  return words.eventName ?? (given?.kind === 'message' ? given.message.topic : usual);
}

function eventOf(name: string, { words, given, place, env }: Asked): LocalEvent {
  const { actor, repository } = words;
  return makeEvent({ name, given, actor, repository, env, ...place });
}

/** Asked once, whoever wants to know. */
function changedBy(opened: OpenHouse, { folder, tree }: TreePlace): ChangedPaths {
  let asked: Promise<readonly string[]> | null = null;
  const move = { from: tree.before, to: tree.head };
  return () => (asked ??= opened.house.then(({ git }) => changedInTree(folder, move, git)));
}

type Planned =
  | { readonly kind: 'planned'; readonly run: PlannedRun }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

function planOf({ pipeline, path, checkout, event, eventName }: ChosenPipeline, words: RunWords, id: number): Planned {
  const bare = contextsOf(event, { pipeline, eventName, path, runId: id });
  const contexts: RunContexts = {
    ...withInputs(bare, { pipeline, eventName, given: words.inputs, event }),
    vars: words.vars,
  };
  const planned = planRun(pipeline, contexts, { checkout });
  if (planned.kind === 'problems') return planned;
  return { kind: 'planned', run: { id, plan: planned.plan, contexts, ...about(pipeline, eventName, contexts) } };
}

function about({ name, file }: Pipeline, eventName: string, { github }: RunContexts) {
  const { ref } = github;
  return { eventName, ref: typeof ref === 'string' ? ref : '', pipeline: name, file };
}

function hasError(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

/** Warnings of a file are `lint`'s to say. */
function problemsOf(problems: readonly Problem[]): Prepared {
  return { kind: 'problems', problems: problems.filter(({ severity }) => severity === 'error') };
}
