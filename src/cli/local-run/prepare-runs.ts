/** From what was asked to runs that can start: the pipelines, the event, the plans, or what is wrong with them. */
import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { changedInTree, readTreeFacts, type TreeFacts } from '../../git/working-tree.js';
import type { Problem } from '../../kernel/errors.js';
import type { RunContexts } from '../../model/run.js';
import { matchTrigger, type Pipeline, planRun, type TriggerEvent, type TriggerMatch } from '../../pipeline/index.js';
import type { Desk } from '../desk.js';
import { findRepository } from '../local/repository.js';
import { UsageError } from '../verb.js';
import { eventNameFor, usualEventName } from './chosen-event.js';
import { lackingFor } from './lacking.js';
import { contextsOf, type LocalEvent, makeEvent, readGivenEvent } from './local-event.js';
import type { LocalHouse } from './local-house.js';
import { withInputs } from './local-inputs.js';
import { filesOfTree, type LocalPipeline, readFiles, treeOfFile } from './local-pipelines.js';
import type { PlannedRun } from './planned-run.js';
import type { RunWords } from './run-words.js';

export type Prepared =
  /** `notes` are sentences about what a server would do otherwise. */
  | {
      readonly kind: 'ready';
      readonly runs: readonly PlannedRun[];
      readonly place: TreePlace;
      readonly problems: readonly Problem[];
      readonly notes: readonly string[];
    }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

export interface TreePlace {
  /** Absolute and real. */
  readonly folder: string;
  readonly tree: TreeFacts;
}

/** Throws a UsageError, Unreadable, or a Fault when git fails. `opening` may still be on its way while files are read. */
export async function prepareRuns({ call }: Desk, words: RunWords, opening: Promise<LocalHouse>): Promise<Prepared> {
  const folder = await treeFolder(call.cwd, words, () => treeOfFile(call, words.file ?? ''));
  const given = await readGivenEvent(call, words.event);
  const files = words.file === undefined ? await filesOfTree(call, folder) : [words.file];
  const { pipelines, problems } = await readFiles(call, files, folder);
  if (hasError(problems)) return { kind: 'problems', problems: errorsOf(problems) };
  const { git } = await opening;
  const tree = await readTreeFacts(folder, git);
  const usual = usualEventName(pipelines[0]?.pipeline as Pipeline, Object.keys(words.inputs).length > 0);
  const name =
    words.eventName ?? (given?.kind === 'message' ? given.message.topic : words.file === undefined ? 'push' : usual);
  const event = makeEvent({ ...words, name, given, tree, folder, env: call.env });
  const asking = { event, changed: () => changedInTree(folder, { from: tree.before, to: tree.head }, git) };
  const chosen = words.file === undefined ? await started(pipelines, asking) : await named(pipelines, asking);
  const lacking = (
    await Promise.all(
      chosen.pipelines.map(({ pipeline, text }) =>
        lackingFor(pipeline, text, { path: call.env['PATH'] ?? '', tree: folder }),
      ),
    )
  ).flat();
  if (hasError(lacking)) return { kind: 'problems', problems: lacking };
  const planned = chosen.pipelines.map((one, at) => planOf(one, { event, words, id: at + 1 }));
  const wrong = planned.flatMap((one) => (one.kind === 'problems' ? one.problems : []));
  if (wrong.length > 0) return { kind: 'problems', problems: wrong };
  const runs = planned.flatMap((one) => (one.kind === 'planned' ? [one.run] : []));
  return { kind: 'ready', runs, place: { folder, tree }, problems: lacking, notes: chosen.notes };
}

/** `--workspace`, else the folder of the file, else the repository. Throws a UsageError. */
export async function treeFolder(
  cwd: string,
  { workspace, file }: Pick<RunWords, 'workspace' | 'file'>,
  ofFile: () => Promise<string>,
): Promise<string> {
  const named = workspace === undefined ? null : resolve(cwd, workspace);
  const folder = named ?? (file === undefined ? await findRepository(cwd) : await ofFile());
  if (folder === null) throw new UsageError('this is no git repository: name a pipeline, or --workspace DIR');
  const found = await stat(folder).catch(() => null);
  if (!found?.isDirectory()) throw new UsageError(`--workspace: ${workspace ?? folder} is no folder`);
  return realpath(folder);
}

interface Asking {
  readonly event: LocalEvent;
  /** Paths that a push of HEAD changes. */
  readonly changed: () => Promise<readonly string[]>;
}

interface Chosen {
  readonly pipelines: readonly (LocalPipeline & { readonly eventName: string })[];
  readonly notes: readonly string[];
}

/** A pipeline that is named runs, whatever its filters say; but it is said when a server would not start it. */
async function named([one]: readonly LocalPipeline[], asking: Asking): Promise<Chosen> {
  if (one === undefined) return { pipelines: [], notes: [] };
  const eventName = eventNameFor(one.pipeline, asking.event);
  const answer = isOwn(asking.event) || eventName === 'workflow_call' ? null : await ask(one, asking);
  const notes =
    answer?.kind === 'no' && asking.event.payload === null
      ? [`a server would not start it for this: ${answer.reason}`]
      : [];
  return { pipelines: [{ ...one, eventName }], notes };
}

/** Those that the event starts; when there are none, why not. */
async function started(pipelines: readonly LocalPipeline[], asking: Asking): Promise<Chosen> {
  const found: (LocalPipeline & { readonly eventName: string })[] = [];
  const notes: string[] = [];
  for (const one of pipelines) {
    const answer = await ask(one, asking);
    if (answer.kind === 'match') found.push({ ...one, eventName: answer.eventName });
    else
      notes.push(
        `${one.pipeline.file} does not start: ${answer.kind === 'no' ? answer.reason : `it needs ${answer.what}`}`,
      );
  }
  return { pipelines: found, notes: found.length === 0 ? notes : [] };
}

async function ask(one: LocalPipeline, { event, changed }: Asking): Promise<TriggerMatch> {
  const { facts, tree, name } = event;
  if (isOwn(event)) return ownAnswer(one.pipeline, name);
  const { topic, kind, action, ref, pullRequest, actor } = facts;
  const contexts = contextsOf(event, { pipeline: one.pipeline, eventName: name, path: one.path, runId: 1 });
  const asked: TriggerEvent = {
    ...{ topic, kind, action, ref, actor, contexts, changedPaths: null },
    ...{ targetBranch: pullRequest?.targetBranch ?? null, headMessage: tree.message },
  };
  const answer = matchTrigger(one.pipeline, asked);
  return answer.kind === 'needs' ? matchTrigger(one.pipeline, { ...asked, changedPaths: await changed() }) : answer;
}

/** What no message of the forge tells: the file must name it, and which of its lines or types is meant is made up to fit. */
function ownAnswer(pipeline: Pipeline, name: string): TriggerMatch {
  const isThere =
    name === 'workflow_call' ? pipeline.callable !== null : pipeline.triggers.some((one) => one.name === name);
  const reason = isThere ? `on names ${name}` : `on does not name ${name}`;
  return isThere ? { kind: 'match', eventName: name, action: null, reason } : { kind: 'no', reason };
}

function isOwn({ name }: LocalEvent): boolean {
  return ['schedule', 'workflow_dispatch', 'repository_dispatch', 'workflow_run', 'workflow_call'].includes(name);
}

interface PlanParts {
  readonly event: LocalEvent;
  readonly words: RunWords;
  readonly id: number;
}

type Planned =
  | { readonly kind: 'planned'; readonly run: PlannedRun }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

function planOf(
  { pipeline, path, checkout, eventName }: LocalPipeline & { readonly eventName: string },
  { event, words, id }: PlanParts,
): Planned {
  const bare = contextsOf(event, { pipeline, eventName, path, runId: id });
  const typed = withInputs(pipeline, eventName, bare, words.inputs, event.payload !== null);
  const contexts: RunContexts = { ...typed, vars: words.vars };
  const planned = planRun(pipeline, contexts, { checkout });
  if (planned.kind === 'problems') return planned;
  const about = { eventName, ref: String(contexts.github['ref'] ?? ''), pipeline: pipeline.name, file: pipeline.file };
  return { kind: 'planned', run: { id, plan: planned.plan, contexts, ...about } };
}

function hasError(problems: readonly Problem[]): boolean {
  return errorsOf(problems).length > 0;
}

function errorsOf(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(({ severity }) => severity === 'error');
}
