/** Every verb with what it understands, as one tree: for completion, which is asked about all of them. */
import { Command } from 'commander';
import type { Clock } from '../kernel/clock.js';
import { SystemRandom } from '../kernel/random.js';
import { defineCompletion } from './completion.js';
import { type DefineVerb, Desk, styled } from './desk.js';
import { defineDev } from './dev.js';
import { defineEvents } from './events.js';
import { defineLint } from './lint.js';
import { defineLogin } from './login.js';
import { defineLogout } from './logout.js';
import { defineLogs } from './logs.js';
import { definePipelines } from './pipelines.js';
import { definePlan } from './plan.js';
import { defineProjects } from './projects.js';
import { defineRun } from './run.js';
import { defineRuns } from './runs.js';
import { defineSecrets } from './secrets.js';
import { defineSend } from './send.js';
import type { VerbCall } from './verb.js';

export function allVerbs(call: VerbCall, clock: Clock): Command {
  const program = styled(new Command('pagure-actions'), call);
  program.command('serve').description('Run the server.');
  const desk = new Desk(call, clock);
  for (const [name, define] of Object.entries(definitions(clock))) {
    define(styled(program.command(name), call), desk);
  }
  return program;
}

function definitions(clock: Clock): Readonly<Record<string, DefineVerb>> {
  const world = { clock, random: new SystemRandom() };
  return {
    send: (command, desk) => defineSend(command, desk, world),
    ...{ lint: defineLint, plan: definePlan, run: defineRun, dev: defineDev },
    ...{ login: defineLogin, logout: defineLogout, projects: defineProjects, pipelines: definePipelines },
    secrets: defineSecrets,
    ...{ events: defineEvents, runs: defineRuns, logs: defineLogs, completion: defineCompletion },
  };
}
