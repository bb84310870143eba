/** `run`: runs pipelines on this machine, without a server, on the working tree as it stands. */
import type { Command } from 'commander';
import { acting, type Desk, verbOf } from './desk.js';
import { many } from './many.js';
import { readWords, type RunOptions } from './local-run/run-words.js';

export const run = verbOf('run', defineRun);

export function defineRun(command: Command, desk: Desk): void {
  command
    .description('Run pipelines on this machine, on the working tree as it stands; asks no server.')
    .argument('[file]', 'the pipeline, - for stdin; nothing: those of the repository that a push of HEAD would start')
    .option('--workspace <dir>', 'the tree that checkout copies from (default: the repository of the file)')
    .option('--event-name <name>', 'what happened: push, pull_request, workflow_dispatch …, or a topic of Pagure')
    .option('--event <file>', "the event's payload as JSON, or a message of Pagure")
    .option('--job <id>', 'this job alone, with those that it needs')
    .addOption(many('--matrix <axis:value>', 'only the combinations with this value'))
    .addOption(many('--input <name=value>', 'an input of workflow_dispatch or workflow_call'))
    .addOption(many('--secret <name[=value]>', 'a secret; without a value the environment has it'))
    .addOption(many('--var <name=value>', 'a variable of the project (vars)'))
    .addOption(many('--env <name=value>', "a variable below the file's own env"))
    .option('--executor <name>', 'the way that processes run: host')
    .option('--actor <name>', 'github.actor (default: you)')
    .option('--repository <ns/name>', 'github.repository (default: what the remote origin says)')
    .option('--untrusted', 'as for a stranger: text from outside never becomes code')
    .option('--break-before <step>', 'stop before the step with this id, name or number, and give a shell there')
    .option('--bundle <file>', 'repeat a run of a server: what GET /api/v1/runs/ID/bundle said')
    .option('--json', 'for scripts: one event per line, and a result at the end')
    .addHelpText('after', TAIL)
    .action(
      acting(desk, async (file: string | undefined, options: RunOptions) => {
        const words = readWords(desk.call, file, options);
        const { openHouse } = await import('./local-run/open-house.js');
        const opened = openHouse(desk, words);
        const { runLocal } = await import('./local-run/run-local.js');
        return runLocal(desk, words, opened);
      }),
    );
}

const TAIL = `
Examples:
  $ pagure-actions run
  $ pagure-actions run .pagure/pipelines/ci.yml --job test --matrix node:22
  $ pagure-actions run deploy.yml --input target=staging --secret DEPLOY_KEY
  $ pagure-actions run --event-name pull_request --break-before test/build

Exit codes:
  0    success, or nothing was to be run
  1    failure, canceled (Ctrl-C), timed out
  2    nothing ran: a pipeline has errors, or the command is wrong
  3    error (not the pipeline's fault)
  130  ended by a second Ctrl-C`;
