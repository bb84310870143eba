/** The script of a step with its expressions replaced, so that text from outside never becomes code (LANGUAGE.md, "Untrusted text"). */
import { Budget } from '../expression/budget.js';
import { evaluateExpression, type Surroundings } from '../expression/evaluate.js';
import { parseExpression } from '../expression/parse.js';
import { piecesOf } from '../expression/template.js';
import { treeReadsOutside } from './origins.js';
import { containsOutside, isHarmless, outsideTexts } from './outside.js';
import { scanShell, type ScriptItem } from './shell-scanner.js';
import type { Sources } from './trusted-value.js';

/** `bash` and `sh` can quote a variable; in any other program's script outside text is refused. */
export type ScriptShell = 'bash' | 'sh' | 'other';

/** `env` holds the variables that the script names: set them for the step, above all others. */
export type RenderedScript =
  | { readonly kind: 'script'; readonly script: string; readonly env: Readonly<Record<string, string>> }
  | { readonly kind: 'refused'; readonly reason: string };

/** What the operating system takes as one variable, with a margin. */
const MAX_VARIABLE = 100_000;
const PREFIX = 'UNTRUSTED_TEXT_';

interface Hole {
  readonly source: string;
  readonly value: string;
  /** Of its text in the script. */
  readonly offset: number;
}

/** What a script is rendered with: `sources` tells through which names outside text may come. */
export interface ScriptPlace {
  readonly shell: ScriptShell;
  readonly surroundings: Surroundings;
  readonly sources: Sources;
}

/** Throws an ExpressionError. */
export function renderText(run: string, place: ScriptPlace): RenderedScript {
  const holes: Hole[] = [];
  const items = fill(run, place, holes);
  if (holes.length === 0) return { kind: 'script', script: items.join(''), env: {} };
  if (place.shell === 'other')
    return refused(run, holes[0] as Hole, 'only bash and sh scripts can take it as a variable');
  return placed(run, items, holes);
}

/** Harmless values are pasted, outside text stays a hole. */
function fill(run: string, place: ScriptPlace, holes: Hole[]): readonly ScriptItem[] {
  const budget = new Budget();
  let texts: ReadonlySet<string> | null = null;
  return piecesOf(run).flatMap((piece): ScriptItem[] => {
    if (piece.kind === 'text') return Array.from(piece.text);
    const parsed = parseExpression(piece.text);
    const value = budget.spend(evaluateExpression(parsed, place.surroundings, budget).coerceString());
    if (isHarmless(value)) return Array.from(value);
    texts ??= outsideTexts(place.sources.contexts);
    if (!treeReadsOutside(parsed.tree, place.sources.origins) && !containsOutside(value, texts))
      return Array.from(value);
    holes.push({ source: piece.text.trim(), value, offset: piece.offset });
    return [holes.length - 1];
  });
}

function placed(run: string, items: readonly ScriptItem[], holes: readonly Hole[]): RenderedScript {
  const scanned = scanShell(items);
  const quoted: string[] = [];
  for (const [index, hole] of holes.entries()) {
    const place = scanned.places.get(index);
    if (place?.kind !== 'variable') return refused(run, hole, place?.why ?? 'its place in the script is not clear');
    const fault = valueFault(hole.value, scanned.namesCommandFile);
    if (fault) return refused(run, hole, fault);
    quoted.push(place.quote(`${PREFIX}${index + 1}`));
  }
  const script = items.map((item) => (typeof item === 'number' ? quoted[item] : item)).join('');
  return {
    kind: 'script',
    script,
    env: Object.fromEntries(holes.map((hole, index) => [`${PREFIX}${index + 1}`, hole.value])),
  };
}

function valueFault(value: string, intoCommandFile: boolean): string | null {
  if (value.includes('\0')) return 'it holds a NUL character';
  if (value.length > MAX_VARIABLE) return `it is longer than ${MAX_VARIABLE} characters`;
  return intoCommandFile && /[\r\n]/.test(value)
    ? 'it has several lines, which would become entries of the command file'
    : null;
}

function refused(run: string, hole: Hole, why: string): RenderedScript {
  const line = run.slice(0, hole.offset).split('\n').length;
  const expression = `\${{ ${hole.source.slice(0, 100)} }}`;
  const advice = `give the step \`env: {TEXT: "${expression}"}\` and write "$TEXT" in the script`;
  return {
    kind: 'refused',
    reason: `line ${line} of the script: ${expression} holds text from outside, and ${why}; ${advice}`,
  };
}
