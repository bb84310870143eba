/** Finds the action of a `./path` step in the workspace, when the step runs: through the executor, since a stranger may own it by then. */
import { posix } from 'node:path';
import type { Session } from '../../executor/executor.js';
import { readAction, type Action } from '../../pipeline/index.js';

const LIMIT_BYTES = 512 * 1024;
const FILES = ['action.yml', 'action.yaml'];

export type FoundAction =
  | { readonly kind: 'action'; readonly action: Action; readonly folder: string }
  | { readonly kind: 'refused'; readonly reason: string };

export async function findAction(uses: string, session: Session): Promise<FoundAction> {
  const folder = posix.resolve(session.workspace, uses);
  if (folder !== session.workspace && !folder.startsWith(`${session.workspace}/`)) {
    return { kind: 'refused', reason: `the action '${uses}' does not lie in the workspace` };
  }
  for (const name of FILES) {
    const text = await session.read(`${folder}/${name}`, LIMIT_BYTES + 1);
    if (text !== null) return actionOf(text, folder, `${uses.replace(/\/+$/, '')}/${name}`);
  }
  return { kind: 'refused', reason: await whyNone(uses, folder, session) };
}

function actionOf(text: Buffer, folder: string, file: string): FoundAction {
  const { action, problems } = readAction(text, file);
  if (action !== null) return { kind: 'action', action, folder };
  const said = problems.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`);
  return { kind: 'refused', reason: said.slice(0, 5).join('; ') || `${file} cannot be read` };
}

async function whyNone(uses: string, folder: string, session: Session): Promise<string> {
  if ((await session.read(`${folder}/Dockerfile`, 1)) !== null) return noDocker(uses);
  return `there is no action.yml in '${uses}' (has the repository been checked out?)`;
}

export function noDocker(uses: string): string {
  return `the action '${uses}' runs in docker, and no container executor is configured`;
}
