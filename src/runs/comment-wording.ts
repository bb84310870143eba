/** How runs and words from outside are written in a comment: pure. */
import { oneLine } from '../kernel/one-line.js';
import type { Run } from '../model/run.js';
import { runUrl } from './wanted-flag.js';

/** Text from outside as code: no markup of it counts, and nobody is called by it. */
export function code(text: string, most = 100): string {
  return `\`${oneLine(text, most).replaceAll('`', "'")}\``;
}

/** `[CI #12](https://…/runs/40)`. */
export function linkTo(run: Pick<Run, 'id' | 'number' | 'pipelineName'>, publicUrl: string): string {
  return `${code(run.pipelineName, 60)} [#${run.number}](${runUrl(publicUrl, run.id)})`;
}

/** Lines of a log, so that none of them is read as markup. */
export function block(lines: readonly string[]): string {
  return lines.map((line) => `    ${oneLine(line.replaceAll('\t', '  '), 200)}`).join('\n');
}

export function listOf(items: readonly string[], most = 20): string {
  const shown = items.slice(0, most);
  const more = items.length > shown.length ? [`… and ${items.length - shown.length} more`] : [];
  return [...shown, ...more].map((item) => `- ${item}`).join('\n');
}
