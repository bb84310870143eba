/** `runs approval` and `runs approve`: what a held run changes, and the approval of one commit. */
import type { ApprovalAnswer } from './api/answers.js';
import type { AskOptions, Desk } from './desk.js';
import { jsonLine, plainText } from './screen/plain-text.js';
import type { Screen } from './screen/screen.js';

export async function showApproval(desk: Desk, id: number, options: AskOptions): Promise<void> {
  const { screen } = desk;
  const { api } = await desk.connect(options);
  const approval = await api.approval(id);
  if (options.json) return screen.line(jsonLine(approval));
  screen.line(plainText(approval.reason ?? 'waits for nothing'));
  for (const line of changesOf(approval, screen)) screen.line(line);
  if (approval.head !== null && approval.line !== null)
    screen.line(screen.paint.faint(`To approve: pagure-actions runs approve ${id} ${approval.head}`));
}

function changesOf({ files, more, uses }: ApprovalAnswer, { paint }: Screen): readonly string[] {
  const lines = (files ?? []).map(({ path, added, removed, isPipeline }) => {
    const counts = added === null || removed === null ? 'binary' : `+${added} -${removed}`;
    const line = `  ${plainText(path)} ${counts}`;
    return isPipeline ? paint.warning(line) : line;
  });
  const rest = more > 0 ? [`  and ${more} more`] : [];
  return [...lines, ...rest, ...uses.map((name) => paint.warning(`  uses ${plainText(name)}`))];
}

export async function approveRun(desk: Desk, id: number, sha: string, options: AskOptions): Promise<void> {
  const { api } = await desk.connect(options);
  const approval = await api.approve(id, sha);
  desk.screen.line(
    options.json ? jsonLine(approval) : `Run ${id} is approved at ${plainText(sha)}: it starts, without secrets.`,
  );
}
