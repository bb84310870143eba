/** An explanation of a run as a comment shows it: pure. */
import type { RunExplanation } from '../../model/explanation.js';
import { block, code } from '../../runs/comment-wording.js';

const MOST_LINES = 21;

/** `link`: the run, as Markdown. */
export function explained({ says, failure, problems, next }: RunExplanation, link: string): string {
  const place =
    failure && `In ${code(failure.job.name)}${failure.step === null ? '' : `, step ${code(failure.step.name)}`}:`;
  const lines = failure?.error?.lines.slice(0, MOST_LINES) ?? problems.slice(0, MOST_LINES);
  const parts = [
    `${link}: ${code(says, 300)}`,
    ...(place === null ? [] : [place]),
    ...(lines.length === 0 ? [] : [block(lines)]),
    ...(next.length === 0 ? [] : [next.map((one) => `- ${code(one, 300)}`).join('\n')]),
  ];
  return parts.join('\n\n');
}
