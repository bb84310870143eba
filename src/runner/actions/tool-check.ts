/** `actions/setup-…` without a download: passes when the program that is there, or one in the tool cache, has the wanted version. */
import { posix } from 'node:path';
import type { Session } from '../../executor/executor.js';
import type { Env } from '../job/environment.js';
import { TOOLS, type Tool } from './tools.js';
import { compareVersions, satisfies, versionIn, versionText, type Version } from './versions.js';

const FILE_BYTES = 256 * 1024;
const CACHE_MARK = '--- tool cache';

export interface ToolCheck {
  readonly kind: 'check';
  readonly argv: readonly string[];
  readonly judge: (printed: string) => ToolVerdict;
}

export type ToolVerdict =
  | {
      readonly kind: 'fits';
      readonly lines: readonly string[];
      readonly paths: readonly string[];
      readonly outputs: Env;
    }
  | { readonly kind: 'refused'; readonly reason: string };

export interface RefusedCheck {
  readonly kind: 'refused';
  readonly reason: string;
}

/** Null for an action that is none of them. */
export async function toolCheck(
  action: string,
  inputs: Env,
  session: Session,
): Promise<ToolCheck | RefusedCheck | null> {
  const tool = Object.hasOwn(TOOLS, action) ? TOOLS[action] : undefined;
  if (!tool) return null;
  const wanted = await wantedVersions(tool, inputs, session);
  if (wanted === null) {
    return {
      kind: 'refused',
      reason: `${tool.fileInput} '${inputs[tool.fileInput]}' does not name a version of ${tool.name}`,
    };
  }
  return {
    kind: 'check',
    argv: ['sh', '-c', questionOf(tool), 'check', session.toolCache],
    judge: (printed) => judge(tool, wanted, printed),
  };
}

/** One per line; none = any version will do. Null when the file that should name one does not. */
async function wantedVersions(tool: Tool, inputs: Env, session: Session): Promise<readonly string[] | null> {
  const given = linesOf(inputs[tool.input] ?? '');
  const file = inputs[tool.fileInput] ?? '';
  if (given.length > 0 || file === '') return given;
  const path = posix.resolve(session.workspace, file);
  const text = path.startsWith(`${session.workspace}/`) ? await session.read(path, FILE_BYTES) : null;
  const found = text && tool.versionIn(file, text.toString('utf8'));
  return found ? [found] : null;
}

/** The tool cache has `<program>/<version>/<arch>` with a file `<arch>.complete` beside it. */
function questionOf({ ask, cached }: Tool): string {
  return `${ask}
echo '${CACHE_MARK}'
for file in "$1"/${cached}/*/*.complete; do if [ -e "$file" ]; then printf '%s\\n' "\${file%.complete}"; fi; done`;
}

interface Candidate {
  readonly version: Version;
  /** In the tool cache; null on PATH. */
  readonly folder: string | null;
}

function judge(tool: Tool, wanted: readonly string[], printed: string): ToolVerdict {
  const [said = '', cached = ''] = printed.split(CACHE_MARK);
  const candidates = [...onPath(tool, said), ...inCache(cached)];
  const chosen: Candidate[] = [];
  for (const spec of wanted.length === 0 ? ['*'] : wanted) {
    const range = tool.words(spec.toLowerCase()) ?? spec;
    const fitting = candidates.filter(({ version }) => satisfies(version, range) === true);
    const best = fitting.find(({ folder }) => folder === null) ?? fitting.sort(newestFirst)[0];
    if (!best) return { kind: 'refused', reason: whyNot(tool, spec, candidates) };
    chosen.push(best);
  }
  return fits(tool, chosen);
}

function fits(tool: Tool, chosen: readonly Candidate[]): ToolVerdict {
  const lines = chosen.map(
    ({ version, folder }) => `${tool.name} ${versionText(version)} ${folder ? `in ${folder}` : 'on PATH'}`,
  );
  const paths = chosen.flatMap(({ folder }) => (folder === null ? [] : [`${folder}/bin`]));
  const version = versionText(chosen.at(-1)?.version ?? []);
  return { kind: 'fits', lines, paths, outputs: { [tool.input]: version, version, 'cache-hit': 'false' } };
}

/** A line without a version says that there is no such program. */
function onPath(tool: Tool, said: string): readonly Candidate[] {
  const lines = linesOf(said).filter((line) => !/not found|No such file/i.test(line));
  const versions = lines.map(versionIn).filter((version) => version !== null);
  return (tool.name === 'dotnet' ? versions : versions.slice(0, 1)).map((version) => ({ version, folder: null }));
}

function inCache(cached: string): readonly Candidate[] {
  return linesOf(cached).flatMap((folder) => {
    const version = versionIn(posix.basename(posix.dirname(folder)));
    return version === null ? [] : [{ version, folder }];
  });
}

function whyNot(tool: Tool, spec: string, candidates: readonly Candidate[]): string {
  const there = candidates.map(
    ({ version, folder }) => `${versionText(version)} ${folder === null ? 'on PATH' : 'in the tool cache'}`,
  );
  const found = there.length === 0 ? 'there is none' : `there is ${there.join(', ')}`;
  return `${tool.name} ${spec} is wanted, and ${found}: install it on the machine, since nothing is downloaded here yet`;
}

function newestFirst(a: Candidate, b: Candidate): number {
  return compareVersions(b.version, a.version);
}

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
