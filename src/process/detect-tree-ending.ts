/** Finds out, once at start, how process trees can be ended on this machine. */
import type { ChildTools } from './child.js';
import { ForkedTree } from './forked-tree.js';
import type { TreeForm } from './forker.js';
import type { Forkers } from './forkers.js';
import { GroupTree } from './group-tree.js';
import { NamespaceTree } from './namespace-tree.js';
import type { NamespaceRecipe, ProcessTree, TreeEnding } from './process-tree.js';
import { findTool } from './tools.js';

const TOOLS = ['setpriv', 'unshare', 'nsenter', 'setsid', 'env', 'cat'] as const;

/** A trial that takes longer counts as failed. */
const TRIAL_MS = 3_000;

/** Tries namespaces in every form that may work, the best first; process groups are what is left. */
export async function detectTreeEnding(tools: ChildTools, forkers: Forkers): Promise<TreeEnding> {
  return (await forkedEnding(tools, forkers)) ?? (await enteredEnding(tools)) ?? groupEnding(tools);
}

/** Whatever the machine can do. */
export function groupEnding(tools: ChildTools): TreeEnding {
  return {
    kind: 'group',
    line: 'process trees end as killed groups (no pid namespaces here): what forks twice into a session of its own survives',
    open: async () => new GroupTree(tools),
  };
}

/** Namespaces whose commands a small process of ours forks; null where that does not work. */
async function forkedEnding(tools: ChildTools, forkers: Forkers): Promise<TreeEnding | null> {
  if ((await forkers.get()) === null) return null;
  for (const form of forms()) {
    const open = async () => ForkedTree.open(form, await forkers.alive(), tools);
    if (await works(open, tools)) return { kind: 'namespace', line: lineOf(form), open };
  }
  return null;
}

/** Namespaces that each command enters by the system's own tools; null where that does not work. */
export async function enteredEnding(tools: ChildTools): Promise<TreeEnding | null> {
  for (const { recipe, form } of await recipes()) {
    const open = () => NamespaceTree.open(recipe, tools);
    if (await works(open, tools)) return { kind: 'namespace', line: lineOf(form), open };
  }
  return null;
}

function lineOf(form: TreeForm): string {
  const proc = form.proc === 'own' ? 'with a /proc of their own' : 'with the /proc of the machine';
  const user = form.user === 'none' ? '' : ', in a user namespace';
  return `process trees end with their pid namespace, ${proc}${user}`;
}

function forms(): readonly TreeForm[] {
  const users = process.getuid?.() === 0 ? (['none'] as const) : (['current', 'root'] as const);
  return (['own', 'shared'] as const).flatMap((proc) => users.map((user) => ({ user, proc })));
}

const USER_OPTIONS = { none: [], current: ['--user', '--map-current-user'], root: ['--user', '--map-root-user'] };

async function recipes(): Promise<readonly { readonly recipe: NamespaceRecipe; readonly form: TreeForm }[]> {
  const [setpriv, unshare, nsenter, setsid, env, cat] = await Promise.all(TOOLS.map(findTool));
  if (!setpriv || !unshare || !nsenter || !setsid || !env || !cat) return [];
  const found = { setpriv, unshare, nsenter, setsid, env, cat };
  return forms().map((form) => ({ form, recipe: { ...found, user: USER_OPTIONS[form.user], proc: form.proc } }));
}

/** Everything that we rely on: entering, the working directory, a signal that the command itself takes, its exit code, the end. */
async function works(open: () => Promise<ProcessTree>, tools: ChildTools): Promise<boolean> {
  let tree: ProcessTree | null = null;
  try {
    tree = await open();
    return await endsBySignal(tree, tools);
  } catch {
    return false;
  } finally {
    await tree?.end();
  }
}

async function endsBySignal(tree: ProcessTree, tools: ChildTools): Promise<boolean> {
  const script = 'trap "exit 42" INT; test "$(pwd)" = /proc && echo ready; sleep 100 & wait';
  const command = { argv: ['/bin/sh', '-c', script], cwd: '/proc', env: { PATH: '/usr/bin:/bin' } };
  const trial = await tree.start(command, () => trial.signal('SIGINT'));
  // What the script leaves in the background holds its output open.
  void trial.ended.then(() => tree.end());
  const late = new AbortController();
  const exit = await Promise.race([trial.exit, tools.clock.sleep(TRIAL_MS, late.signal).then(() => null)]);
  late.abort();
  return exit?.code === 42;
}
