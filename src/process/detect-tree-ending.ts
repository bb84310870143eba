/** Finds out, once at start, how process trees can be ended on this machine. */
import type { ChildTools } from './child.js';
import { NamespaceTree } from './namespace-tree.js';
import type { NamespaceRecipe, TreeEnding } from './process-tree.js';
import { findTool } from './tools.js';

const TOOLS = ['setpriv', 'unshare', 'nsenter', 'setsid', 'env', 'cat'] as const;

/** A trial that takes longer counts as failed. */
const TRIAL_MS = 3_000;

/** Tries namespaces in every form that may work, the best first; process groups are what is left. */
export async function detectTreeEnding(tools: ChildTools): Promise<TreeEnding> {
  for (const recipe of await recipes()) {
    if (await works(recipe, tools)) return { kind: 'namespace', recipe, line: lineOf(recipe) };
  }
  return {
    kind: 'group',
    line: 'process trees end as killed groups (no pid namespaces here): what forks twice into a session of its own survives',
  };
}

function lineOf(recipe: NamespaceRecipe): string {
  const proc = recipe.proc === 'own' ? 'with a /proc of their own' : 'with the /proc of the machine';
  const user = recipe.user.length > 0 ? ', in a user namespace' : '';
  return `process trees end with their pid namespace, ${proc}${user}`;
}

async function recipes(): Promise<readonly NamespaceRecipe[]> {
  const [setpriv, unshare, nsenter, setsid, env, cat] = await Promise.all(TOOLS.map(findTool));
  if (!setpriv || !unshare || !nsenter || !setsid || !env || !cat) return [];
  const found = { setpriv, unshare, nsenter, setsid, env, cat };
  const users =
    process.getuid?.() === 0
      ? [[]]
      : [
          ['--user', '--map-current-user'],
          ['--user', '--map-root-user'],
        ];
  const forms = (['own', 'shared'] as const).flatMap((proc) => users.map((user) => ({ user, proc })));
  return forms.map((form) => ({ ...found, ...form }));
}

/** Everything that we rely on: entering, the working directory, a signal that the command itself takes, its exit code, the end. */
async function works(recipe: NamespaceRecipe, tools: ChildTools): Promise<boolean> {
  let tree: NamespaceTree | null = null;
  try {
    tree = await NamespaceTree.open(recipe, tools);
    return await endsBySignal(tree, tools);
  } catch {
    return false;
  } finally {
    await tree?.end();
  }
}

async function endsBySignal(tree: NamespaceTree, tools: ChildTools): Promise<boolean> {
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
