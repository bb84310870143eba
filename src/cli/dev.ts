/** `dev`: looks after the pipelines of a repository while somebody works on them. */
import type { Command } from 'commander';
import { acting, type Desk, verbOf } from './desk.js';
import type { DevOptions } from './local-run/dev/dev-loop.js';
import { many } from './many.js';

export const dev = verbOf('dev', defineDev);

export function defineDev(command: Command, desk: Desk): void {
  command
    .description('Watch the pipelines and the working tree: problems are said on save, a key runs what changed.')
    .option('--workspace <dir>', 'the tree to watch (default: the repository)')
    .addOption(many('--secret <name[=value]>', 'a secret; without a value the environment has it'))
    .addOption(many('--var <name=value>', 'a variable of the project (vars)'))
    .addOption(many('--env <name=value>', "a variable below the file's own env"))
    .addHelpText('after', TAIL)
    .action(
      acting(desk, async (options: DevOptions) => {
        const { watchTree } = await import('./local-run/dev/dev-loop.js');
        return watchTree(desk, options);
      }),
    );
}

const TAIL = `
Keys:
  r  run the pipelines that a push of what changed would start, and those that were changed themselves
  a  run all that a push would start
  l  lint all pipelines
  q  quit, as Ctrl-C; while jobs run, Ctrl-C cancels them

Examples:
  $ pagure-actions dev
  $ pagure-actions dev --secret DEPLOY_KEY

Exit codes:
  0    ended by q or Ctrl-C
  2    the command is wrong
  3    error (not the pipeline's fault)`;
