/** A document that the walker found right, as a Pipeline. */
import type { PlannedStep, RunDefaults, Template } from '../../model/plan.js';
import { asExpression } from '../expression/template.js';
import { buildTriggers } from './build-triggers.js';
import { entriesOf, entryOf, itemsOf, type Node } from './node.js';
import { jsonOf, scalarText, textAt, textsAt } from './node-values.js';
import type { Pipeline, PipelineJob } from './pipeline.js';

export function buildPipeline(root: Node, file: string): Pipeline {
  return {
    name: textAt(root, 'name') || file,
    file,
    runName: textAt(root, 'run-name') || null,
    triggers: buildTriggers(entryOf(root, 'on')),
    env: recordAt(root, 'env'),
    defaults: defaultsAt(root),
    permissions: jsonOf(entryOf(root, 'permissions')),
    jobs: entriesOf(entryOf(root, 'jobs')).map(({ key, value }) => buildJob(key, value)),
  };
}

function buildJob(id: string, node: Node): PipelineJob {
  const checkout = jsonOf(entryOf(node, 'checkout'));
  return {
    id,
    name: textAt(node, 'name'),
    needs: textsAt(node, 'needs'),
    if: conditionAt(node),
    runsOn: jsonOf(entryOf(node, 'runs-on')),
    env: recordAt(node, 'env'),
    defaults: defaultsAt(node),
    timeoutMinutes: jsonOf(entryOf(node, 'timeout-minutes')) ?? 360,
    cancelTimeoutMinutes: jsonOf(entryOf(node, 'cancel-timeout-minutes')) ?? 5,
    continueOnError: jsonOf(entryOf(node, 'continue-on-error')) ?? false,
    outputs: recordAt(node, 'outputs'),
    checkout: typeof checkout === 'boolean' ? checkout : null,
    steps: itemsOf(entryOf(node, 'steps')).map((step, index) => buildStep(step, index + 1)),
  };
}

function buildStep(node: Node, number: number): PlannedStep {
  return {
    number,
    id: textAt(node, 'id') || `__${number}`,
    name: textAt(node, 'name'),
    if: conditionAt(node),
    run: textAt(node, 'run'),
    uses: textAt(node, 'uses'),
    with: recordAt(node, 'with'),
    env: recordAt(node, 'env'),
    shell: jsonOf(entryOf(node, 'shell')),
    workingDirectory: jsonOf(entryOf(node, 'working-directory')),
    timeoutMinutes: jsonOf(entryOf(node, 'timeout-minutes')),
    continueOnError: jsonOf(entryOf(node, 'continue-on-error')) ?? false,
  };
}

function defaultsAt(node: Node): RunDefaults {
  const run = entryOf(entryOf(node, 'defaults'), 'run');
  return { shell: jsonOf(entryOf(run, 'shell')), workingDirectory: jsonOf(entryOf(run, 'working-directory')) };
}

/** The `if` as one expression without `${{ }}`, or null. */
function conditionAt(node: Node): string | null {
  const text = textAt(node, 'if');
  return text === null || text.trim() === '' ? null : asExpression(text).trim();
}

/** A map whose values are text; a map that is one expression becomes an `insert` of it. */
function recordAt(node: Node, key: string): Readonly<Record<string, Template>> {
  const value = entryOf(node, key);
  const whole = scalarText(value);
  if (whole !== null) return { '${{ insert }}': whole };
  return Object.fromEntries(entriesOf(value).map((entry) => [entry.key, scalarText(entry.value) ?? '']));
}
