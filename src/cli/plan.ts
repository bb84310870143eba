/** `plan`: which jobs a pipeline would run for an event, and why; asks no server and runs nothing. */
import { type Command, Option } from 'commander';
import { acting, type Desk, helpTail, verbOf } from './desk.js';
import type { PlanOptions } from './local/plan-file.js';

export const plan = verbOf('plan', definePlan);

export function definePlan(command: Command, desk: Desk): void {
  command
    .description('Show which jobs a pipeline would run for an event, and why; asks no server and runs nothing.')
    .argument('<file>', 'the pipeline; - for stdin')
    .addOption(new Option('--event <file>', 'a message of Pagure: a whole one, or what stands under its "msg"'))
    .addOption(
      new Option('--topic <topic>', 'a made-up event: git.receive, pull-request.new, schedule …; of --event its topic'),
    )
    .option('--json', 'for scripts: one object')
    .addHelpText('after', helpTail(EXAMPLES))
    .action(
      acting(desk, async (file: string, options: PlanOptions) => {
        const { planFile } = await import('./local/plan-file.js');
        return planFile(desk, file, options);
      }),
    );
}

const EXAMPLES = [
  'plan .pagure/pipelines/ci.yml --topic git.receive',
  'plan .pagure/pipelines/ci.yml --event message.json',
  'plan ci.yml --event msg.json --topic pull-request.new --json',
];
