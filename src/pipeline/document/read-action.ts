/** The text of an `action.yml` to an Action: only `runs.using` must be there, and keys that nobody knows are ignored. */
import { messageOf, type Problem } from '../../kernel/errors.js';
import type { Templates } from '../../model/plan.js';
import { asExpression } from '../expression/template.js';
import type { Action, ActionInput } from './action.js';
import { ACTION_CONDITION, ACTION_INPUT, ACTION_OUTPUT, ACTION_STEPS } from './action-table.js';
import { buildSteps } from './build-steps.js';
import { LimitReached } from './limits.js';
import { entriesOf, entryOf, type Node } from './node.js';
import { jsonOf, scalarText, textAt } from './node-values.js';
import { ProblemList } from './problem-list.js';
import { Reading } from './reading.js';
import type { Shape } from './shape.js';
import { walk } from './walker.js';
import { readYaml } from './yaml.js';

export interface ReadAction {
  /** Null if and only if there is a problem. */
  readonly action: Action | null;
  readonly problems: readonly Problem[];
}

/** Never throws, whatever the text is. */
export function readAction(text: string | Uint8Array, file: string): ReadAction {
  const problems = new ProblemList(file);
  try {
    const root = readYaml(text, problems);
    const action = root === null ? null : new ActionReader(new Reading(problems)).read(root);
    return { action: problems.hasErrors() ? null : action, problems: problems.sorted() };
  } catch (thrown) {
    const message = `the file cannot be read: ${messageOf(thrown)}`;
    if (!(thrown instanceof LimitReached)) problems.error({ line: 1, column: 1 }, 'unreadable', message);
    return { action: null, problems: problems.sorted() };
  }
}

class ActionReader {
  constructor(private readonly reading: Reading) {}

  read(root: Node): Action | null {
    const runs = entryOf(root, 'runs');
    const using = runs && textAt(runs, 'using');
    if (!using) return this.missing(runs ?? root, 'runs.using');
    const found = this.runs(root, runs, using);
    return found && { name: textAt(root, 'name'), inputs: this.inputs(root), runs: found };
  }

  private runs(root: Node, runs: Node, using: string): Action['runs'] | null {
    if (using.toLowerCase() === 'composite') return this.composite(root, runs);
    return /^node\d+$/i.test(using) ? this.javaScript(runs, using.toLowerCase()) : { kind: 'other', using };
  }

  private composite(root: Node, runs: Node): Action['runs'] | null {
    const steps = entryOf(runs, 'steps');
    if (steps === null) return this.missing(runs, 'runs.steps');
    walk(steps, ACTION_STEPS, this.reading);
    this.refuseTwins(steps);
    const outputs = this.outputs(root);
    return this.reading.problems.hasErrors() ? null : { kind: 'composite', steps: buildSteps(steps), outputs };
  }

  private javaScript(runs: Node, using: string): Action['runs'] | null {
    const main = textAt(runs, 'main');
    if (!main) return this.missing(runs, 'runs.main');
    const condition = entryOf(runs, 'post-if');
    if (condition) walk(condition, ACTION_CONDITION, this.reading);
    const postIf = scalarText(condition)?.trim() ?? '';
    return {
      kind: 'javascript',
      using,
      main,
      pre: textAt(runs, 'pre'),
      post: textAt(runs, 'post'),
      postIf: this.reading.problems.hasErrors() || postIf === '' ? 'always()' : asExpression(postIf).trim(),
    };
  }

  private inputs(root: Node): readonly ActionInput[] {
    return entriesOf(entryOf(root, 'inputs')).map(({ key, value }) => ({
      name: key,
      default: scalarText(this.checked(entryOf(value, 'default'), ACTION_INPUT)),
      deprecation: textAt(value, 'deprecationMessage'),
    }));
  }

  private outputs(root: Node): Templates {
    const values = entriesOf(entryOf(root, 'outputs')).map(({ key, value }) => {
      return [key, jsonOf(this.checked(entryOf(value, 'value'), ACTION_OUTPUT)) ?? ''] as const;
    });
    return Object.fromEntries(values);
  }

  private checked(node: Node | null, shape: Shape): Node | null {
    if (node?.kind === 'scalar' && node.value === null) return null;
    if (node !== null) walk(node, shape, this.reading);
    return node;
  }

  private refuseTwins(steps: Node): void {
    const seen = new Set<string>();
    for (const step of steps.kind === 'list' ? steps.items : []) {
      const id = textAt(step, 'id');
      if (id === null) continue;
      if (seen.has(id.toLowerCase())) {
        this.reading.problems.error(
          step.spot,
          'duplicate-id',
          `another step has the id \`${id.slice(0, 60)}\` already`,
        );
      }
      seen.add(id.toLowerCase());
    }
  }

  private missing(node: Node, key: string): null {
    this.reading.problems.error(node.spot, 'missing-key', `an action needs \`${key}\``);
    return null;
  }
}
