/** The page behind a flag's url: one line of HTML that says a run's state, without script, style or link. */
import type { Project } from '../model/project.js';
import type { Run } from '../model/run.js';

/** Everything is refused: nothing in such a page could load or send anything. */
export const LINE_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

const LONGEST = 300;

/** Pure. What came from outside is cut, escaped and isolated from the direction of the text around it. */
export function runLine(project: Project, run: Run): string {
  const { ref, commit } = run.resolved;
  const at = commit === null ? '' : ` (${text(commit.slice(0, 10))})`;
  const why = run.reason === null ? '' : `: ${text(run.reason)}`;
  const where = `${text(project.fullname)}: ${text(run.pipelineName)} #${run.number} on ${text(shortRef(ref))}${at}`;
  return page(`${where}: <strong>${text(run.result ?? run.state)}</strong>${why}`);
}

/** Pure. The same for a run that is not there and for one that is not public. */
export function noRunLine(): string {
  return page(
    'There is no run here that everybody may see. With an API token, ask <code>/api/v1/runs/…</code> for it ' +
      '(<code>Authorization: Bearer pa_…</code>).',
  );
}

function page(line: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>pagure-actions</title><p>${line}</p></html>\n`;
}

function shortRef(ref: string): string {
  return ref.replace(/^refs\/(?:heads|tags)\//, '');
}

function text(value: string): string {
  const line = value.replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, ' ');
  return `<bdi>${escapeHtml(line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line)}</bdi>`;
}

function escapeHtml(value: string): string {
  return value.replace(/[&<>"'`]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
