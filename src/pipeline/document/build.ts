/** A document that the walker found right, as a Pipeline. */
import type { DeclaredCall, RunDefaults } from '../../model/plan.js';
import { buildCallable, buildDispatch, buildSchedules } from './build-inputs.js';
import { buildSteps } from './build-steps.js';
import { buildTriggers } from './build-triggers.js';
import { entriesOf, entryOf, type Node } from './node.js';
import { conditionAt, jsonOf, recordAt, scalarText, textAt, textsAt } from './node-values.js';
import type { Pipeline, PipelineJob } from './pipeline.js';

export function buildPipeline(root: Node, file: string): Pipeline {
  const on = entryOf(root, 'on');
  const defaults = defaultsAt(root, { shell: null, workingDirectory: null });
  return {
    name: textAt(root, 'name') || file,
    file,
    runName: textAt(root, 'run-name') || null,
    triggers: buildTriggers(on),
    env: recordAt(root, 'env'),
    defaults,
    permissions: jsonOf(entryOf(root, 'permissions')),
    concurrency: jsonOf(entryOf(root, 'concurrency')),
    jobs: entriesOf(entryOf(root, 'jobs')).map(({ key, value }) => buildJob(key, value, defaults)),
    places: Object.fromEntries(entriesOf(entryOf(root, 'jobs')).map(({ key, keyNode }) => [key, keyNode.spot])),
    callable: buildCallable(on),
    dispatch: buildDispatch(on),
    schedules: buildSchedules(on),
  };
}

function buildJob(id: string, node: Node, defaults: RunDefaults): PipelineJob {
  const checkout = jsonOf(entryOf(node, 'checkout'));
  return {
    id,
    name: textAt(node, 'name'),
    needs: textsAt(node, 'needs'),
    if: conditionAt(node),
    strategy: jsonOf(entryOf(node, 'strategy')),
    concurrency: jsonOf(entryOf(node, 'concurrency')),
    call: buildCall(node),
    runsOn: jsonOf(entryOf(node, 'runs-on')),
    env: recordAt(node, 'env'),
    defaults: defaultsAt(node, defaults),
    timeoutMinutes: jsonOf(entryOf(node, 'timeout-minutes')) ?? 360,
    cancelTimeoutMinutes: jsonOf(entryOf(node, 'cancel-timeout-minutes')) ?? 5,
    continueOnError: jsonOf(entryOf(node, 'continue-on-error')) ?? false,
    environment: jsonOf(entryOf(node, 'environment')),
    container: jsonOf(entryOf(node, 'container')),
    services: jsonOf(entryOf(node, 'services')),
    outputs: recordAt(node, 'outputs'),
    checkout: typeof checkout === 'boolean' ? checkout : null,
    steps: buildSteps(entryOf(node, 'steps')),
  };
}

function buildCall(node: Node): DeclaredCall | null {
  const uses = textAt(node, 'uses');
  if (uses === null) return null;
  const secrets = scalarText(entryOf(node, 'secrets')) === 'inherit' ? 'inherit' : recordAt(node, 'secrets');
  return { uses, with: recordAt(node, 'with', jsonOf), secrets, callee: null };
}

function defaultsAt(node: Node, around: RunDefaults): RunDefaults {
  const run = entryOf(entryOf(node, 'defaults'), 'run');
  return {
    shell: jsonOf(entryOf(run, 'shell')) ?? around.shell,
    workingDirectory: jsonOf(entryOf(run, 'working-directory')) ?? around.workingDirectory,
  };
}
