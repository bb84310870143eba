/** Makes an annotation of what a log command, or a problem matcher, found. Pure. */
import { posix } from 'node:path';
import type { Annotation } from '../../model/annotation.js';

/** Characters of each text; annotations are shown beside the log, they do not replace it. */
const MOST_MESSAGE = 4_000;
const MOST_TITLE = 250;
const MOST_PATH = 1_000;

/** As they were found: anything may be missing or no number. */
export interface FoundIssue {
  readonly level: Annotation['level'];
  readonly message: string;
  readonly title?: string;
  readonly file?: string;
  readonly line?: string;
  readonly endLine?: string;
  readonly column?: string;
  readonly endColumn?: string;
}

/** @param mask hides what must not be seen; a text is masked before it is cut. */
export function annotationOf(found: FoundIssue, workspace: string, mask: (text: string) => string): Annotation {
  return {
    level: found.level,
    message: cut(mask(found.message), MOST_MESSAGE),
    title: found.title ? cut(mask(found.title), MOST_TITLE) : null,
    file: found.file ? cut(mask(inProject(found.file, workspace)), MOST_PATH) : null,
    line: numberOf(found.line),
    endLine: numberOf(found.endLine),
    column: numberOf(found.column),
    endColumn: numberOf(found.endColumn),
  };
}

/** A path in the workspace is shown as the project names it. */
function inProject(path: string, workspace: string): string {
  const plain = posix.normalize(path.trim());
  return plain.startsWith(`${workspace}/`) ? plain.slice(workspace.length + 1) : plain;
}

function numberOf(text: string | undefined): number | null {
  const trimmed = text?.trim() ?? '';
  return /^[1-9]\d{0,8}$/.test(trimmed) ? Number(trimmed) : null;
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : Buffer.from(`${text.slice(0, most - 1)}…`).toString();
}
