/** Expressions held against the place where they stand: syntax, contexts, functions. */
import { ExpressionSyntaxError } from '../expression/expression-error.js';
import { FUNCTIONS, STATUS_FUNCTIONS } from '../expression/names.js';
import type { ParsedExpression } from '../expression/parse.js';
import { hasExpression, type Piece, piecesOf, wholeExpression } from '../expression/template.js';
import { callsOf, readsOf } from '../expression/walk.js';
import type { ScalarNode } from './node.js';
import { allowedContexts } from './places.js';
import type { Names } from './shape.js';
import type { ProblemList } from './problem-list.js';
import type { Reading } from './reading.js';

/** Checks every `${{ }}` of a text. Throws a LimitReached. */
export function checkTemplate(node: ScalarNode, names: Names, reading: Reading): void {
  const { problems } = reading;
  const text = String(node.value ?? '');
  for (const piece of piecesAt(node, text, problems)) {
    if (piece.kind === 'text') continue;
    if (names.contexts.length === 0) {
      problems.error(
        node.spotAt(piece.offset - 3),
        'expression-not-allowed',
        'an expression cannot be evaluated here: write the value itself',
      );
      continue;
    }
    checkExpression(node, piece, names, reading);
  }
}

/** Checks an `if`, in which `${{ }}` may be left out. Throws a LimitReached. */
export function checkCondition(node: ScalarNode, names: Names, reading: Reading): void {
  const { problems } = reading;
  const text = String(node.value ?? '');
  if (text.trim() === '') return;
  if (!hasExpression(text)) return checkExpression(node, { text, offset: 0 }, names, reading);
  checkTemplate(node, names, reading);
  const pieces = piecesAt(node, text, problems);
  if (pieces.length > 0 && wholeOrNull(text) === null) {
    problems.warning(
      node.spot,
      'always-true',
      'text around ${{ }} makes this `if` always true: put all of it into one expression',
    );
  }
}

function wholeOrNull(text: string): string | null {
  try {
    return wholeExpression(text);
  } catch {
    return null;
  }
}

function piecesAt(node: ScalarNode, text: string, problems: ProblemList): readonly Piece[] {
  try {
    return piecesOf(text);
  } catch (thrown) {
    report(thrown, node, 0, problems);
    return [];
  }
}

function checkExpression(
  node: ScalarNode,
  { text, offset: start }: Omit<Piece, 'kind'>,
  names: Names,
  reading: Reading,
): void {
  const { problems } = reading;
  try {
    const parsed = reading.expression(text, () => node.spotAt(start));
    checkNames(parsed, names, (offset, code, message) => problems.error(node.spotAt(start + offset), code, message));
  } catch (thrown) {
    report(thrown, node, start, problems);
  }
}

function report(thrown: unknown, node: ScalarNode, start: number, problems: ProblemList): void {
  if (!(thrown instanceof ExpressionSyntaxError)) throw thrown;
  problems.error(node.spotAt(start + thrown.offset), thrown.code, thrown.message);
}

type ReportAt = (offset: number, code: string, message: string) => void;

function checkNames(parsed: ParsedExpression, names: Names, reportAt: ReportAt): void {
  const allowed = allowedContexts(names);
  for (const read of readsOf(parsed.tree)) {
    const context = read.path[0] ?? '';
    if (allowed.includes(context)) continue;
    const hint =
      context === 'secrets' && isCondition(names) ? ' (put the secret into `env`, and ask for that in a step)' : '';
    const message = `the context \`${context}\` is not known here; allowed: ${names.contexts.join(', ')}${hint}`;
    reportAt(parsed.offsetOf(read.token), 'context-not-allowed', message);
  }
  for (const call of callsOf(parsed.tree)) {
    const name = call.functionName.lexeme;
    const at = parsed.offsetOf(call.functionName);
    if (!isAllowed(name.toLowerCase(), names)) reportAt(at, 'function-not-allowed', `${name}() may not be used here`);
    else if (call.args.length > 0 && !takesIds(name.toLowerCase(), names)) {
      reportAt(at, 'too-many-arguments', `${name}() takes no argument in a step`);
    }
  }
}

/** An `if`: status functions stand nowhere else. */
function isCondition({ functions }: Names): boolean {
  return STATUS_FUNCTIONS.some((name) => functions.includes(name));
}

function isAllowed(name: string, names: Names): boolean {
  return FUNCTIONS.has(name) || names.functions.includes(name);
}

/** Only a job's `success` and `failure` take ids; the place of a step is known by its `steps`. */
function takesIds(name: string, names: Names): boolean {
  return !['success', 'failure'].includes(name) || !names.contexts.includes('steps');
}
