/** Runs the commands of a checkout as an executor would: one after another, in the workspace, until one fails. */
import { mkdirSync } from 'node:fs';
import { checkoutCommands } from '../../src/git/checkout.js';
import type { JobSource } from '../../src/model/job-order.js';
import type { StartProcess } from '../../src/git/mirror/run-git.js';

export interface CheckoutEnd {
  readonly code: number | null;
  readonly output: string;
}

/** `home` is the job's HOME, where a hostile job may have left anything. */
export async function runCheckout(
  start: StartProcess,
  source: JobSource,
  workspace: string,
  home = '/nonexistent',
): Promise<CheckoutEnd> {
  mkdirSync(workspace, { recursive: true });
  const { commands, env } = checkoutCommands(source, workspace);
  const whole = { PATH: process.env['PATH'] ?? '', HOME: home, XDG_CONFIG_HOME: `${home}/.config`, ...env };
  let output = '';
  for (const { argv } of commands) {
    const child = await start({ argv, cwd: workspace, env: whole }, (chunk) => void (output += chunk.toString()));
    const { code } = await child.exit;
    if (code !== 0) return { code, output };
  }
  return { code: 0, output };
}
